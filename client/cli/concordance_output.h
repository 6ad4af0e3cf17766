#pragma once

#include <string>

#include "client/cli/printer.h"
#include "sild/v1/match_service.pb.h"

namespace sild::cli {

// Returns a hit over several lines, without a last line end: whose it is, the text that was found
// with what was looked for as `[=…=]`, or on colour in yellow, and the texts of other languages.
std::string HitText(const Printer& printer, const v1::SearchConcordanceResponse::Hit& hit);

}  // namespace sild::cli
