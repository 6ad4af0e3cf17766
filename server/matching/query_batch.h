#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/matching/lookup.h"
#include "server/text/tokens.h"

namespace sild::matching {

// What bounds the similarity of a text to any other, without looking at the order of its tokens.
struct TextProfile {
  std::int32_t weight = 0;
  std::array<std::int32_t, 4> counts{};  // Of tokens, by `TokenClass`.

  // The most that its words could gain from look-alikes: a word that is not found as it is costs at
  // least one edited letter.
  std::int32_t form_gain = 0;
};

TextProfile ProfileOf(const text::TokenizedText& text);

// Returns the most that a word of that many letters gains from a look-alike.
std::int32_t FormGain(std::uint32_t chars);

// The queries of a request, cut into tokens once, and bounds on how near a candidate can be to
// each, at the cost of one table look-up for each word of the candidate. For one thread.
class QueryBatch {
 public:
  struct Prepared {
    text::TokenizedText text;
    TextProfile profile;
    std::u32string joined;  // As `JoinedTokens`.
  };

  explicit QueryBatch(const std::vector<Query>& queries);

  std::size_t size() const { return queries_.size(); }
  const Prepared& operator[](std::size_t query) const { return queries_[query]; }

  // Makes `text` the candidate that `LeastDistance` is about.
  void SetCandidate(const text::TokenizedText& text);
  const TextProfile& candidate() const { return candidate_; }

  // Returns a lower bound of the distance between a query and the candidate.
  std::int32_t LeastDistance(std::size_t query) const;

 private:
  struct Occurrence {
    std::uint32_t query;
    std::int32_t count;  // Of the word in the query.
  };
  // A word that queries have.
  struct Word {
    std::vector<Occurrence> occurrences;
    std::uint64_t candidate_number = 0;  // The candidate that `seen` counts in.
    std::int32_t seen = 0;
  };
  // What a query and the candidate have in common.
  struct Common {
    std::int32_t words = 0;
    std::int32_t form_gain = 0;  // Of those words.
  };

  std::vector<Prepared> queries_;
  std::unordered_map<std::string_view, Word> words_;  // By folded form, in `queries_`.
  TextProfile candidate_;
  std::uint64_t candidate_number_ = 0;
  std::vector<Common> common_;  // By query.
};

}  // namespace sild::matching
