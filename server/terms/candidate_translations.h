#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "server/terms/candidate_forms.h"

namespace sild::terms {

// The candidate of the target language that stands where one of the source language does.
struct CandidateTranslation {
  std::size_t target = 0;      // Index of a target candidate.
  std::uint32_t together = 0;  // Segments with both.
  double score = 0;            // Dice's coefficient, in [0, 1]: 1 if neither is without the other.
};

// Returns for each of `sources` what it is translated as, where that is clear: together in at least
// two segments, more often than chance has it (log-likelihood above 10.83, 0.1 %), in more than
// 40 % by Dice, and the target goes with no other source much better. Of targets that lie in one
// another the longest that is about as good. Both corpora have the same segments; a segment that is
// empty in one is not counted.
std::vector<std::optional<CandidateTranslation>> FindTranslations(
    const std::vector<CandidateUse>& sources, const WordCorpus& target_corpus,
    const CandidatePlaces& target_places, const std::vector<CountedCandidate>& targets,
    const std::function<bool()>& is_cancelled);

}  // namespace sild::terms
