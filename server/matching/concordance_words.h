#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>
#include <absl/container/inlined_vector.h>

#include "server/matching/concordance_query.h"
#include "server/matching/substring_parts.h"
#include "server/matching/vocabulary.h"

namespace sild::matching {

// A query in the tokens of a vocabulary: which of them are pieces, and which documents can be hits.
// Knows the tokens that the vocabulary had when it was made. For one thread.
class ConcordanceWords {
 public:
  using Use = ConcordanceQuery::Use;

  // Tokens of which a hit has one. `exact` and `all`, which also has the inflected forms, are
  // without repetition.
  struct TokenSet {
    std::vector<FoldedKey> exact;
    std::vector<FoldedKey> all;
  };

  // A hit has a token of each set. The smallest first, without those that nearly every text has.
  using Way = std::vector<TokenSet>;

  // All must outlive the object. Looks at all words of the vocabulary for each pattern, if there
  // are wildcards or it is a substring: about 5 ms a million. Ends early once `is_cancelled` (may
  // be empty) returns true: then words are missing, and the object is of no use.
  ConcordanceWords(const ConcordanceQuery& query, const Vocabulary& vocabulary,
                   const std::function<bool()>& is_cancelled);

  const ConcordanceQuery& query() const { return query_; }

  // The query whose pieces `UsesOf` tells: of a substring that has one the phrase, otherwise the
  // query itself.
  const ConcordanceQuery& pieces() const { return phrase_ ? *phrase_ : query_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }
  bool is_substring() const { return query_.options().mode == ConcordanceMode::kSubstring; }

  // Each hit is one in at least one way. Only of a substring there is more than one: see `WaysOf`.
  const std::vector<Way>& ways() const { return ways_; }
  bool needs_punctuation() const { return needs_punctuation_; }

  // Whether the substring may stand in a text that has this tag though the phrase does not.
  bool MayBePartOfSubstring(FoldedKey tag) const { return tags_.contains(tag); }
  bool has_tags() const { return !tags_.empty(); }

  // Returns what a token is to the query, by piece, the last first. Valid until the next call.
  std::span<const Use> UsesOf(FoldedKey key, FormId form) {
    return MayBeUsed(key) ? FindUses(key, form) : std::span<const Use>();
  }

 private:
  void TakeLiterals(std::vector<std::optional<TokenSet>>& sets);
  void TakePatterns(std::vector<std::optional<TokenSet>>& sets);
  void TakeSubstring();
  Way WayOf(const std::vector<SubstringPart>& parts);
  std::optional<TokenSet> SetOf(const SubstringPart& part) const;
  void AddToken(FoldedKey key, Use use, std::optional<TokenSet>& set);
  std::span<const Use> FindUses(FoldedKey key, FormId form);
  bool IsLike(const WordWildcards& pattern, FoldedKey key) const;
  void Mark(FoldedKey key);

  // Calls `visit` with each word of the vocabulary that matches a pattern. False, and none is
  // visited, if they may be too many to be listed.
  template <typename Visit>
  bool ForEachWordLike(const WordWildcards& pattern, Visit visit) const;
  template <typename Visit>
  void ForEachOther(text::TokenClass token_class, Visit visit) const;

  // A quick no: a bit for each hash of a key that is used.
  static constexpr std::size_t kFilterBits = 1U << 16;
  static std::size_t FilterBit(FoldedKey key) { return key * 2654435761U >> 16; }
  bool MayBeUsed(FoldedKey key) const {
    return (filter_[FilterBit(key) / 64] >> FilterBit(key) % 64 & 1) != 0 ||
           (!unlisted_.empty() && IsWordLike(ClassOf(key)));
  }
  static bool IsWordLike(text::TokenClass token_class) {
    return token_class == text::TokenClass::kWord || token_class == text::TokenClass::kNumber;
  }

  // Nearly every word is one piece only.
  using Uses = absl::InlinedVector<Use, 1>;

  const ConcordanceQuery& query_;
  const std::optional<ConcordanceQuery> phrase_;
  const Vocabulary& vocabulary_;
  const std::function<bool()>& is_cancelled_;
  std::vector<Way> ways_;
  // By kind and text of a part, as most ways have the same ones.
  absl::flat_hash_map<std::string, std::optional<TokenSet>> sets_of_parts_;
  bool needs_punctuation_ = false;
  absl::flat_hash_set<FoldedKey> tags_;  // That may be part of the substring.
  // Those that match so many words that each is compared with them when it is met.
  std::vector<const ConcordanceQuery::Pattern*> unlisted_;
  std::vector<std::uint64_t> filter_ = std::vector<std::uint64_t>(kFilterBits / 64);
  absl::flat_hash_map<FoldedKey, Uses> uses_;
  Uses found_uses_;  // Those that were asked for last.
};

}  // namespace sild::matching
