#include "server/matching/context_match.h"

namespace sild::matching {
namespace {

bool IsSameContext(const Neighbors& a, const Neighbors& b) {
  return a.previous_hash && a.next_hash && a == b;
}

}  // namespace

MatchType ExactTypeOf(const Query& query, const TranslationUnit& unit, const Variant& source) {
  if (!query.document.empty() && !query.context_id.empty() && query.document == unit.document &&
      query.context_id == unit.context_id) {
    return MatchType::kExactId;
  }
  return IsSameContext(query.neighbors, source.neighbors) ? MatchType::kExactContext
                                                          : MatchType::kExact;
}

int SameContext(const Query& query, const TranslationUnit& unit, const Variant& source) {
  const auto is_same = [](const auto& a, const auto& b) { return a && a == b; };
  const bool may_be_one_document =
      query.document.empty() || unit.document.empty() || query.document == unit.document;
  return (is_same(query.neighbors.previous_hash, source.neighbors.previous_hash) ? 1 : 0) +
         (is_same(query.neighbors.next_hash, source.neighbors.next_hash) ? 1 : 0) +
         (may_be_one_document && !query.context_id.empty() && query.context_id == unit.context_id
              ? 1
              : 0);
}

}  // namespace sild::matching
