#pragma once

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>

#include "server/matching/candidate_source.h"
#include "server/matching/lookup.h"
#include "server/matching/unit_comparer.h"

namespace sild::matching {

// Compares all queries with all units of memory number `number`. Stops early if the comparer is
// cancelled, or once `is_needless`, which is asked many times a second, returns true.
absl::Status Scan(const MemoryReference& memory, std::size_t number, const CandidateSource& source,
                  absl::FunctionRef<bool()> is_needless, UnitComparer& comparer);

}  // namespace sild::matching
