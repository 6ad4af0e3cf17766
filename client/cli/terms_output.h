#pragma once

#include <string>
#include <vector>

#include "client/cli/printer.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::cli {

// Returns the terms found in `segment`, over several lines, without a last line end: each as it
// stands there, its base form if that is another, where it is from, and its translations.
std::string TermsText(const Printer& printer, const std::string& segment,
                      const v1::RecognizeTermsResponse::Result& result);

// Returns the lines of one of them.
std::vector<std::string> TermHitLines(const Printer& printer, const std::string& segment,
                                      const v1::TermHit& hit);

}  // namespace sild::cli
