#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "server/model/segment.h"
#include "server/text/placeables.h"

namespace sild::matching {

// A segment and what was found in it.
struct SegmentPlaceables {
  const Segment& segment;
  std::span<const text::Placeable> placeables;

  std::string_view TextOf(const text::Placeable& placeable) const {
    return std::string_view(segment.text)
        .substr(placeable.range.begin, placeable.range.end - placeable.range.begin);
  }
};

// Which placeables and tags of a query stand where a stored text has which.
struct PlaceablePairs {
  std::vector<std::optional<std::size_t>> stored;       // By placeable of the query.
  std::vector<std::optional<std::size_t>> stored_tags;  // By tag of the query.
  bool is_same_text = false;                            // But for placeables, tags set aside.
  std::int32_t similarity_tenths = 0;  // With each pair taken as equal, tags set aside.
};

// Pairs the placeables and tags of a query with those of one kind that a stored text has in their
// place.
PlaceablePairs PairPlaceables(const SegmentPlaceables& query, const SegmentPlaceables& stored);

}  // namespace sild::matching
