#include "server/terms/second_chance.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "server/terms/form_distance.h"
#include "server/terms/term_patterns.h"
#include "server/terms/term_text.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

// Of a word that may be an unforeseen form: how much of it is the stem of the term's word, which
// all foreseen forms begin with, and how much may follow. A word that the dictionary knows and that
// is no form of the term's word, as its feminine or an adjective from it, needs more. Measured with
// `sild_check_report --confused`, see there.
constexpr std::size_t kMinStem = 5;
constexpr std::size_t kMinStemOfKnown = 6;
constexpr std::size_t kMaxTail = 4;

// A form of so many letters at the beginning or the end of a word may be a part of a compound.
constexpr std::size_t kMinPart = 5;
constexpr std::size_t kMinPartOfKnown = 6;

// A word of so many letters that no dictionary knows may have one letter mistyped.
constexpr std::size_t kMinMistyped = 7;

// Of a name and a word that may be derived from it, as "Бразилия" and "бразильский": what they have
// in common, in letters and of the name. The word may leave out the beginning of a long name, as
// "британский" does that of "Великобритания": then the rest has so many letters, and of the shorter
// one of both so much must be in common.
constexpr std::size_t kMinCommon = 4;
constexpr std::size_t kMinCommonPercent = 60;
constexpr std::size_t kMinLeftOut = 4;
constexpr std::size_t kMinRest = 8;
constexpr std::size_t kMaxLeftOut = 3;  // At the end of a name whose beginning stays.
constexpr std::size_t kMinDerived = 5;
constexpr std::size_t kMaxLonger = 2;  // Of another name that begins alike.

// So many letters of the first name must begin a word made of two, as "новозеландский"; so many may
// join them.
constexpr std::size_t kMinFirst = 3;
constexpr std::size_t kMaxJoining = 2;

// So many words may stand between those of a term.
constexpr std::size_t kMaxGaps = 2;

// One letter in so many may differ where a name is spelled otherwise.
constexpr std::size_t kLettersPerChange = 4;

std::size_t CommonPrefix(std::u32string_view a, std::u32string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                  a.begin());
}

// Whether two words have so much in common at their beginnings that one may come from the other.
bool ShareBeginning(std::u32string_view a, std::u32string_view b) {
  const std::size_t common = CommonPrefix(a, b);
  return common >= kMinCommon && common * 100 >= std::min(a.size(), b.size()) * kMinCommonPercent;
}

bool EndsInOneOf(std::u32string_view word, std::u32string_view letters) {
  return !word.empty() && letters.find(word.back()) != std::u32string_view::npos;
}

// Whether a word begins with `stem`, or with it but for "g" and "k" or their like at its end, which
// change in Estonian ("Iraak", "Iraagi").
bool HasStem(std::u32string_view word, std::u32string_view stem) {
  const auto hard = [](char32_t c) {
    return c == U'g' ? U'k' : c == U'b' ? U'p' : c == U'd' ? U't' : c;
  };
  const std::size_t last = stem.size() - 1;
  return word.size() >= stem.size() && CommonPrefix(stem, word) >= last &&
         hard(word[last]) == hard(stem[last]);
}

// Whether what a name has after `common` letters, and `word` has not, is an ending ("Росси|я",
// "Saksa|maa"), so that "Iraak" is not from "Iraan"; nor "Австралия", which has the same ending,
// from "Австрия". A vowel may be fleeting ("Египет", "Египте").
bool LeavesOutAnEnding(std::u32string_view name, std::u32string_view word, std::size_t common) {
  const std::u32string_view left_out = name.substr(common);
  const std::u32string_view tail = word.substr(common);
  const bool is_fleeting = left_out.size() == 2 && tail.starts_with(left_out.back());
  const bool is_ending = EndsInOneOf(left_out, U"aeiouõäöüąęėįųūyаеиоуыэюя") ||
                         (EndsInOneOf(left_out, U"sd") && left_out.size() <= 2);
  return left_out.empty() || is_fleeting ||
         (is_ending && (left_out.size() < 2 || !tail.ends_with(left_out)));
}

