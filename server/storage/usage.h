#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>

#include "server/model/unit.h"
#include "server/storage/keys.h"
#include "server/storage/rows.h"

namespace sild::storage {

// How often and when translators used a unit: a row beside its record, so that a use is no change.
struct Usage {
  std::int64_t count = 0;
  std::optional<Timestamp> last_time;
  std::uint64_t last_request = 0;  // A hash of the request that told of the last use. 0: none.

  friend bool operator==(const Usage&, const Usage&) = default;
};

// Returns the usage that a unit brings along, and puts `usage` into `unit`.
Usage UsageOf(const TranslationUnit& unit);
void SetUsage(const Usage& usage, TranslationUnit& unit);

// Returns the row of `usage`, and reads one (`DataLoss`).
std::string SerializeUsage(const Usage& usage);
absl::StatusOr<Usage> ParseUsage(std::string_view row);

// Returns the usage of a unit; none without a row.
absl::StatusOr<Usage> GetUsage(const Rows& rows, Number number, std::string_view unit_id);

}  // namespace sild::storage
