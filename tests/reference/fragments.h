#pragma once

#include <vector>

#include "server/matching/fragments.h"

namespace sild::reference {

// `matching::FindFragments` without anything clever: each span of each query is compared with each
// unit, and all matches of each span are found by `reference::Find`. Matches have no proposals.
std::vector<std::vector<matching::Fragment>> FindFragments(
    const matching::LookupRequest& request, const std::vector<matching::LookupResult>& results,
    const std::vector<TranslationUnit>& units);

}  // namespace sild::reference
