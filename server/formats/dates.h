#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "server/model/revision.h"

namespace sild::formats {

// Reads a date as files have it: `20240131T120000Z`, `2024-01-31T12:00:00.25+02:00`, with or
// without time, fraction and zone (none: UTC). Nothing for any other text and for days that do not
// exist.
std::optional<Timestamp> ParseDate(std::string_view date);

// Returns `20240131T120000Z`, cut to seconds. Years 0 to 9999.
std::string FormatTmxDate(Timestamp time);

// Returns `2024-01-31T12:00:00Z`, with a fraction of six digits if there is one.
std::string FormatIsoDate(Timestamp time);

}  // namespace sild::formats
