#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <absl/status/status.h>

#include "server/matching/index_query.h"
#include "server/matching/indexed_texts.h"
#include "server/matching/lookup.h"
#include "server/matching/unit_comparer.h"

namespace sild::matching {

// Compares the queries of a look-up with the units that indexes find. Languages, filter, direction
// and penalties are those of the comparer, so that the answer is that of `Scan`. For one thread.
class IndexLookup {
 public:
  // `comparer` must outlive the object.
  explicit IndexLookup(UnitComparer& comparer) : comparer_(comparer) {}

  // Compares all queries with the units of memory number `number` that the index of `texts`, which
  // are of the queries' language, finds. Stops early if the comparer is cancelled.
  absl::Status Run(const MemoryReference& memory, std::size_t number, IndexedTexts& texts);

 private:
  UnitComparer& comparer_;
  std::vector<std::unique_ptr<IndexQuery>> queries_;  // Made once for all memories.
};

}  // namespace sild::matching
