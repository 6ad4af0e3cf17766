#pragma once

#include <functional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "server/matching/candidate_source.h"
#include "server/matching/penalties.h"
#include "server/model/match.h"
#include "server/model/unit.h"
#include "server/model/unit_filter.h"

namespace sild::matching {

constexpr int kDefaultMinimumTenths = 700;
constexpr int kDefaultMaxMatches = 5;
constexpr int kMaxExactMatches = 50;  // A query and target language; they do not count as matches.
constexpr int kMaxAlsoIn = 100;       // Names in one `Match::also_in`; the first ones are kept.

// A memory to search, and what each of its matches loses.
struct MemoryReference {
  MemoryName name;
  std::int32_t penalty_tenths = 0;  // In `[0, 1000]`.
};

// A segment to find translations of.
struct Query {
  Segment segment;
  std::string document;    // Empty: unknown.
  std::string context_id;  // Empty: unknown.
  Neighbors neighbors;
};

struct LookupRequest {
  std::vector<MemoryReference> memories;  // One named twice counts once, with the lesser penalty.
  LanguageTag source_language;
  std::vector<LanguageTag> target_languages;  // Empty: any but the source language.
  std::vector<Query> queries;
  std::int32_t minimum_tenths = kDefaultMinimumTenths;  // Of the score. In `[1, 1000]`.
  int max_matches = kDefaultMaxMatches;  // A query and target language, exact ones not counted.
  UnitFilter filter;
  bool explain = false;
  bool exclude_reversed = false;
  bool exclude_pivot = false;
  PenaltyTable penalties;
  Timestamp now;  // For the age of targets.
};

struct LookupResult {
  std::vector<Match> matches;  // Best first.
  int more_exact = 0;          // Exact matches beyond `kMaxExactMatches`.
};

// Finds the best matches of each query; `results[i]` is for `queries[i]`.
//
// The answer is what comparing each query with each unit of the memories gives, by
// 1. variants: of those in the query's language and script the nearest in region is the source; of
//    those in a target's that pass the filter the nearest is proposed;
//    A unit with no variant in a target language that the request names leads, unless
//    `exclude_pivot`, by each of its variants in a third language to each unit of the memories that
//    has the same text there (in NFC, white
//    space collapsed) and proposes a target: a match across a bridge. It is never
//    exact, and loses what both units and the bridge cost;
// 2. score: similarity less penalties, at least `minimum_tenths`;
// 3. matches with the same source text, target and score are one, which names the others in
//    `also_in`;
// 4. per target language: exact matches (up to `kMaxExactMatches`), and the best `max_matches` of
// the
//    others;
// 5. order: score, type, character distance, how many of both neighbours and the context id are the
//    same (the id not if both documents are known and differ; none across a bridge), status and
//    update time of the target, revision, name, target language, name of the second unit: a total
//    order.
//
// Queries with empty text have no matches. Fails with the source's errors, and `Cancelled` once
// `is_cancelled` (may be empty) returns true; it is asked between units and in long comparisons.
absl::StatusOr<std::vector<LookupResult>> Find(const LookupRequest& request,
                                               const CandidateSource& source,
                                               const std::function<bool()>& is_cancelled);

}  // namespace sild::matching
