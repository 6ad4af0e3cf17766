#pragma once

#include <string>
#include <vector>

#include "server/matching/concordance.h"

namespace sild::reference {

// `matching::SearchConcordance` without anything clever: every unit of `units` is looked at, each
// word of the query is compared with each word of each text, every stretch of a text is measured,
// and all hits are sorted. `query` has something to look for.
matching::ConcordancePage SearchConcordance(const matching::ConcordanceRequest& request,
                                            const std::string& query,
                                            const matching::ConcordanceOptions& options,
                                            const matching::FormsOfWord& forms_of_word,
                                            const std::vector<TranslationUnit>& units);

}  // namespace sild::reference
