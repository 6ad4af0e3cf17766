#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/model/unit.h"

namespace sild {

// Whether a variant in `have` answers a wish for `want`: the same tag, or `want` as its beginning
// (`en` takes `en-GB`, `zh-Hant` takes `zh-Hant-TW`; `en-GB` does not take `en`).
bool CoversLanguage(const LanguageTag& want, const LanguageTag& have);

// Selects units. Fields that are set must all hold; an empty filter takes all.
struct UnitFilter {
  std::vector<LanguageTag> languages;  // The unit has a variant for each.
  Labels labels;
  std::string document;
  std::string updater;
  std::optional<Timestamp> updated_since;   // Inclusive.
  std::optional<Timestamp> updated_before;  // Exclusive.
  std::optional<VariantStatus> minimum_status;
  std::vector<Origin> origins;

  // Whether the fields about the unit as a whole hold: all but `minimum_status` and `origins`.
  bool MatchesUnit(const TranslationUnit& unit) const;

  // Whether `minimum_status` and `origins` hold for a target variant.
  bool MatchesTarget(const Variant& variant) const;

  // Whether the whole filter holds, for some variant other than the source where a target is meant.
  bool Matches(const TranslationUnit& unit) const;
};

}  // namespace sild
