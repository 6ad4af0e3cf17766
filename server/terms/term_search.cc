#include <algorithm>
#include <array>
#include <optional>

#include "server/terms/char_kinds.h"
#include "server/terms/term_table.h"
#include "server/text/utf8.h"

// How patterns are found in a scanned text.
namespace sild::terms {
namespace {

// How many letters of a token, as `ReadTermText` has it, stand before its first small one.
std::uint32_t LeadingCapitals(std::string_view plain) {
  const text::CharTable& table = text::CharTable::Get();
  std::uint32_t count = 0;
  for (std::size_t at = 0; at < plain.size(); ++count) {
    const char32_t c = Unified(text::NextChar(plain, at));
    if (c == U'\'' || (table.ClassOf(c) == text::CharClass::kLetter && table.FoldCase(c) == c)) {
      break;
    }
  }
  return count;
}

}  // namespace

template <typename Take>
void TermTable::ForEachWord(std::uint32_t number, const Take& take) const {
  if (number == FormTable::kNoNumber) {
    return;  // No form, or only a banned one.
  }
  constexpr Use kClassMask = (Use{1} << kClassBits) - 1;
  std::size_t at = number & ~(kMore | kIdle);
  Use use = (number & kMore) == 0 ? number : more_uses_[at];
  while (true) {  // One place that calls, so that what it calls becomes part of it.
    take((use & ~(kMore | kIdle)) >> kClassBits, static_cast<HitClass>(use & kClassMask));
    if ((use & kMore) == 0) {
      return;
    }
    use = more_uses_[++at];
  }
}

// Looks for the patterns of a table in one text.
class TermTable::Finder {
 public:
  Finder(const TermTable& table, std::string_view text, const std::vector<ScannedToken>& tokens)
      : table_(table), text_(text), tokens_(tokens) {}

  std::vector<Found> Run(std::size_t max_found, const std::function<bool()>& is_cancelled) && {
    const bool has_compounds = !table_.compounds_.empty() && table_.rules_.is_word;
    std::array<std::size_t, kBlock> places;  // In the block, where something is to be tried.
    for (std::size_t begin = 0; begin < tokens_.size(); begin += kBlock) {
      if (begin > 0 && is_cancelled && is_cancelled()) {
        break;
      }
      std::size_t count = 0;
      for (std::size_t i = begin; i < std::min(begin + kBlock, tokens_.size()); ++i) {
        places[count] = i;
        count += has_compounds || Leads(tokens_[i].number);
      }
      for (std::size_t i = 0; i < count; ++i) {
        if (found_.size() >= max_found) {
          return std::move(found_);
        }
        if (has_compounds) {
          TryCompounds(places[i]);
        }
        TryPatterns(places[i]);
      }
    }
    return std::move(found_);
  }

 private:
  // How many tokens are sifted before any is tried, so that no branch depends on each of them; and
  // after how many it is asked whether to go on.
  static constexpr std::size_t kBlock = 64;

  // Of so many patterns of a word each is asked; of more, those that fit are searched for.
  static constexpr std::uint32_t kFewPatterns = 8;

  // Tries the patterns that are looked for at token `at`.
  void TryPatterns(std::size_t at) {
    table_.ForEachWord(tokens_[at].number, [&](WordId word, HitClass hit_class) {
      const std::uint32_t begin = table_.first_pattern_[word];
      const std::uint32_t end = table_.first_pattern_[word + 1];
      end - begin <= kFewPatterns ? TryEach(begin, end, hit_class, at)
                                  : TryFitting(begin, end, hit_class, at);
    });
  }

  // The number of the form at token `at` + `offset`.
  std::uint32_t NumberBeside(std::size_t at, std::int32_t offset) const {
    const std::size_t beside = at + static_cast<std::size_t>(std::ptrdiff_t{offset});
    return beside < tokens_.size() ? tokens_[beside].number : FormTable::kNoNumber;
  }

  // Tries those of the patterns `[begin, end)`, all looked for at token `at`, whose neighbor stands
  // there, one after another.
  void TryEach(std::uint32_t begin, std::uint32_t end, HitClass hit_class, std::size_t at) {
    for (std::uint32_t i = begin; i < end; ++i) {
      const Neighbor& neighbor = table_.neighbors_[i];
      if (const auto beside = ClassOf(NumberBeside(at, neighbor.offset), neighbor.word)) {
        TryBeside(table_.patterns_[i], neighbor.offset, std::max(hit_class, *beside), at);
      }
    }
  }

