#pragma once

#include <vector>

#include "server/matching/lookup.h"

namespace sild::reference {

// `matching::Find` without anything clever: every query is compared with every unit of `units` by
// `reference::Compare`, all matches are sorted, and the first are kept.
std::vector<matching::LookupResult> Find(const matching::LookupRequest& request,
                                         const std::vector<TranslationUnit>& units);

}  // namespace sild::reference
