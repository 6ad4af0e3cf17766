#pragma once

#include <functional>
#include <vector>

#include <absl/status/status.h>

#include "server/matching/candidate_source.h"
#include "server/matching/query_batch.h"
#include "server/matching/score.h"
#include "server/matching/selection.h"

namespace sild::matching {

// A query and a unit that are near enough. All but the numbers is valid during the call only.
struct ScanHit {
  std::size_t query = 0;
  std::size_t memory = 0;  // Index in the memories that were scanned.
  const TranslationUnit& unit;
  const Selection& selection;
  const text::TokenizedText& source_text;
  Similarity similarity;
};

// Who takes the hits, and knows how near a match must be.
class ScanSink {
 public:
  virtual ~ScanSink() = default;

  // Returns the lowest score, in tenths, that a match of the query in that target language is still
  // wanted with. May rise while the scan runs. Hits of equal text are sent whatever it is.
  virtual std::int32_t Threshold(std::size_t query, std::size_t slot) const = 0;
  virtual void Add(const ScanHit& hit) = 0;
};

// Compares all queries with all units of the memories, in one pass, and sends each pair with a
// proposal at or above its threshold to `sink`, in no order. Each candidate is cut into tokens
// once.
absl::Status Scan(const std::vector<MemoryReference>& memories, const CandidateSource& source,
                  QueryBatch& queries, VariantSelector& selector,
                  const std::function<bool()>& is_cancelled, ScanSink& sink);

}  // namespace sild::matching
