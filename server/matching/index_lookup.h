#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <absl/status/status.h>

#include "server/matching/candidate_source.h"
#include "server/matching/index_query.h"
#include "server/matching/lookup.h"
#include "server/matching/unit_comparer.h"

namespace sild::matching {

// Compares the queries of a look-up with the units that indexes find. Languages, filter, direction
// and penalties are those of the comparer, so that the answer is that of `Scan`. For one thread.
class IndexLookup {
 public:
  // `source` and `comparer` must outlive the object. `key` is that of the queries' language.
  IndexLookup(text::LanguageKey key, const CandidateSource& source, UnitComparer& comparer)
      : key_(std::move(key)), source_(source), comparer_(comparer) {}

  // Compares all queries with the units of memory number `number` that `index`, which the source
  // has given for it, finds. Stops early if the comparer is cancelled.
  absl::Status Run(const MemoryReference& memory, std::size_t number, const TextIndex& index);

 private:
  const text::LanguageKey key_;
  const CandidateSource& source_;
  UnitComparer& comparer_;
  std::vector<std::unique_ptr<IndexQuery>> queries_;  // Made once for all memories.
};

}  // namespace sild::matching