  // The same by a search for the words that stand there.
  void TryFitting(std::uint32_t begin, std::uint32_t end, HitClass hit_class, std::size_t at) {
    const auto all = table_.neighbors_.begin();
    for (const std::int32_t offset : {-1, 0, 1}) {
      table_.ForEachWord(NumberBeside(at, offset), [&](WordId word, HitClass beside) {
        const Neighbor neighbor{offset, word};
        for (auto i = std::lower_bound(all + begin, all + end, neighbor);
             i != all + end && *i == neighbor; ++i) {
          TryBeside(table_.patterns_[static_cast<std::size_t>(i - all)], offset,
                    std::max(hit_class, beside), at);
        }
      });
    }
  }

  // Tries a pattern whose word stands at token `at` and whose neighbor beside it, the less sure of
  // them of this class.
  void TryBeside(const LoadedPattern& pattern, std::int32_t offset, HitClass hit_class,
                 std::size_t at) {
    if (!pattern.is_pair) {
      TryAround(pattern, hit_class, at);
      return;
    }
    const std::size_t begin = offset < 0 ? at - 1 : at;
    if (pattern.pair_joint == Joint::kAny || pattern.pair_joint == tokens_[begin + 1].joint) {
      Take(pattern, hit_class, tokens_[begin].mixes_scripts || tokens_[begin + 1].mixes_scripts,
           begin, begin + 2);
    }
  }

  // Whether a pattern is looked for at a form of this number.
  static bool Leads(std::uint32_t number) { return (number & kIdle) == 0; }

  // Adds the hits of terms that are parts of token `at`.
  void TryCompounds(std::size_t at) {
    const std::string_view token = TextOf(at);
    std::string folded = FoldPlainWord(token);
    if (folded.empty()) {
      const TermText read = ReadTermText(token);
      folded = read.folded;  // Of one token, unless it is not a word.
    }
    table_.compounds_.Find(folded, table_.rules_.is_word,
                           [&](std::uint32_t number, HitClass hit_class) {
                             Take(table_.compound_patterns_[number], hit_class, false, at, at + 1);
                           });
  }

  // The class of a form of this number, which may be `kNoNumber`, if it is one of the word.
  std::optional<HitClass> ClassOf(std::uint32_t number, WordId word) const {
    if (number + 1 <= kMore) {  // As a rule: no form, or one of a single word.
      constexpr Use kClassMask = (Use{1} << kClassBits) - 1;
      return (number & ~kIdle) >> kClassBits == word
                 ? std::optional(static_cast<HitClass>(number & kClassMask))
                 : std::nullopt;
    }
    std::optional<HitClass> found;
    table_.ForEachWord(number, [&](WordId other, HitClass hit_class) {
      if (other == word) {
        found = hit_class;
      }
    });
    return found;
  }

  // Tries a pattern wherever it may begin if the word where it is looked for stands at token `at`.
  void TryAround(const LoadedPattern& pattern, HitClass hit_class, std::size_t at) {
    if (pattern.end_word - pattern.first_word == 1) {
      Take(pattern, hit_class, tokens_[at].mixes_scripts, at, at + 1);
      return;
    }
    for (std::size_t endings = 0; endings <= pattern.endings_before; ++endings) {
      if (const std::size_t before = pattern.tokens_before + endings; before <= at) {
        Try(pattern, at - before);
      }
    }
  }

  // Adds a hit if the pattern stands at token `begin`. An ending is taken where there is one.
  void Try(const LoadedPattern& pattern, std::size_t begin) {
    HitClass hit_class = HitClass::kStrict;
    bool mixes_scripts = false;
    std::size_t at = begin;
    for (std::uint32_t i = pattern.first_word; i < pattern.end_word; ++i) {
      const LoadedWord& word = table_.pattern_words_[i];
      const std::optional<HitClass> found = Match(word, i == pattern.first_word, at);
      if (found) {
        hit_class = std::max(hit_class, *found);
        mixes_scripts = mixes_scripts || tokens_[at].mixes_scripts;
        ++at;
      } else if (!word.is_ending) {
        return;
      }
    }
    Take(pattern, hit_class, mixes_scripts, begin, at);
  }

