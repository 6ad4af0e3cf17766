#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include <absl/status/statusor.h>

#include "server/matching/candidate_source.h"
#include "server/matching/lookup.h"
#include "server/model/match.h"
#include "server/model/text_offset.h"

namespace sild::matching {

// A part of a query that a stored segment covers.
struct Fragment {
  ByteRange range;  // In the text of the query as sent.
  Query part;       // The part as a query of its own: what the ranges of `match` are in.
  Match match;
};

// Finds what translations of the queries can be assembled from: stored source segments that stand
// in them whole. `results` is what `Find` found for `request`; `fragments[i]` is for `queries[i]`,
// by begin, longer ones first, then by target language.
//
// 1. A segment stands where its tokens do, side by side, by their folded forms
//    (`TokenizedText::Folded`); punctuation at its ends need not be there, but belongs to the part
//    where it is. It has a word, and no hyphen joins either end of the part to another word. If it
//    is one word, that has ten letters, or a capital that no
//    sentence begins with (a name) in a query where at most half of the words have one.
// 2. A part counts in a target language if as a query of its own, compared with the segments that
//    stand there, it has a match of at least `minimum_tenths`: the best one, by all rules of
//    `Find`. Inline tags belong to the part if they and their counterparts stand inside it.
// 3. For each target language the heaviest part (`WeightOf`) is taken first, of equal ones the
//    first; then the heaviest that overlaps none that was taken.
// 4. Nothing is sought in a target language, by its key, in which the query has a match; nor, if
//    the request names none, if it has any.
//
// With an index the cost of a query is one table look-up for each span of its tokens; without one
// all units are looked at, until there is one. Fails as `Find`, and `ResourceExhausted` once the
// units of all fragments together take more than `max_bytes` (`SizeBytes`).
absl::StatusOr<std::vector<std::vector<Fragment>>> FindFragments(
    const LookupRequest& request, const std::vector<LookupResult>& results,
    const CandidateSource& source, const std::function<bool()>& is_cancelled,
    std::size_t max_bytes);

}  // namespace sild::matching
