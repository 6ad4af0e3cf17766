#include "client/cli/terms_output.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/resource_output.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

using Lines = std::vector<std::string>;

// `troops  = troop (admitted)  military, probable, glossaries/army/concepts/troop`; where the term
// stands in its base form that is not said again.
std::string HitLine(const Printer& printer, const std::string& segment, const v1::TermHit& hit) {
  const std::string found =
      Visible(SliceCodePoints(segment, hit.range().begin(), hit.range().end()));
  std::string line = "  ";
  if (Visible(hit.term().text()) != found) {
    line += printer.Styled(Style::kHeading, found) + "  = ";
  }
  line += TermText(printer, hit.term());
  Lines words;
  if (!hit.subject_field().empty()) {
    words.push_back(Visible(hit.subject_field()));
  }
  if (hit.class_() != v1::TermHit::CLASS_STRICT) {
    words.push_back(WordFor(hit.class_()));
  }
  if (hit.mixes_scripts()) {
    words.emplace_back("mixes Latin and Cyrillic letters");
  }
  words.push_back(Visible(hit.concept_name()));
  return line + "  " + printer.Styled(Style::kQuiet, fmt::format("{}", fmt::join(words, ", ")));
}

// What to use instead of a term that must not be used any more.
std::string ReplacementLine(const Printer& printer, const v1::TermHit& hit) {
  Lines terms;
  for (const v1::Term& term : hit.replacements()) {
    terms.push_back(TermText(printer, term));
  }
  return fmt::format("        {} {}", printer.Styled(Style::kQuiet, "instead"),
                     fmt::join(terms, ", "));
}

std::string SectionLine(const Printer& printer, const v1::LanguageSection& section) {
  Lines terms;
  for (const v1::Term& term : section.terms()) {
    terms.push_back(TermText(printer, term));
  }
  return fmt::format(
      "        {}  {}",
      printer.Styled(Style::kLanguage, PaddedTo(5, Visible(section.language_code()))),
      fmt::join(terms, ", "));
}

}  // namespace

std::vector<std::string> TermHitLines(const Printer& printer, const std::string& segment,
                                      const v1::TermHit& hit) {
  Lines lines = {HitLine(printer, segment, hit)};
  if (!hit.replacements().empty()) {
    lines.push_back(ReplacementLine(printer, hit));
  }
  for (const v1::LanguageSection& section : hit.translations()) {
    lines.push_back(SectionLine(printer, section));
  }
  return lines;
}

std::string TermsText(const Printer& printer, const std::string& segment,
                      const v1::RecognizeTermsResponse::Result& result) {
  Lines lines = {printer.Styled(Style::kHeading, Visible(segment))};
  for (const v1::TermHit& hit : result.hits()) {
    const Lines more = TermHitLines(printer, segment, hit);
    lines.insert(lines.end(), more.begin(), more.end());
  }
  if (result.hits().empty()) {
    lines.push_back(printer.Styled(Style::kQuiet, "  no term"));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace sild::cli
