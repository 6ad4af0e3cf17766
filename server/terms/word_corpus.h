#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/status/status.h>

#include "server/terms/term_text.h"

namespace sild::terms {

// A word as it is written, and a word whatever its case; both are numbered from 0.
using SpellingId = std::uint32_t;
using WordId = std::uint32_t;

// A token of a corpus, in four bytes.
class CorpusToken {
 public:
  CorpusToken(SpellingId spelling, Joint joint, bool begins_sentence)
      : bits_(spelling << kFlagBits | (begins_sentence ? 4U : 0U) |
              static_cast<std::uint32_t>(joint)) {}

  SpellingId spelling() const { return bits_ >> kFlagBits; }
  Joint joint() const { return static_cast<Joint>(bits_ & 3U); }
  // Whether it stands where a capital says nothing: first, or behind a symbol.
  bool begins_sentence() const { return (bits_ & 4U) != 0; }

 private:
  static constexpr std::uint32_t kFlagBits = 3;

  std::uint32_t bits_;
};

// Returns the tokens of a text as extraction sees them: those of `ReadTermText`, but for the
// endings that Estonian puts behind a hyphen to an acronym, which belong to it (`NATO-le`).
TermText ReadCorpusText(std::string_view text);

// Segments as numbers, which takes four bytes a token, and their words, each once.
class WordCorpus {
 public:
  // Far more than any newsroom's memory has; together they bound the memory that a corpus takes to
  // about 0.6 GiB.
  static constexpr std::size_t kMaxTokens = 50'000'000;
  static constexpr std::size_t kMaxSpellings = 3'000'000;

  explicit WordCorpus(std::size_t max_tokens = kMaxTokens,
                      std::size_t max_spellings = kMaxSpellings)
      : max_tokens_(max_tokens), max_spellings_(max_spellings) {}

  // What is known of a spelling.
  struct Spelling {
    std::string_view text;  // As it stood first, or as `TermText::Plain` if that has more than
                            // letters, such as soft hyphens.
    WordId word = 0;
    bool is_symbol = false;
    bool has_capital = false;
    bool is_all_capitals = false;  // Of two letters or more.
    bool has_digit = false;
    std::uint32_t letters = 0;
  };

  // Adds a segment, which must be UTF-8. `ResourceExhausted`, and the segment is not in the corpus,
  // where it would grow beyond the limits.
  absl::Status Add(std::string_view text);

  std::size_t segment_count() const { return ends_.size(); }
  std::span<const CorpusToken> Segment(std::size_t index) const {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::span(tokens_).subspan(begin, ends_[index] - begin);
  }
  std::size_t token_count() const { return tokens_.size(); }

  const Spelling& SpellingOf(CorpusToken token) const { return spellings_[token.spelling()]; }
  const Spelling& spelling(SpellingId id) const { return spellings_[id]; }
  std::size_t spelling_count() const { return spellings_.size(); }

  // The words in lower case, and how often each occurs.
  std::size_t word_count() const { return words_.size(); }
  const std::string& word(WordId id) const { return words_[id]; }
  std::uint32_t frequency(WordId id) const { return frequencies_[id]; }
  // Whether it is written with a capital in most places where that says something.
  bool IsName(WordId id) const { return capitals_[id] > 0; }
  // The word `folded`, or `kNoWord`.
  static constexpr WordId kNoWord = std::numeric_limits<WordId>::max();
  WordId FindWord(std::string_view folded) const;

 private:
  SpellingId SpellingIdOf(std::string_view text, const TermText& read, const TermToken& token);

  std::size_t max_tokens_;
  std::size_t max_spellings_;
  std::vector<CorpusToken> tokens_;
  std::vector<std::size_t> ends_;  // By segment: the token behind its last.
  std::vector<Spelling> spellings_;
  std::deque<std::string> spelling_texts_;  // What the views of `spellings_` point to.
  absl::flat_hash_map<std::string, SpellingId> spelling_ids_;  // By `TermText::Plain`.
  std::deque<std::string> words_;
  std::vector<std::uint32_t> frequencies_;
  std::vector<std::int32_t> capitals_;  // By word: inside sentences, how many more than without.
  absl::flat_hash_map<std::string_view, WordId> word_ids_;
};

}  // namespace sild::terms
