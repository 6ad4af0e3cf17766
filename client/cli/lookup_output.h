#pragma once

#include <string>

#include "client/cli/printer.h"
#include "sild/v1/match_service.pb.h"

namespace sild::cli {

// How a look-up is shown.
struct LookupView {
  double minimum_score = 70;
  bool is_explained = false;  // Shows how each score came about.
};

// Returns what a look-up of `query` found, over several lines, without a last line end. The source
// of a match that is not exact is shown with its edits as wdiff does: what only the unit has as
// `[-…-]`, what only the query has as `{+…+}`, or on colour in red and green. Where there is no
// match the parts of the query follow for which something is stored. Inline tags stand in the texts
// as `TagText` gives them.
std::string LookupText(const Printer& printer, const v1::Segment& query,
                       const v1::LookupMatchesResponse::Result& result, const LookupView& view);

// Returns the source of a unit with the edits that turn it into `query`.
std::string MarkedSource(const Printer& printer, const v1::Segment& source,
                         const std::string& query, const v1::MatchExplanation& explanation);

// The score as people see it: the floor, so that 99.9 is no 100.
std::string PercentText(double score);

}  // namespace sild::cli
