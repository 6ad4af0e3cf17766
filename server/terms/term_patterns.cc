#include "server/terms/term_patterns.h"

#include <algorithm>

namespace sild::terms {
namespace {

constexpr std::uint32_t kMinAcronymLetters = 2;
constexpr std::uint32_t kMaxAcronymLetters = 6;

void AddForm(std::string_view form, HitClass hit_class, std::vector<Form>& forms) {
  const TermText read = ReadTermText(form);
  if (read.tokens.size() != 1) {
    return;  // A form takes the place of one token.
  }
  const std::string_view folded = read.Folded(read.tokens[0]);
  const auto known = std::find_if(forms.begin(), forms.end(),
                                  [folded](const Form& other) { return other.text == folded; });
  if (known == forms.end()) {
    forms.push_back({std::string(folded), hit_class});
  } else {
    known->hit_class = std::min(known->hit_class, hit_class);
  }
}

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

// The pattern of one wording of a term. Without an expander each word stands for itself.
TermPattern MakePattern(const Term& term, const TermText& text, const FormExpander* expander) {
  TermPattern pattern;
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const TermToken& token = text.tokens[i];
    PatternWord word;
    word.joint = token.joint;
    AddForm(text.Folded(token), HitClass::kStrict, word.forms);
    if (expander != nullptr && !token.is_symbol) {
      for (const Form& form : expander->Expand(term, text.Plain(token), i, text.tokens.size())) {
        AddForm(form.text, form.hit_class, word.forms);
      }
    }
    pattern.words.push_back(std::move(word));
  }
  pattern.ends_with_word = !text.tokens.back().is_symbol;
  SetCaseRule(term, text, pattern);
  return pattern;
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