// Whether `word` may be derived from a name, or from a part of it that is not its beginning.
bool MayBeDerived(std::u32string_view name, std::u32string_view word) {
  if (word.size() < kMinDerived) {
    return false;
  }
  const std::size_t common = CommonPrefix(name, word);
  if (common >= kMinCommon && common * 100 >= name.size() * kMinCommonPercent) {
    return common + kMaxLeftOut >= name.size() && LeavesOutAnEnding(name, word, common);
  }
  for (std::size_t at = kMinLeftOut; at + kMinRest <= name.size(); ++at) {
    const std::u32string_view rest = name.substr(at);
    if (ShareBeginning(rest, word) && LeavesOutAnEnding(rest, word, CommonPrefix(rest, word))) {
      return true;
    }
  }
  return false;
}

// Whether `word` may be derived from a name of two words: it begins with the first and goes on with
// the second.
bool MayBeDerived(std::u32string_view first, std::u32string_view second, std::u32string_view word) {
  const std::size_t prefix = CommonPrefix(first, word);
  if (prefix < kMinFirst) {
    return false;
  }
  word.remove_prefix(prefix);
  bool may_be = false;
  for (std::size_t joining = 0; joining <= std::min(kMaxJoining, word.size()); ++joining) {
    may_be = may_be || ShareBeginning(second, word.substr(joining));
  }
  return may_be;
}

}  // namespace

LooseText::LooseText(std::string_view read_text, std::vector<ByteRange> taken_places)
    : text(read_text), taken(std::move(taken_places)) {
  const TermText read = ReadTermText(text);
  for (const TermToken& token : read.tokens) {
    if (!token.is_symbol) {
      const std::string folded(read.Folded(token));
      words.push_back(
          {token.range, folded, text::ToUtf32(folded), token.has_capital, IsTaken(token.range)});
    }
  }
}

bool LooseText::IsTaken(ByteRange range) const {
  return std::any_of(taken.begin(), taken.end(), [&](ByteRange other) {
    const bool is_inside = range.begin <= other.begin && other.end <= range.end && range != other;
    return range.begin < other.end && other.begin < range.end && !is_inside;
  });
}

bool LooseText::HasList(std::size_t begin, std::size_t end) const {
  constexpr std::array<std::u32string_view, 10> kConjunctions{
      U"ja", U"ning", U"või", U"ir", U"bei", U"ar", U"и", U"или", U"and", U"or"};
  const std::size_t first = words[begin].range.begin;
  return text.substr(first, words[end - 1].range.end - first).find(',') != std::string_view::npos ||
         std::any_of(words.begin() + static_cast<std::ptrdiff_t>(begin),
                     words.begin() + static_cast<std::ptrdiff_t>(end), [&](const Word& word) {
                       return std::find(kConjunctions.begin(), kConjunctions.end(), word.folded) !=
                              kConjunctions.end();
                     });
}

SecondChance::SecondChance(std::vector<const Term*> terms, const FormExpander& expander)
    : expander_(expander),
      is_word_(expander.rules().is_word),
      terms_(std::move(terms)),
      sure_(std::make_unique<TermTable>(expander.rules())),
      loose_(std::make_unique<TermTable>(expander.rules())) {
  for (const Term* term : terms_) {
    Term sure = *term;
    sure.match_compounds = true;
    const auto& kept = lifted_.emplace_back(std::make_unique<const Term>(std::move(sure)));
    sure_->Add({0, &entry_, nullptr, kept.get()}, PatternsOf(*kept, expander));

    Term loose = *term;
    loose.extra_forms.insert(loose.extra_forms.end(), loose.banned_forms.begin(),
                             loose.banned_forms.end());
    loose.banned_forms.clear();
    loose.matching = TermMatching::kInflected;
    const auto& freed = lifted_.emplace_back(std::make_unique<const Term>(std::move(loose)));
    std::vector<TermPattern> patterns = PatternsOf(*freed, expander);
    for (TermPattern& pattern : patterns) {
      pattern.needs_first_capital = false;
      pattern.ends_with_word = false;
      for (PatternWord& word : pattern.words) {
        word.joint = Joint::kAny;
      }
    }
    loose_->Add({0, &entry_, nullptr, freed.get()}, patterns);
    words_.push_back(WordsOf(*freed, expander));
  }
  sure_->Finish();
  loose_->Finish();
}

