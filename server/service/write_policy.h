#pragma once

#include <cstdint>
#include <string>

#include <absl/status/statusor.h>

#include "server/model/unit.h"
#include "server/storage/reader.h"

namespace sild::service {

// What becomes of a unit that an import or a confirmed segment brings. The numbers are the API's.
enum class Outcome : std::uint8_t { kCreated = 1, kUpdated = 2, kUnchanged = 3 };

struct Reconciled {
  Outcome outcome = Outcome::kCreated;
  TranslationUnit unit;  // To store; or what is stored and stays.
};

// Decides under `policy` whether `unit`, named as it would be if it is new, is new, changes a
// stored unit with the same source, or adds nothing.
//
// A unit that holds the same as a stored one, of whatever name, adds nothing: that is one look-up,
// first under the unit's own name, which answers for a file that is imported again, then by
// `ContentHash`. Under `kKeepAll` this is all that is read. Units with the same source are those
// with a variant in just its source language (of the first variant, if the unit names none) and
// the same text in NFC; of these `kMaxPartners` are read.
absl::StatusOr<Reconciled> Reconcile(const storage::Reader& reader, const TranslationUnit& unit,
                                     WritePolicy policy);

// Fills in when and by whom what `reconciled` stores is written. A unit that is changed was changed
// now, by `actor`; the dates and people that a file gives stay on its variants.
void Stamp(Reconciled& reconciled, Timestamp now, const std::string& actor);

}  // namespace sild::service
