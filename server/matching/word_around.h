#pragma once

#include <string_view>

#include "server/matching/placeable_pairs.h"
#include "server/model/text_offset.h"

namespace sild::matching {

// Returns the range of the word that what stands at `range` of `text` is part of: letters, hyphens
// and underscores on both sides, as of cpu4, UTF-8, 5-го. It is `range` if there are none.
ByteRange WordAround(std::string_view text, ByteRange range);

// Whether two numbers are parts of words that differ in what is before the digits or, without a
// hyphen, behind them, but for case: 14A and 12B, F-16 and MiG-29. What is a placeable itself or
// the word of a magnitude is no such part. Other kinds of placeables are parts of no word.
bool AreInOtherWords(const SegmentPlaceables& a, std::size_t a_placeable,
                     const SegmentPlaceables& b, std::size_t b_placeable);

}  // namespace sild::matching
