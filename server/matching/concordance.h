#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "server/matching/candidate_source.h"
#include "server/matching/concordance_query.h"
#include "server/matching/concordance_text.h"
#include "server/model/text_offset.h"
#include "server/model/unit.h"
#include "server/model/unit_filter.h"

namespace sild::matching {

// Where a unit stands among the hits of a query, the best first: by the rank of its text, the time
// of its last change, newest first, and its name. A total order that hangs on the unit alone.
struct HitPlace {
  TextRank rank;
  Timestamp update_time;
  UnitName name;

  friend bool operator==(const HitPlace&, const HitPlace&) = default;
  friend bool operator<(const HitPlace& a, const HitPlace& b);
};

struct ConcordanceRequest {
  std::vector<MemoryName> memories;  // One named twice counts once.
  LanguageTag language;              // Regions are of no matter, but to choose among variants.
  UnitFilter filter;
  std::size_t max_hits = 0;  // At least 1.
  // Of the units of a page (`SizeBytes`). It ends early rather than take more; one hit may.
  std::size_t max_bytes = std::numeric_limits<std::size_t>::max();
  std::optional<HitPlace> after;  // Only hits behind that place. Absent: from the best on.
};

// A unit that has what is looked for.
struct ConcordanceHit {
  TranslationUnit unit;
  LanguageTag language;           // Of the variant that was found.
  std::vector<ByteRange> ranges;  // In its text as stored, from left to right, without overlap.
  HitPlace place;
};

struct ConcordancePage {
  std::vector<ConcordanceHit> hits;  // The best first.
  bool has_more = false;
};

// Finds units with a variant in a language and script that has what `query` looks for; of several
// such variants the nearest in region counts. The filter holds; its target is any other variant.
//
// Where the source has an index the texts come from there in the order of their ranks, and only
// units that may be on the page are read; otherwise all units are. The answer is the same.
//
// Fails with the source's errors, and `Cancelled` once `is_cancelled` (may be empty) returns true.
absl::StatusOr<ConcordancePage> SearchConcordance(const ConcordanceRequest& request,
                                                  const ConcordanceQuery& query,
                                                  const CandidateSource& source,
                                                  const std::function<bool()>& is_cancelled);

}  // namespace sild::matching
