#pragma once

#include <string>
#include <string_view>

#include "server/formats/reader.h"

namespace sild::formats {

// Says what is wrong with a text of a pair, which `name` calls "the source" or the like: bytes that
// are not UTF-8, characters that no text may have, or more than a segment may hold. Empty: nothing.
std::string TextProblemOf(std::string_view text, std::string_view name, const UnitLimits& limits);

}  // namespace sild::formats
