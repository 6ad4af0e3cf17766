#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>

#include "server/matching/concordance_query.h"
#include "server/matching/vocabulary.h"

namespace sild::matching {

// A query in the words of a vocabulary: which of them are pieces, and which documents can be hits.
// Knows the words that the vocabulary had when it was made. For one thread.
class ConcordanceWords {
 public:
  using Use = ConcordanceQuery::Use;

  // Words of which every hit has one. `exact` and `all`, which also has the inflected forms, are
  // without repetition; `all` is by how good it would be to know, so that the first set has the
  // fewest documents.
  struct WordSet {
    std::vector<std::uint32_t> exact;
    std::vector<std::uint32_t> all;
    std::uint64_t documents = 0;  // That have one of `all`, at most.
  };

  // Which other tokens a hit must have.
  struct Needs {
    bool number = false;
    bool tag = false;
    bool punctuation = false;
  };

  // All must outlive the object. Looks at all words of the vocabulary for each pattern, if there
  // are wildcards or it is a substring: about 2 ms a million where the pattern has letters that few
  // words have; where it has none, as `*` or `??`, each word of the length is compared, which takes
  // many times that. Ends early once `is_cancelled` (may be empty) returns true: then words are
  // missing, and the object is of no use.
  ConcordanceWords(const ConcordanceQuery& query, const Vocabulary& vocabulary,
                   const std::function<bool()>& is_cancelled);

  const ConcordanceQuery& query() const { return query_; }

  // The query whose pieces `UsesOf` tells: of a substring that is like one the phrase, otherwise
  // the query itself.
  const ConcordanceQuery& pieces() const { return phrase_ ? *phrase_ : query_; }
  const Vocabulary& vocabulary() const { return vocabulary_; }

  // The word sets, those with the fewest documents first; without those that are not worth reading
  // lists for. An empty set: there is no hit, but of a substring in texts with tags.
  const std::vector<WordSet>& word_sets() const { return word_sets_; }
  const Needs& needs() const { return needs_; }

  // Whether a text with tags may be a hit without any word of the sets: of a substring, for words
  // may go on in a tag.
  bool takes_all_with_tags() const { return query_.options().mode == ConcordanceMode::kSubstring; }

  // Returns what a token is to the query, by piece, the last first. Valid until the next call.
  std::span<const Use> UsesOf(FoldedKey key, FormId form) {
    return MayBeUsed(key) ? FindUses(key, form) : std::span<const Use>();
  }

 private:
  struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
  };

  void TakeLiterals();
  void TakePatterns();
  void TakeSubstring();
  void Sort();
  void AddWord(std::uint32_t word, Use use);
  std::span<const Use> FindUses(FoldedKey key, FormId form);
  void Mark(FoldedKey key);

  // Calls `visit` with each word of the vocabulary that has that search form.
  template <typename Visit>
  void ForEachWordLike(std::string_view form, Visit visit) const;
  template <typename Visit>
  void ForEachWordLike(const WordWildcards& pattern, Visit visit) const;

  // A quick no: a bit for each hash of a key that is used.
  static constexpr std::size_t kFilterBits = 1U << 16;
  static std::size_t FilterBit(FoldedKey key) { return key * 2654435761U >> 16; }
  bool MayBeUsed(FoldedKey key) const {
    return (filter_[FilterBit(key) / 64] >> FilterBit(key) % 64 & 1) != 0 ||
           (has_number_patterns_ && ClassOf(key) == text::TokenClass::kNumber);
  }

  // Nearly every word is one piece only.
  using Uses = absl::InlinedVector<Use, 1>;

  const ConcordanceQuery& query_;
  const std::optional<ConcordanceQuery> phrase_;
  const Vocabulary& vocabulary_;
  const std::function<bool()>& is_cancelled_;
  const bool has_number_patterns_;  // Numbers are compared when they are met.
  std::vector<WordSet> word_sets_;
  Needs needs_;
  std::vector<std::uint64_t> filter_ = std::vector<std::uint64_t>(kFilterBits / 64);
  absl::flat_hash_map<FoldedKey, Uses> uses_;
  absl::flat_hash_map<FormId, Uses> cased_uses_;  // Of those that were asked for.
};

}  // namespace sild::matching
