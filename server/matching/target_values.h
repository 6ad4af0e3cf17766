#pragma once

#include <optional>
#include <span>
#include <vector>

#include "server/matching/placeable_pairs.h"
#include "server/model/language_tag.h"

namespace sild::matching {

// Placeables of a source and a target that have one value, by index, in order. Either may be empty,
// not both.
struct ValueGroup {
  std::vector<std::size_t> source;
  std::vector<std::size_t> target;
};

// Puts the placeables of source and target together that have a value in common, in any of their
// readings. What stands in the target letter for letter as in the source is read as there. Equal
// values are told apart by their order in two cases: `%s` and its like, which must keep their
// order, if both texts have the same; and values that only punctuation joins (1:1, 0;0;1), if both
// texts have these once. O(n log n).
std::vector<ValueGroup> GroupByValue(const SegmentPlaceables& source,
                                     const SegmentPlaceables& target);

}  // namespace sild::matching
