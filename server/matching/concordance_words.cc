#include "server/matching/concordance_words.h"

#include <algorithm>
#include <utility>

#include "server/text/search_form.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

using text::LetterCase;
using text::TokenClass;

// If more words may match a pattern, or that share of all, they are not listed: most texts have one
// of them.
constexpr std::uint32_t kMaxListedWords = 4'096;
constexpr std::uint32_t kMaxListedShare = 4;
constexpr std::uint32_t kMinListedWords = 16;

// Between questions whether to go on.
constexpr std::uint32_t kWordsPerCheck = 1U << 15;

}  // namespace

ConcordanceWords::ConcordanceWords(const ConcordanceQuery& query, const Vocabulary& vocabulary,
                                   const std::function<bool()>& is_cancelled)
    : query_(query),
      phrase_(query.AsPhrase()),
      vocabulary_(vocabulary),
      is_cancelled_(is_cancelled) {
  if (pieces().piece_count() > 0) {
    std::vector<std::optional<TokenSet>> sets(pieces().piece_count(), TokenSet());
    TakeLiterals(sets);
    TakePatterns(sets);
    // The whole of a substring has more parts than a phrase that is some of it.
    if (!is_substring() || query.is_like_phrase()) {
      Way& way = ways_.emplace_back();
      for (std::optional<TokenSet>& set : sets) {
        if (set) {
          way.push_back(*std::move(set));
        }
      }
    }
  }
  if (is_substring()) {
    TakeSubstring();
  }
  for (Way& way : ways_) {
    std::sort(way.begin(), way.end(),
              [](const TokenSet& a, const TokenSet& b) { return a.all.size() < b.all.size(); });
  }
  for (auto& [key, uses] : uses_) {
    std::sort(uses.begin(), uses.end(),
              [](const Use& a, const Use& b) { return a.piece > b.piece; });
  }
}

void ConcordanceWords::TakeLiterals(std::vector<std::optional<TokenSet>>& sets) {
  for (const auto& [key, uses] : pieces().uses()) {
    const auto token_class = static_cast<TokenClass>(key[0] - '0');
    const std::string_view form = std::string_view(key).substr(1);
    needs_punctuation_ = needs_punctuation_ || token_class == TokenClass::kPunctuation;
    for (const Use& use : uses) {
      if (token_class == TokenClass::kWord) {
        vocabulary_.ForEachWordWithSearchForm(form, [&](std::uint32_t word) {
          AddToken(MakeKey(TokenClass::kWord, word), use, sets[use.piece]);
        });
      } else if (const FoldedKey known = vocabulary_.FindFolded(token_class, form);
                 known != Vocabulary::kNoKey) {
        AddToken(known, use, sets[use.piece]);
      }
    }
  }
}

void ConcordanceWords::TakePatterns(std::vector<std::optional<TokenSet>>& sets) {
  for (const ConcordanceQuery::Pattern& pattern : pieces().patterns()) {
    const Use use{pattern.piece, true};
    const bool is_listed = ForEachWordLike(pattern.folded, [&](std::uint32_t word) {
      AddToken(MakeKey(TokenClass::kWord, word), use, sets[use.piece]);
    });
    if (!is_listed) {
      unlisted_.push_back(&pattern);
      sets[use.piece].reset();
    } else if (!pattern.folded.has_letter()) {
      ForEachOther(TokenClass::kNumber, [&](FoldedKey key) {
        if (IsLike(pattern.folded, key)) {
          AddToken(key, use, sets[use.piece]);
        }
      });
    }
  }
}

// Of a substring that is like a phrase the first way is known better already.
void ConcordanceWords::TakeSubstring() {
  const std::vector<SubstringWay> ways = WaysOf(query_, vocabulary_, is_cancelled_);
  for (std::size_t i = ways_.size(); i < ways.size(); ++i) {
    Way& way = ways_.emplace_back(WayOf(ways[i].parts));
    if (!ways[i].tags.empty()) {
      tags_.insert(ways[i].tags.begin(), ways[i].tags.end());
      way.push_back(TokenSet{ways[i].tags, ways[i].tags});
    }
  }
}

ConcordanceWords::Way ConcordanceWords::WayOf(const std::vector<SubstringPart>& parts) {
  Way way;
  for (const SubstringPart& part : parts) {
    const auto kind = static_cast<char>('0' + static_cast<int>(part.kind));
    const auto [known, is_new] = sets_of_parts_.try_emplace(kind + part.text);
    if (is_new) {
      known->second = SetOf(part);
    }
    if (known->second) {
      way.push_back(*known->second);
    }
  }
  return way;
}

