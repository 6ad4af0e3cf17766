#include "server/terms/term_patterns.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "server/terms/char_kinds.h"
#include "server/text/locale_data.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::uint32_t kMinAcronymLetters = 2;
constexpr std::uint32_t kMaxAcronymLetters = 6;

// Gathers the forms of one word of a term.
class FormGatherer {
 public:
  explicit FormGatherer(std::string_view folded_word) : word_(folded_word) {
    forms_.push_back({std::string(folded_word), HitClass::kStrict});
  }

  void Add(const Form& form) {
    if (std::string folded = FoldPlainWord(form.text); !folded.empty()) {
      forms_.push_back({std::move(folded), form.hit_class});
      return;
    }
    const TermText read = ReadTermText(form.text);
    const auto& tokens = read.tokens;
    if (tokens.size() == 1) {
      forms_.push_back({std::string(read.Folded(tokens[0])), form.hit_class});
    } else if (tokens.size() == 2 && tokens[1].joint == Joint::kHyphen &&
               read.Folded(tokens[0]) == word_) {
      endings_.push_back({std::string(read.Folded(tokens[1])), form.hit_class});
    }
  }

  // Adds the word, and what a hyphen may join to it, to a pattern.
  void MoveTo(Joint joint, std::vector<PatternWord>& words) {
    words.push_back({joint, false, Once(std::move(forms_))});
    if (!endings_.empty()) {
      words.push_back({Joint::kHyphen, true, Once(std::move(endings_))});
    }
  }

 private:
  // Sorts by text, and leaves of each the surest.
  static std::vector<Form> Once(std::vector<Form> forms) {
    std::sort(forms.begin(), forms.end(), [](const Form& a, const Form& b) {
      return std::tie(a.text, a.hit_class) < std::tie(b.text, b.hit_class);
    });
    const auto end = std::unique(forms.begin(), forms.end(),
                                 [](const Form& a, const Form& b) { return a.text == b.text; });
    forms.erase(end, forms.end());
    return forms;
  }

  std::string_view word_;
  std::vector<Form> forms_;
  std::vector<Form> endings_;
};

void SetCaseRule(const Term& term, const TermText& text, TermPattern& pattern) {
  if (term.matching == TermMatching::kCaseSensitive) {
    for (const TermToken& token : text.tokens) {
      pattern.needed_plain.emplace_back(text.Plain(token));
    }
    return;
  }
  const TermToken& first = text.tokens[0];
  if (text.tokens.size() > 1 || !first.has_capital) {
    return;
  }
  const bool is_acronym = first.leading_capitals == first.letters &&
                          first.letters >= kMinAcronymLetters &&
                          first.letters <= kMaxAcronymLetters;
  if (is_acronym) {
    pattern.needed_capitals = first.letters;
  } else {
    pattern.needs_first_capital = true;
  }
}

void SetCompoundRule(const TermText& text, TermPattern& pattern) {
  if (text.tokens.size() != 1 || text.tokens[0].is_symbol || pattern.needed_capitals > 0) {
    return;
  }
  const auto& forms = pattern.words[0].forms;
  for (const Form& form : forms) {
    if (!pattern.needs_first_capital) {
      pattern.heads.push_back(form.text);
    }
    const bool is_genitive = std::any_of(forms.begin(), forms.end(), [&](const Form& other) {
      return other.text == form.text + "ga";
    });
    if (is_genitive || form.text == text.Folded(text.tokens[0])) {
      pattern.modifiers.push_back(form.text);
    }
  }
}

// The pattern of one wording of a term. Without an expander each word stands for itself.
TermPattern MakePattern(const Term& term, const TermText& text, const FormExpander* expander) {
  TermPattern pattern;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const TermToken& token = text.tokens[i];
    FormGatherer gatherer(text.Folded(token));
    if (expander != nullptr && !token.is_symbol) {
      for (const Form& form : expander->Expand(term, text.Plain(token), i, text.tokens.size())) {
        gatherer.Add(form);
      }
    }
    gatherer.MoveTo(token.joint, pattern.words);
  }
  pattern.ends_with_word = !text.tokens.back().is_symbol;
  SetCaseRule(term, text, pattern);
  if (expander != nullptr && term.match_compounds) {
    SetCompoundRule(text, pattern);
  }
  return pattern;
}

// The letters of an acronym that is written with dots (`US` of `U.S.`). Empty: it is not.
std::string WithoutDots(const TermText& text) {
  std::string letters;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const TermToken& token = text.tokens[i];
    const bool is_letter = token.letters == 1 && token.has_capital;
    const bool is_dot = text.Plain(token) == ".";
    if ((i > 0 && token.joint != Joint::kNothing) || (i % 2 == 0 ? !is_letter : !is_dot)) {
      return "";
    }
    letters += is_letter ? text.Plain(token) : "";
  }
  return text.tokens.size() > 2 ? letters : "";
}

