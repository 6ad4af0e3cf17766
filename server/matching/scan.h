#pragma once

#include <absl/status/status.h>

#include "server/matching/candidate_source.h"
#include "server/matching/lookup.h"
#include "server/matching/unit_comparer.h"

namespace sild::matching {

// Compares all queries with all units of memory number `number`. Stops early if the comparer is
// cancelled.
absl::Status Scan(const MemoryReference& memory, std::size_t number, const CandidateSource& source,
                  UnitComparer& comparer);

}  // namespace sild::matching
