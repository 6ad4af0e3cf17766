#pragma once

#include "server/matching/lookup.h"
#include "server/model/match.h"
#include "server/model/unit.h"

namespace sild::matching {

// Returns the type of a match whose text and tags are the same. What is unknown is the same as
// nothing.
MatchType ExactTypeOf(const Query& query, const TranslationUnit& unit, const Variant& source);

// Returns how many of the neighbours and the context id are known to be the same, 0 to 3; the id
// not if both documents are known and differ.
int SameContext(const Query& query, const TranslationUnit& unit, const Variant& source);

}  // namespace sild::matching
