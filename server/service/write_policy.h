#pragma once

#include <cstdint>

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
// stored unit with the same source, or adds nothing. Units with the same source are those with a
// variant in just its source language (of the first variant, if the unit names none) and the same
// text in NFC. Reads what the memory has of that text, no more.
absl::StatusOr<Reconciled> Reconcile(const storage::Reader& reader, const TranslationUnit& unit,
                                     WritePolicy policy);

}  // namespace sild::service
