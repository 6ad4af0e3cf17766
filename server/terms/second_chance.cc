#include "server/terms/second_chance.h"

#include <algorithm>
#include <utility>

#include "server/terms/form_distance.h"
#include "server/terms/term_patterns.h"
#include "server/terms/term_text.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

// Of a form and a word that may be related: how much of the form both begin with, and how much may
// be left of either. Measured with `sild_check_report --shifted`, all rules here together: of 1,600
// terms of English texts beside translations of other texts, 7 seem to be used or changed.
constexpr std::size_t kMinPrefixPercent = 70;
constexpr std::size_t kMinPrefix = 3;
constexpr std::size_t kMaxTail = 4;

// A form of so many letters at the beginning or the end of a word may be a part of a compound.
constexpr std::size_t kMinPart = 5;

// Of a name and a word that may be derived from it, as "Бразилия" and "бразильский": what they have
// in common, in letters and of the shorter one. The word may leave out the beginning of the name,
// as "британский" does, but no less than so much, and have no fewer letters.
constexpr std::size_t kMinCommon = 4;
constexpr std::size_t kMinCommonPercent = 60;
constexpr std::size_t kMinLeftOut = 4;
constexpr std::size_t kMinShortened = 5;

// So many letters may join the names in a word made of two, as "новозеландский".
constexpr std::size_t kMaxJoining = 2;

// So many words may stand between those of a term.
constexpr std::size_t kMaxGaps = 2;

// One letter in so many may differ where a name is spelled otherwise.
constexpr std::size_t kLettersPerChange = 4;

std::size_t CommonPrefix(std::u32string_view a, std::u32string_view b) {
  return static_cast<std::size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first -
                                  a.begin());
}

// Whether `word` may be a form of the word that has the form `form`, by its beginning.
bool MayBeForm(std::u32string_view form, std::u32string_view word) {
  const std::size_t prefix = CommonPrefix(form, word);
  if (form.size() >= kMinPart && (prefix == form.size() || word.ends_with(form))) {
    return true;
  }
  return prefix >= kMinPrefix && prefix * 100 >= form.size() * kMinPrefixPercent &&
         form.size() - prefix <= kMaxTail && word.size() - prefix <= kMaxTail;
}

// Whether two words have so much in common at their beginnings that one may come from the other.
bool ShareBeginning(std::u32string_view a, std::u32string_view b) {
  const std::size_t common = CommonPrefix(a, b);
  return common >= kMinCommon && common * 100 >= std::min(a.size(), b.size()) * kMinCommonPercent;
}

// Whether `word` may be derived from a name, or from a part of it that is not its beginning.
bool MayBeDerived(std::u32string_view name, std::u32string_view word) {
  bool may_be = ShareBeginning(name, word);
  for (std::size_t at = kMinLeftOut; at < name.size() && word.size() >= kMinShortened; ++at) {
    may_be = may_be || ShareBeginning(name.substr(at), word);
  }
  return may_be;
}

// Whether `word` may be derived from a name of two words: it begins with the first and goes on with
// the second.
bool MayBeDerived(std::u32string_view first, std::u32string_view second, std::u32string_view word) {
  const std::size_t prefix = CommonPrefix(first, word);
  if (prefix < kMinPrefix) {
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
      words.push_back({token.range, text::ToUtf32(read.Folded(token)), token.has_capital,
                       IsTaken(token.range)});
    }
  }
}

bool LooseText::IsTaken(ByteRange range) const {
  return std::any_of(taken.begin(), taken.end(), [&](ByteRange other) {
    const bool is_inside = range.begin <= other.begin && other.end <= range.end && range != other;
    return range.begin < other.end && other.begin < range.end && !is_inside;
  });
}

SecondChance::SecondChance(std::vector<const Term*> terms, const FormExpander& expander)
    : terms_(std::move(terms)),
      sure_(std::make_unique<TermTable>(expander.rules())),
      loose_(std::make_unique<TermTable>(expander.rules())) {
  for (const Term* term : terms_) {
    Term sure = *term;
    sure.match_compounds = true;
    const auto& kept = lifted_.emplace_back(std::make_unique<const Term>(std::move(sure)));
    sure_->Add({0, &entry_, nullptr, kept.get()}, PatternsOf(*kept, expander));

    Term loose = *term;
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
SecondChance::Window SecondChance::FindWindow(const std::vector<Word>& words,
                                              const std::vector<LooseText::Word>& text,
                                              std::size_t gaps, const IsLike& is_like) {
  for (std::size_t begin = 0; begin < text.size() && !words.empty(); ++begin) {
    const std::size_t limit = std::min(begin + words.size() + gaps, text.size());
    std::vector<bool> is_used(limit - begin);
    std::size_t end = begin;
    const bool has_all = std::all_of(words.begin(), words.end(), [&](const Word& word) {
      for (std::size_t i = begin; i < limit; ++i) {
        if (!is_used[i - begin] && is_like(word, text[i])) {
          is_used[i - begin] = true;
          end = std::max(end, i + 1);
          return true;
        }
      }
      return false;
    });
    if (has_all && is_used[0]) {
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
  for (const auto& [find, verdict] : {std::pair(&FindForms, Verdict::kPossiblyUsed),
                                      std::pair(&FindDerived, Verdict::kPossiblyUsed),
                                      std::pair(&FindSplit, Verdict::kPossiblyUsed),
                                      std::pair(&FindRespelled, Verdict::kNameChanged)}) {
    for (std::size_t i = 0; i < terms_.size(); ++i) {
      const Window window = find(words_[i], text.words);
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

SecondChance::Window SecondChance::FindForms(const std::vector<Word>& words,
                                             const std::vector<LooseText::Word>& text) {
  const bool is_single = words.size() == 1;
  return FindWindow(
      words, text, kMaxGaps, [is_single](const Word& word, const LooseText::Word& other) {
        return !(is_single && other.is_taken) &&
               std::any_of(word.forms.begin(), word.forms.end(), [&](const auto& form) {
                 return form == other.folded || MayBeForm(form, other.folded);
               });
      });
}

SecondChance::Window SecondChance::FindDerived(const std::vector<Word>& words,
                                               const std::vector<LooseText::Word>& text) {
  if (words.empty() || words.size() > 2 ||
      !std::all_of(words.begin(), words.end(), [](const Word& word) { return word.has_capital; })) {
    return {};
  }
  const std::u32string& last = words.back().forms.front();
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::u32string& word = text[i].folded;
    if (!text[i].is_taken &&
        (words.size() == 1 ? MayBeDerived(last, word)
                           : MayBeDerived(words.front().forms.front(), last, word))) {
      return {i, i + 1};
    }
  }
  return {};
}

SecondChance::Window SecondChance::FindSplit(const std::vector<Word>& words,
                                             const std::vector<LooseText::Word>& text) {
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
                                                 const std::vector<LooseText::Word>& text) {
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
