#pragma once

#include <string>

#include "server/formats/reader.h"

namespace sild::formats {

// Says what of a unit or concept goes beyond the limits, as `its creator is longer than 1000
// characters`. Empty: nothing does. Length and number of segments, tags, terms and sections are the
// reader's to check.
std::string LimitProblem(const TranslationUnit& unit, const UnitLimits& limits);
std::string LimitProblem(const Concept& entry, const UnitLimits& limits);

}  // namespace sild::formats
