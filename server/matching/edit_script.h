#pragma once

#include <vector>

#include "server/matching/token_aligner.h"
#include "server/model/match.h"
#include "server/text/tokens.h"

namespace sild::matching {

// Returns the edits that turn `stored` into `query`, in the order of the texts; their points sum to
// `distance`, which must be the distance of the two. One edit a token; tokens that no edit touches
// are the same in both. Of several cheapest scripts it is, read from the end, the one that first
// replaces, then deletes, then inserts. An insertion stands where the next stored token begins, or
// at the end of the last one. Empty after a cancellation.
std::vector<Edit> MakeEditScript(const text::TokenizedText& stored,
                                 const text::TokenizedText& query, std::int32_t distance,
                                 TokenAligner& aligner);

}  // namespace sild::matching