// The other way: an acronym of few letters with a dot behind each. Empty: it is none.
std::string WithDots(const TermText& text) {
  constexpr std::uint32_t kMaxDottedLetters = 4;
  const TermToken& token = text.tokens[0];
  if (text.tokens.size() > 1 || !token.has_capital || token.leading_capitals != token.letters ||
      token.letters < kMinAcronymLetters || token.letters > kMaxDottedLetters) {
    return "";
  }
  std::string dotted;
  const std::string_view letters = text.Plain(token);
  for (std::size_t at = 0; at < letters.size();) {
    const std::size_t begin = at;
    text::NextChar(letters, at);
    dotted.append(letters.substr(begin, at - begin)) += '.';
  }
  return dotted;
}

// A pattern of the very letters of a text.
TermPattern VeryLetters(const Term& term, const TermText& text) {
  TermPattern pattern = MakePattern(term, text, nullptr);
  for (const TermToken& token : text.tokens) {
    pattern.needed_plain.emplace_back(text.Plain(token));
  }
  return pattern;
}

// Adds an acronym with dots, or without.
void AddOtherAcronym(const Term& term, const TermText& text, const FormExpander& expander,
                     std::vector<TermPattern>& patterns) {
  if (const std::string letters = WithoutDots(text); !letters.empty()) {
    patterns.push_back(MakePattern(term, ReadTermText(letters), &expander));
  } else if (const std::string dotted = WithDots(text);
             !dotted.empty() && expander.rules().has_dotted_acronyms) {
    patterns.push_back(VeryLetters(term, ReadTermText(dotted)));
  }
}

// Whether a text is one name with its article: `the West`, which is not `the west`.
bool IsNameWithArticle(const TermText& text) {
  return text.tokens.size() == 2 && text.Plain(text.tokens[0]) == "the" &&
         text.tokens[1].joint == Joint::kSpace && text.tokens[1].has_capital;
}

// The forms of the second word of a pattern, the name `name`, with its capitals: `EU's` of `EU`.
// What does not begin with the name has its first letter only.
std::vector<std::string> WithCapitals(const TermText& text, const TermToken& name,
                                      const std::vector<Form>& forms) {
  const std::string_view plain = text.Plain(name);
  const std::string_view folded = text.Folded(name);
  std::size_t first_bytes = 0;
  text::NextChar(plain, first_bytes);
  std::vector<std::string> names;
  for (const Form& form : forms) {
    if (form.text.starts_with(folded)) {
      names.push_back(std::string(plain) + form.text.substr(folded.size()));
      continue;
    }
    std::size_t folded_bytes = 0;
    text::NextChar(form.text, folded_bytes);
    names.push_back(std::string(plain.substr(0, first_bytes)) + form.text.substr(folded_bytes));
  }
  return names;
}

// Makes the pattern of a name with its article ask for the capitals of the name: of the very
// letters in the pattern at hand, and of those of each other form, and all in capitals, in one of
// its own.
void DemandName(const Term& term, const TermText& text, std::vector<TermPattern>& patterns) {
  const TermToken& name = text.tokens[1];
  const auto& english = text::LocaleData::Get(LanguageTag::FromCanonical("en"));
  const std::vector<std::string> names = WithCapitals(text, name, patterns[0].words[1].forms);
  patterns[0].needed_plain = {"the", std::string(text.Plain(name))};
  for (const std::string& other : names) {
    const std::string loud = english.InCaseOf("THE", "the " + other);
    for (const std::string& written : {"the " + other, "The " + other, loud}) {
      patterns.push_back(VeryLetters(term, ReadTermText(written)));
    }
  }
}

}  // namespace

std::vector<TermPattern> PatternsOf(const Term& term, const FormExpander& expander) {
  std::vector<TermPattern> patterns;
  if (term.process_status == ProcessStatus::kRejected) {
    return patterns;
  }
  const bool is_inflected = term.matching == TermMatching::kInflected;
  if (const TermText text = ReadTermText(term.text); !text.tokens.empty()) {
    patterns.push_back(MakePattern(term, text, is_inflected ? &expander : nullptr));
    if (is_inflected && IsNameWithArticle(text)) {
      DemandName(term, text, patterns);
    } else if (is_inflected) {
      AddOtherAcronym(term, text, expander, patterns);
    }
  }
  for (const std::string& form : term.extra_forms) {
    if (const TermText text = ReadTermText(form); !text.tokens.empty()) {
      patterns.push_back(MakePattern(term, text, nullptr));
    }
  }
  return patterns;
}

std::string PhraseKey(const TermText& text, std::size_t begin, std::size_t end) {
  std::string key;
  for (std::size_t i = begin; i < end; ++i) {
    if (i > begin) {
      key += text.tokens[i].joint == Joint::kHyphen  ? '\1'
             : text.tokens[i].joint == Joint::kSpace ? '\2'
                                                     : '\3';
    }
    key += text.Folded(text.tokens[i]);
  }
  return key;
}

}  // namespace sild::terms