  // Adds a hit unless something else than its words forbids it.
  void Take(const LoadedPattern& pattern, HitClass hit_class, bool mixes_scripts, std::size_t begin,
            std::size_t end) {
    if ((pattern.needs_first_capital && !tokens_[begin].has_capital) ||
        (pattern.ends_with_word && IsContinued(end)) || !IsCaseRight(pattern, begin) ||
        (pattern.has_banned && IsBanned(pattern, begin, end))) {
      return;
    }
    if (pattern.needed_capitals > 0 && IsDoubtful(pattern, begin, end)) {
      hit_class = HitClass::kProbable;
    }
    found_.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end),
                      pattern.concept_rank, pattern.term, hit_class, mixes_scripts});
  }

  std::optional<HitClass> Match(const LoadedWord& word, bool is_first, std::size_t at) const {
    if (at >= tokens_.size() || tokens_[at].form == kNoForm ||
        (!is_first && word.joint != Joint::kAny && word.joint != tokens_[at].joint)) {
      return std::nullopt;
    }
    return ClassOf(tokens_[at].number, word.word);
  }

  std::string_view TextOf(std::size_t token) const {
    const ByteRange range = tokens_[token].range;
    return text_.substr(range.begin, range.end - range.begin);
  }

  // Whether the token behind a word changes what the word is, as in `C++` and `C#`.
  bool IsContinued(std::size_t end) const {
    if (end >= tokens_.size() || tokens_[end].joint != Joint::kNothing) {
      return false;
    }
    const char next = text_[tokens_[end].range.begin];
    return next == '+' || next == '#';
  }

  bool IsCaseRight(const LoadedPattern& pattern, std::size_t begin) const {
    if (pattern.plain > 0) {
      const std::vector<std::string>& needed = table_.needed_plain_[pattern.plain - 1];
      for (std::size_t i = 0; i < needed.size(); ++i) {
        if (PlainOf(begin + i) != needed[i]) {
          return false;
        }
      }
    }
    // An ending in small letters may follow an acronym, as in `ELis`.
    return pattern.needed_capitals == 0 ||
           LeadingCapitals(PlainOf(begin)) >= pattern.needed_capitals;
  }

  // What `TermText::Plain` would have.
  std::string PlainOf(std::size_t token) const { return ReadTermText(TextOf(token)).plain; }

  bool IsBanned(const LoadedPattern& pattern, std::size_t begin, std::size_t end) const {
    const auto& banned = table_.terms_[pattern.term].banned;
    return std::any_of(banned.begin(), banned.end(), [&](const Phrase& phrase) {
      if (phrase.size() != end - begin) {
        return false;
      }
      for (std::size_t i = 0; i < phrase.size(); ++i) {
        const ScannedToken& token = tokens_[begin + i];
        if (token.form != phrase[i].second || (i > 0 && token.joint != phrase[i].first)) {
          return false;
        }
      }
      return true;
    });
  }

  // Whether what looks like an acronym may be another word: in a line that is all in capitals, what
  // is a word of the language; elsewhere, what has an ending in capitals too.
  bool IsDoubtful(const LoadedPattern& pattern, std::size_t begin, std::size_t end) {
    if (IsInCapitalLine(begin, end)) {
      const auto& is_word = table_.rules_.is_word;
      return is_word && is_word(table_.forms_.TextOf(tokens_[begin].form));
    }
    return LeadingCapitals(PlainOf(begin)) > pattern.needed_capitals;
  }

  // Whether the line of these tokens has letters besides theirs, and none of the line is small.
  bool IsInCapitalLine(std::size_t begin, std::size_t end) {
    const std::uint32_t from = tokens_[begin].range.begin;
    if (from >= line_end_ || from < line_begin_) {
      ReadLine(from);
    }
    return is_capital_line_ && (first_letter_ < from || last_letter_ >= tokens_[end - 1].range.end);
  }

  // Notes what the line at byte `at` is, for all acronyms in it.
  void ReadLine(std::size_t at) {
    const std::size_t before = text_.substr(0, at).rfind('\n');
    line_begin_ = before == std::string_view::npos ? 0 : before + 1;
    line_end_ = std::min(text_.find('\n', at), text_.size());
    first_letter_ = line_end_;
    is_capital_line_ = true;
    const CharKinds& kinds = CharKinds::Get();
    for (std::size_t i = line_begin_; i < line_end_ && is_capital_line_;) {
      const std::size_t letter = i;
      const CharKind kind = kinds[text::NextChar(text_, i)];
      if (kind.Is(CharKind::kLetter)) {
        first_letter_ = std::min(first_letter_, letter);
        last_letter_ = letter;
        is_capital_line_ = kind.Is(CharKind::kCapital);
      }
    }
  }

  const TermTable& table_;
  std::string_view text_;
  const std::vector<ScannedToken>& tokens_;
  std::vector<Found> found_;

  // Of the line that was read last.
  std::size_t line_begin_ = 0;
  std::size_t line_end_ = 0;
  std::size_t first_letter_ = 0;
  std::size_t last_letter_ = 0;
  bool is_capital_line_ = false;
};

std::vector<Found> TermTable::Find(std::string_view text, const std::vector<ScannedToken>& tokens,
                                   std::size_t max_found,
                                   const std::function<bool()>& is_cancelled) const {
  return Finder(*this, text, tokens).Run(max_found, is_cancelled);
}

}  // namespace sild::terms
