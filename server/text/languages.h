#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "server/model/language_tag.h"

namespace sild::text {

// Reads a tag as the API takes it: well-formed BCP 47 whose language, script, region and variants
// are registered, in any case. Returns its canonical form (`iw` gives `he`, `en-us` gives `en-US`).
// `InvalidArgument` says what to use instead where that can be told: `"en_US" is not BCP 47; use
// "en-US"`.
absl::StatusOr<LanguageTag> ParseLanguageTag(std::string_view tag);

// Reads what files use for a language: BCP 47, `EN_us`, `en-UK`, ISO 639-2 codes (`est`), English
// names (`English`, `English (United Kingdom)`, `English_United States`), Windows' numbers (`1033`)
// and legacy codes (`zh-CHS`). Nothing if it cannot be told.
std::optional<LanguageTag> LenientLanguageTag(std::string_view tag);

// A language and its script, region set aside: what must be equal for texts to be compared. `en-US`
// and `en-GB` give `en-Latn`, `sr-RS` gives `sr-Cyrl`.
struct LanguageKey {
  std::string value;

  friend auto operator<=>(const LanguageKey&, const LanguageKey&) = default;
};

// Returns the key of a tag, with the likely script if the tag has none. Takes about a microsecond.
LanguageKey LanguageKeyOf(const LanguageTag& tag);

// Returns the region of a tag, as `US` or `419`. Empty: none.
std::string_view RegionOf(const LanguageTag& tag);

// How well a text in `have` serves where `want` was asked for, of the same key; less is better:
// 0 the same tag, 1 no region, 2 the same region or one that contains the other, 3 another region.
int VarietyRank(const LanguageTag& want, const LanguageTag& have);

}  // namespace sild::text
