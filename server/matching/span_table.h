#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <absl/functional/function_ref.h>

#include "server/matching/vocabulary.h"
#include "server/text/tokens.h"

namespace sild::matching {

class TextIndex;
class Tier;

// Tokens side by side, by index.
struct TokenSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool empty() const { return begin == end; }
  friend bool operator==(const TokenSpan&, const TokenSpan&) = default;
};

// Returns the core of a text: its tokens without the punctuation at either end. Empty if there is
// no word in it, so that nothing is said by it. `class_of` tells the class of a token.
template <typename Tokens, typename ToClass>
TokenSpan CoreOf(const Tokens& tokens, ToClass class_of) {
  const auto is_punctuation = [&](std::size_t i) {
    return class_of(tokens[i]) == text::TokenClass::kPunctuation;
  };
  TokenSpan core{0, tokens.size()};
  bool has_word = false;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    has_word = has_word || class_of(tokens[i]) == text::TokenClass::kWord;
  }
  if (!has_word) {
    return {};
  }
  while (is_punctuation(core.begin)) {
    ++core.begin;
  }
  while (is_punctuation(core.end - 1)) {
    --core.end;
  }
  return core;
}

// The documents of a tier by their cores, so that those whose core stands in a query are found by
// looking up each span of the query once. Immutable.
class SpanTable {
 public:
  // A hash of tokens that come one after another.
  class Hash {
   public:
    void Add(FoldedKey key) {
      state_ = (state_ ^ key) * 0x9E3779B97F4A7C15U;  // The golden ratio, as in splitmix64.
      state_ ^= state_ >> 32;
    }
    std::uint32_t value() const { return static_cast<std::uint32_t>(state_); }

   private:
    std::uint64_t state_ = 0x9E3779B97F4A7C15U;
  };

  SpanTable() = default;

  // Takes the documents of `tier`. About 0.1 µs a document.
  explicit SpanTable(const Tier& tier);

  // How many tokens the longest core has, and whether there is one of `length` tokens.
  std::size_t max_length() const { return has_length_.empty() ? 0 : has_length_.size() - 1; }
  bool HasLength(std::size_t length) const { return has_length_[length]; }

  // Brings what `ForEach` reads first into the processor's cache.
  void Prefetch(std::uint32_t hash) const { __builtin_prefetch(&begins_[hash >> shift_]); }

  // Calls `visit` with each document whose core has that hash, and with few that have another.
  template <typename Visit>
  void ForEach(std::uint32_t hash, Visit visit) const {
    const std::size_t bucket = hash >> shift_;
    for (std::uint32_t i = begins_[bucket]; i < begins_[bucket + 1]; ++i) {
      if (marks_[i] == MarkOf(hash)) {
        visit(documents_[i]);
      }
    }
  }

  // The memory that it takes.
  std::size_t bytes() const;

 private:
  // What tells most of the hashes apart that are in one bucket.
  static std::uint8_t MarkOf(std::uint32_t hash) { return static_cast<std::uint8_t>(hash); }

  std::vector<std::uint32_t> documents_;  // By bucket: the upper bits of the hash.
  std::vector<std::uint8_t> marks_;       // Of their hashes.
  std::vector<std::uint32_t> begins_;     // By bucket, and where the last one ends.
  std::uint32_t shift_ = 0;
  std::vector<bool> has_length_;
};

// Calls `visit` with the handle of each document of `index` whose core stands in `query`, the
// folded keys of a text (`Vocabulary::kNoKey` for what no document has), and where it does, if
// `is_wanted` returns true for that place. Ends early once `is_cancelled` returns true, which is
// asked for each token of the query and each of the newest documents. A table look-up for each span
// of a length that there is, and one comparison for each of the newest documents.
void FindContained(const TextIndex& index, std::span<const FoldedKey> query,
                   absl::FunctionRef<bool(TokenSpan)> is_wanted,
                   absl::FunctionRef<bool()> is_cancelled,
                   absl::FunctionRef<void(std::uint32_t handle, TokenSpan core)> visit);

}  // namespace sild::matching
