#pragma once

#include <cstddef>
#include <vector>

#include "server/service/match_search.h"
#include "server/terms/recognizer.h"
#include "sild/v1/match_service.pb.h"

namespace sild::service {

// Writes the fragments of a query: those of stored segments that were found, and those of `hits`,
// the terms in the query, that tell a translation where nothing else does.
void AddFragments(const FoundMatches& found, std::size_t query, const std::vector<terms::Hit>& hits,
                  v1::LookupMatchesResponse::Result* out);

}  // namespace sild::service
