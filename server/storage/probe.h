#pragma once

#include <absl/status/status.h>

#include "server/storage/rows.h"

namespace sild::storage {

// Checks that the log has no hole, which RocksDB itself does not notice if the end of its MANIFEST
// is cut off (FORMAT.md): each of the last 100,000 events and every 1,000th before has its
// header, its first and its last change, and the resources of the last changes are what the log
// says. `DataLoss` if not. Takes time by the number of events looked at, not by the size of the
// database.
absl::Status ProbeContinuity(const Rows& rows);

}  // namespace sild::storage
