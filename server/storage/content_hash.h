#pragma once

#include <absl/numeric/int128.h>

#include "server/model/glossary.h"
#include "server/model/unit.h"

namespace sild::storage {

// The hash of what a unit holds: two units hold the same if and only if theirs are equal. XXH3-128,
// seed 0, of the languages, texts, tags, context and `tuid`s; names, people, times, status, origin,
// labels, notes and other properties are not in it, nor how tags pair up. On disk: do not change.
absl::uint128 ContentHash(const TranslationUnit& unit);

// The same for a concept: of its subject field, languages and terms.
absl::uint128 ContentHash(const Concept& entry);

}  // namespace sild::storage
