#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "server/formats/tmx_fields.h"
#include "server/model/unit.h"

namespace sild::formats {

// A TMX `tu` may have several variants of one language, a unit may not. So a `tu` is split into
// units on import, and they are joined again on export.

// What property `x-sild-tu` says: `key:part/parts`, parts counted from 1 there and from 0 here.
struct SplitPart {
  std::string key;
  std::size_t part = 0;
  std::size_t parts = 0;  // 2 to 100.
};

// What the property of `unit` says. Nothing: it was not split.
std::optional<SplitPart> SplitPartOf(const TranslationUnit& unit);

// The property for a part.
Property SplitProperty(const SplitPart& part);

// Returns a key for the `tu` of these parts: the same for the same variants in any order.
std::string SplitKey(const std::vector<std::vector<Variant>>& parts);

// Returns the variants of a `tu` by the units that they go to: the first of each language to the
// first unit, the second to the second … The source (or if no variant has that language, the
// language of the first variant) is repeated at the front of units that have none of their own.
std::vector<std::vector<Variant>> SplitVariants(std::vector<Variant> variants,
                                                const LanguageTag& source);

// Returns the `tu` that was split into these units, in order, with `x-sild-tu` holding only the
// key. Nothing if they differ in more than names and variants, so that joining would lose
// something. Has no people and times that each unit has from its own variants.
std::optional<TranslationUnit> JoinUnits(const std::vector<TranslationUnit>& units);

// The people and times that are set in `joined`, which `JoinUnits` returned. Refers to it.
UnitTimes JoinedTimes(const TranslationUnit& joined);

// Returns `unit` without what `DeriveFields` sets.
TranslationUnit WithoutDerived(TranslationUnit unit);

}  // namespace sild::formats
