#pragma once

#include <string>
#include <vector>

#include "sild/v1/match_service.pb.h"

namespace sild::cli {

// Returns what became of the numbers, dates, tags and the like of `query` in the proposal of a
// match, in lines for people: how good it is with them, what a person must put in, take out and
// look at. Amounts are told as they stand, €750m, though a part of them may be in its place.
std::vector<std::string> PlacementLines(const v1::Match& match, const v1::Segment& query);

}  // namespace sild::cli