std::vector<SecondChance::Word> SecondChance::WordsOf(const Term& term,
                                                      const FormExpander& expander) const {
  std::vector<Word> words;
  const TermText text = ReadTermText(term.text);
  for (std::size_t i = 0; i < text.tokens.size(); ++i) {
    const TermToken& token = text.tokens[i];
    if (token.is_symbol) {
      continue;
    }
    Word& word = words.emplace_back();
    word.has_capital = token.has_capital;
    word.forms.push_back(text::ToUtf32(text.Folded(token)));
    for (const Form& form : expander.Expand(term, text.Plain(token), i, text.tokens.size())) {
      if (const TermText read = ReadTermText(form.text); read.tokens.size() == 1) {
        word.forms.push_back(text::ToUtf32(read.folded));
      }
    }
    std::sort(word.forms.begin() + 1, word.forms.end());
    word.forms.erase(std::unique(word.forms.begin() + 1, word.forms.end()), word.forms.end());
    word.stem_chars = word.forms.front().size();
    for (const std::u32string& form : word.forms) {
      word.stem_chars = std::min(word.stem_chars, CommonPrefix(word.forms.front(), form));
    }
  }
  return words;
}

SecondChance::Outcome SecondChance::Find(const TermTable& table, const LooseText& text,
                                         Verdict verdict) const {
  const std::vector<ScannedToken> tokens = ScanText(text.text, table.forms());
  Outcome first;
  for (const Found& found : table.Find(text.text, tokens, tokens.size() + 1, {})) {
    const ByteRange range{tokens[found.begin].range.begin, tokens[found.end - 1].range.end};
    if (text.IsTaken(range) ||
        (first.verdict != Verdict::kNone && first.range.begin <= range.begin)) {
      continue;
    }
    const auto lifted = std::find_if(lifted_.begin(), lifted_.end(), [&](const auto& term) {
      return term.get() == table.SourceOf(found).term;
    });
    first = {verdict, range, terms_[static_cast<std::size_t>(lifted - lifted_.begin()) / 2]};
  }
  return first;
}

template <typename IsLike>
SecondChance::Window SecondChance::FindWindow(const std::vector<Word>& words, const LooseText& text,
                                              std::size_t gaps, const IsLike& is_like) {
  for (std::size_t begin = 0; begin < text.words.size() && !words.empty(); ++begin) {
    const std::size_t limit = std::min(begin + words.size() + gaps, text.words.size());
    std::vector<bool> is_used(limit - begin);
    std::size_t end = begin;
    const bool has_all = std::all_of(words.begin(), words.end(), [&](const Word& word) {
      for (std::size_t i = begin; i < limit; ++i) {
        if (!is_used[i - begin] && is_like(word, text.words[i])) {
          is_used[i - begin] = true;
          end = std::max(end, i + 1);
          return true;
        }
      }
      return false;
    });
    if (has_all && is_used[0] && (end - begin == words.size() || text.HasList(begin, end))) {
      return {begin, end};
    }
  }
  return {};
}

SecondChance::Outcome SecondChance::Look(const LooseText& text) const {
  for (const auto& [table, verdict] :
       {std::pair(sure_.get(), Verdict::kUsed), std::pair(loose_.get(), Verdict::kPossiblyUsed)}) {
    if (const Outcome found = Find(*table, text, verdict); found.term != nullptr) {
      return found;
    }
  }
  for (const auto& [find, verdict] :
       {std::pair(&SecondChance::FindForms, Verdict::kPossiblyUsed),
        std::pair(&SecondChance::FindDerived, Verdict::kPossiblyUsed),
        std::pair(&SecondChance::FindSplit, Verdict::kPossiblyUsed),
        std::pair(&SecondChance::FindRespelled, Verdict::kNameChanged)}) {
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const Window window = (this->*find)(words_[i], text);
      if (window.begin == window.end) {
        continue;
      }
      const ByteRange range{text.words[window.begin].range.begin,
                            text.words[window.end - 1].range.end};
      if (!text.IsTaken(range)) {
        return {verdict, range, terms_[i]};
      }
    }
  }
  return {};
}

bool SecondChance::IsOtherName(const LooseText::Word& other) const {
  if (!other.has_capital || is_word_ == nullptr || !is_word_(other.utf8)) {
    return false;
  }
  const std::vector<BaseForm> bases = expander_.BasesOf(other.utf8);
  return std::any_of(bases.begin(), bases.end(), [](const BaseForm& base) {
    return base.is_name && base.kind == WordKind::kNoun;
  });
}

