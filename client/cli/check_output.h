#pragma once

#include <string>

#include "client/cli/printer.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::cli {

// A finding for people: where, how bad, what stands there, what to write instead; then the texts
// around it if the finding has them. Several lines, the last one without its end.
std::string FindingText(const Printer& printer, const std::string& file,
                        const v1::TermFinding& finding);

// The line that sums up a file: `a.xlf: 12 pairs checked: 9 terms used, 2 missing, 1 forbidden`.
std::string CheckSummary(const std::string& file, const v1::TermCounts& counts);

}  // namespace sild::cli
