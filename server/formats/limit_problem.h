#pragma once

#include <string>
#include <string_view>

#include "server/formats/reader.h"

namespace sild::formats {

// Says that `owner`, as "the unit", has too many properties or notes.
std::string TooManyProperties(std::string_view owner, const UnitLimits& limits);

// Says what of a unit or concept goes beyond the limits, as `the creator of the unit is longer than
// 1000 characters; shorten it`. Empty: nothing does. Length and number of segments, tags, terms and
// sections are the reader's to check.
std::string LimitProblem(const TranslationUnit& unit, const UnitLimits& limits);
std::string LimitProblem(const Concept& entry, const UnitLimits& limits);

}  // namespace sild::formats
