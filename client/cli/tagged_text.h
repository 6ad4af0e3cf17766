#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sild/v1/text.pb.h"

namespace sild::cli {

// What a person sees of an inline tag: its native code, as `Visible`; without one `<1>`, `</1>` or
// `<1/>`, by what joins it to another.
std::string TagText(const v1::Tag& tag);

// Returns the text of `segment` from code point `begin` to before `end` with the tags that stand
// there, as `Visible`. A tag belongs to the character behind it; those behind the last character to
// a part whose `end` is larger than the length.
std::string SliceWithTags(const v1::Segment& segment, std::int32_t begin, std::int32_t end);

// Returns all of it.
std::string WithTags(const v1::Segment& segment);

// Reads `text` in which what looks like a tag of XML is one: `<b>` and `</b>` of one name are a
// pair, `<br/>` and the empty elements of HTML stand alone, and what has no partner is a tag whose
// partner stands elsewhere. `text` must be UTF-8.
v1::Segment ParseTags(const std::string& text);

// Reads `text` in which the tags of `stored` stand as `TagText` shows them, in their order and each
// as often as there. Nothing if any is missing, too many or in another order, so that it is not
// certain which is which.
std::optional<v1::Segment> TakeTags(const std::string& text, const v1::Segment& stored);

}  // namespace sild::cli
