#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "server/text/tokens.h"

namespace sild::matching {

// Returns the least number of letters to insert, delete, replace or swap with their neighbour that
// turns `a` into `b` (optimal string alignment: no letter is touched twice), or `limit + 1` if it
// is above `limit`. O(|a| · |b|) time at most, O(|b|) space.
std::int32_t WordDistance(std::u32string_view a, std::u32string_view b, std::int32_t limit);

// Returns the Levenshtein distance of two texts in code points. O(|a| · |b| / 64) time. Hyyrö 2003,
// "A bit-vector algorithm for computing Levenshtein and Damerau edit distances".
std::int32_t CharDistance(std::u32string_view a, std::u32string_view b);

// Returns what `CharDistance` compares to break ties: the tokens in normal form C, joined by single
// spaces.
std::u32string JoinedTokens(const text::TokenizedText& text);

}  // namespace sild::matching