bool SecondChance::MayBeUnforeseen(const Word& word, std::u32string_view text, bool is_single) {
  const std::u32string_view stem =
      std::u32string_view(word.forms.front()).substr(0, word.stem_chars);
  if (stem.size() >= kMinStem && HasStem(text, stem) && text.size() - stem.size() <= kMaxTail) {
    return true;
  }
  return std::any_of(word.forms.begin(), word.forms.end(), [&](const std::u32string& form) {
    const bool is_part = is_single && form.size() >= kMinPart && text.starts_with(form);
    return is_part || (form.size() >= kMinPart && text.ends_with(form)) ||
           (!word.has_capital && text.size() >= kMinMistyped && FormDistance(form, text, 2) < 2);
  });
}

bool SecondChance::MayBeForm(const Word& word, const LooseText::Word& other, bool is_single) const {
  const std::u32string_view text = other.folded;
  if (std::find(word.forms.begin(), word.forms.end(), text) != word.forms.end()) {
    return true;
  }
  if (is_word_ == nullptr || !is_word_(other.utf8)) {
    return MayBeUnforeseen(word, text, is_single);
  }
  std::u32string_view stem = std::u32string_view(word.forms.front()).substr(0, word.stem_chars);
  if (stem.ends_with(U'i')) {
    stem.remove_suffix(1);  // It may only soften: "ambasadorius", "ambasadorė".
  }
  const bool has_stem = stem.size() >= kMinStemOfKnown && text.starts_with(stem) &&
                        text.size() - stem.size() <= kMaxTail;
  const auto is_part = [&](const std::u32string& form) {
    return form.size() >= kMinPartOfKnown && text.starts_with(form);
  };
  return (has_stem || (is_single && std::any_of(word.forms.begin(), word.forms.end(), is_part))) &&
         !IsOtherName(other);
}

SecondChance::Window SecondChance::FindForms(const std::vector<Word>& words,
                                             const LooseText& text) const {
  const bool is_single = words.size() == 1;
  return FindWindow(words, text, kMaxGaps,
                    [this, is_single](const Word& word, const LooseText::Word& other) {
                      return !(is_single && other.is_taken) && MayBeForm(word, other, is_single);
                    });
}

SecondChance::Window SecondChance::FindDerived(const std::vector<Word>& words,
                                               const LooseText& text) const {
  if (words.empty() || words.size() > 2 ||
      !std::all_of(words.begin(), words.end(), [](const Word& word) { return word.has_capital; })) {
    return {};
  }
  const std::u32string& last = words.back().forms.front();
  for (std::size_t i = 0; i < text.words.size(); ++i) {
    const std::u32string& word = text.words[i].folded;
    const bool may_be = words.size() == 1 ? MayBeDerived(last, word)
                                          : MayBeDerived(words.front().forms.front(), last, word);
    // "Нигерия" is another name than "Нигер"; an adjective ("мальдивский") is longer still.
    const bool is_as_long = word.size() > last.size() && word.size() <= last.size() + kMaxLonger;
    if (may_be && !text.words[i].is_taken && !(is_as_long && IsOtherName(text.words[i]))) {
      return {i, i + 1};
    }
  }
  return {};
}

SecondChance::Window SecondChance::FindSplit(const std::vector<Word>& words,
                                             const LooseText& looked_through) const {
  const std::vector<LooseText::Word>& text = looked_through.words;
  const auto has = [](const Word& word, std::u32string_view form) {
    return std::find(word.forms.begin(), word.forms.end(), form) != word.forms.end();
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (words.size() == 1 && i + 1 < text.size() &&
        has(words[0], text[i].folded + text[i + 1].folded)) {
      return {i, i + 2};
    }
    const std::u32string_view word = text[i].folded;
    for (std::size_t at = 1; words.size() == 2 && at < word.size(); ++at) {
      if (has(words[0], word.substr(0, at)) && has(words[1], word.substr(at))) {
        return {i, i + 1};
      }
    }
  }
  return {};
}

SecondChance::Window SecondChance::FindRespelled(const std::vector<Word>& words,
                                                 const LooseText& text) const {
  const bool is_name =
      std::all_of(words.begin(), words.end(), [](const Word& word) { return word.has_capital; });
  if (!is_name) {
    return {};
  }
  return FindWindow(words, text, 0, [](const Word& word, const LooseText::Word& other) {
    return other.has_capital && !other.is_taken &&
           std::any_of(word.forms.begin(), word.forms.end(), [&](const auto& form) {
             const std::size_t limit = form.size() / kLettersPerChange + 1;
             return FormDistance(form, other.folded, limit) < limit;
           });
  });
}

}  // namespace sild::terms
