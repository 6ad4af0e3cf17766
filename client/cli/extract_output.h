#pragma once

#include <string>

#include "client/cli/printer.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::cli {

// Returns a candidate over several lines, without a last line end: how likely it is, how often it
// occurs, its translation and the concepts that have it; its forms; an example of its use.
std::string CandidateText(const Printer& printer,
                          const v1::ExtractTermsResponse::Candidate& candidate);

// Returns a candidate as a line of a glossary with tabs: term, and with `has_target` its
// translation. Tabs and line ends inside become spaces.
std::string CandidateRow(const v1::ExtractTermsResponse::Candidate& candidate, bool has_target);

}  // namespace sild::cli
