#pragma once

#include <optional>
#include <string_view>

#include "server/formats/reader.h"

namespace sild::formats {

// Returns the language that a file spells `spelling`: as the options map it, else as BCP 47, else
// leniently. Nothing if it cannot be told.
std::optional<LanguageTag> LanguageOf(const ReadOptions& options, std::string_view spelling);

// Whether two spellings are the same tag but for case and `_`.
bool IsSameSpelling(std::string_view a, std::string_view b);

}  // namespace sild::formats
