#pragma once

#include "server/terms/candidate_counts.h"

namespace sild::terms {

// Returns how likely a candidate is a term; only the order means something. At least 0.
//
// C-value (Frantzi, Ananiadou, Mima 2000: frequency without uses inside longer candidates, times
// the logarithm of length), times how often it is written as a name where that says something; half
// of that for one word of wide meaning. How firmly the words belong together (pointwise mutual
// information) and whether a dictionary has them was tried and did not help:
// `sild_extract_evaluate` (tests/terms) measures it against glossaries.
double CandidateScore(const CountedCandidate& candidate);

// Whether nearly all uses of a candidate are those inside one longer candidate, which then says
// all: `Partnership` where only `Eastern Partnership` occurs.
bool IsPartOnly(const CountedCandidate& candidate);

}  // namespace sild::terms
