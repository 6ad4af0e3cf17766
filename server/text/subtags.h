#pragma once

#include <optional>
#include <string_view>

#include "server/model/language_tag.h"

namespace sild::text {

// Returns the canonical form of a well-formed BCP 47 tag whose language, script, region and
// variants are registered by CLDR's validity data. Nothing for any other.
std::optional<LanguageTag> ParseRegisteredTag(std::string_view tag);

}  // namespace sild::text