// Returns the tokens that are like a part; nothing if there are too many.
std::optional<ConcordanceWords::TokenSet> ConcordanceWords::SetOf(const SubstringPart& part) const {
  TokenSet set;
  const auto add_word = [&set](std::uint32_t word) {
    set.exact.push_back(MakeKey(TokenClass::kWord, word));
  };
  const std::string form = text::SearchForm(part.text, LetterCase::kIgnore);
  if (part.kind == SubstringPart::Kind::kPunctuation) {
    ForEachOther(TokenClass::kPunctuation, [&](FoldedKey key) {
      if (text::SearchForm(vocabulary_.FoldedOf(key), LetterCase::kIgnore).find(form) !=
          std::string::npos) {
        set.exact.push_back(key);
      }
    });
  } else if (form.find('*') == std::string::npos) {
    vocabulary_.ForEachWordWithSearchForm(form, add_word);
  } else if (!ForEachWordLike(WordWildcards(form), add_word)) {
    return std::nullopt;
  }
  if (part.kind == SubstringPart::Kind::kWordOrNumber) {
    const WordWildcards pattern(form);
    ForEachOther(TokenClass::kNumber, [&](FoldedKey key) {
      if (pattern.Matches(text::SearchForm(vocabulary_.FoldedOf(key), LetterCase::kKeep))) {
        set.exact.push_back(key);
      }
    });
  }
  set.all = set.exact;
  return set;
}

void ConcordanceWords::AddToken(FoldedKey key, Use use, std::optional<TokenSet>& set) {
  uses_[key].push_back(use);
  Mark(key);
  set->all.push_back(key);
  if (use.is_exact) {
    set->exact.push_back(key);
  }
}

void ConcordanceWords::Mark(FoldedKey key) {
  filter_[FilterBit(key) / 64] |= std::uint64_t{1} << FilterBit(key) % 64;
}

std::span<const ConcordanceWords::Use> ConcordanceWords::FindUses(FoldedKey key, FormId form) {
  const auto found = uses_.find(key);
  found_uses_ = found == uses_.end() ? Uses() : found->second;
  if (IsWordLike(ClassOf(key))) {
    for (const ConcordanceQuery::Pattern* pattern : unlisted_) {
      if (IsLike(pattern->folded, key)) {
        found_uses_.push_back({pattern->piece, true});
      }
    }
    std::sort(found_uses_.begin(), found_uses_.end(),
              [](const Use& a, const Use& b) { return a.piece > b.piece; });
  }
  if (pieces().options().match_case) {
    const std::string_view surface = vocabulary_.TextOf(form);
    found_uses_.erase(
        std::remove_if(found_uses_.begin(), found_uses_.end(),
                       [&](const Use& use) { return !pieces().HasCase(use.piece, surface); }),
        found_uses_.end());
  }
  return found_uses_;
}

// Whether a word or number matches a pattern.
bool ConcordanceWords::IsLike(const WordWildcards& pattern, FoldedKey key) const {
  const std::string_view folded = vocabulary_.FoldedOf(key);
  if (ClassOf(key) == TokenClass::kNumber) {
    return !pattern.has_letter() && pattern.Matches(folded);
  }
  return pattern.MayMatch(vocabulary_.word(NumberOf(key))) && pattern.MayMatch(folded) &&
         (pattern.is_told_by_folded() ||
          pattern.Matches(text::SearchForm(folded, LetterCase::kKeep)));
}

template <typename Visit>
bool ConcordanceWords::ForEachWordLike(const WordWildcards& pattern, Visit visit) const {
  const std::uint32_t count = vocabulary_.word_count();
  std::vector<std::uint32_t> matching;
  for (std::uint32_t first = 0; first < count && !(is_cancelled_ && is_cancelled_());) {
    const auto words = vocabulary_.WordsFrom(first, std::min(count, first + kWordsPerCheck));
    for (std::uint32_t i = 0; i < words.size(); ++i) {
      if (pattern.MayMatch(words[i]) && pattern.MayMatch(vocabulary_.WordText(first + i))) {
        matching.push_back(first + i);
      }
    }
    first += static_cast<std::uint32_t>(words.size());
    if (matching.size() > std::min(kMaxListedWords, count / kMaxListedShare + kMinListedWords)) {
      return false;
    }
  }
  for (const std::uint32_t word : matching) {
    if (pattern.is_told_by_folded() ||
        pattern.Matches(text::SearchForm(vocabulary_.WordText(word), LetterCase::kKeep))) {
      visit(word);
    }
  }
  return true;
}

template <typename Visit>
void ConcordanceWords::ForEachOther(TokenClass token_class, Visit visit) const {
  const std::uint32_t count = vocabulary_.other_count();
  for (std::uint32_t number = 0; number < count; ++number) {
    const FoldedKey key = vocabulary_.OtherKey(number);
    if (ClassOf(key) == token_class) {
      visit(key);
    }
  }
}

}  // namespace sild::matching
