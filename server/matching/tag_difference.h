#pragma once

#include <cstdint>

#include "server/model/segment.h"
#include "server/text/tokens.h"

namespace sild::matching {

constexpr std::int32_t kUnmatchedTagTenths = 10;  // A tag alone still beats a changed word.
constexpr std::int32_t kMovedTagTenths = 5;
constexpr std::int32_t kMaxTagTenths = 50;  // A segment: tags never outweigh the text.

// Returns the tenths of a point that the tags beside two segments differ by: `kUnmatchedTagTenths`
// for each tag on either side without a counterpart, `kMovedTagTenths` for each in another place,
// at most `kMaxTagTenths`. 0 just if the tags are the same.
//
// Tags are counterparts if they agree in kind and in type; if one of them has no type, in kind and
// in native code without the values of attributes. They are paired in the order of the text. Where
// the texts are equal in normal form C, a place is an offset; otherwise two places are the same if
// the token before them or the token after them is, case set aside.
std::int32_t TagDifference(const Segment& query, const text::TokenizedText& query_text,
                           const Segment& stored, const text::TokenizedText& stored_text);

}  // namespace sild::matching
