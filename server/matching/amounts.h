#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "server/matching/placeable_pairs.h"
#include "server/matching/target_values.h"

namespace sild::matching {

// Placeables of a query and a target that are put in together or not at all, by index: the number,
// magnitude, currency and unit of an amount, and of a range of amounts both ends.
struct SharedAmount {
  std::vector<std::size_t> query;
  std::vector<std::size_t> target;
};

// Returns the amounts of several parts. What is one in any of the three texts is one in all.
// `query_of_source` says which placeable of the query stands for one of the source, and `groups`
// which of the source and target have one value. O(n).
std::vector<SharedAmount> FindSharedAmounts(
    const SegmentPlaceables& query, const SegmentPlaceables& source,
    const SegmentPlaceables& target, std::span<const std::optional<std::size_t>> query_of_source,
    std::span<const ValueGroup> groups);

}  // namespace sild::matching
