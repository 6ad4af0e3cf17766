#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include <absl/status/statusor.h>

#include "server/terms/candidate_places.h"

namespace sild::terms {

// A phrase that may be a term, and how it is used.
struct CountedCandidate {
  CandidateKey key{};
  std::uint32_t words = 0;
  std::uint32_t content_words = 0;  // Without link words.
  bool is_general = false;          // One word of wide meaning.
  std::uint32_t frequency = 0;
  std::uint32_t segments = 0;  // That it stands in.
  // Where a capital would say something; and where each word had one, but for link words.
  std::uint32_t inner_uses = 0;
  std::uint32_t capital_uses = 0;
  // Inside longer candidates: all uses, by how many different ones, and the most by one.
  std::uint64_t nested_uses = 0;
  std::uint32_t nests = 0;
  std::uint32_t most_nested = 0;
};

// Counts the candidates that occur at least `minimum_frequency` times, in the order in which they
// first occur. Reads the corpus as many times as keep the table at a few million candidates, so
// that its memory is bounded, and fails with `ResourceExhausted` if there are more than `max_kept`.
// Asks `is_cancelled`, which may be empty, between segments, and then returns none.
absl::StatusOr<std::vector<CountedCandidate>> CountCandidates(
    const WordCorpus& corpus, const CandidatePlaces& places, std::uint32_t minimum_frequency,
    std::size_t max_kept, const std::function<bool()>& is_cancelled);

}  // namespace sild::terms
