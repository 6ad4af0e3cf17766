#include "client/cli/concordance_output.h"

#include <cstdint>
#include <limits>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/display_text.h"
#include "client/cli/tagged_text.h"
#include "client/cli/time_text.h"

namespace sild::cli {
namespace {

using Hit = v1::SearchConcordanceResponse::Hit;
using Lines = std::vector<std::string>;

// `memories/news/units/u1, mari, 2024-05-01`
std::string Provenance(const v1::TranslationUnit& unit) {
  Lines words = {Visible(unit.name())};
  const std::string& who = unit.updater().empty() ? unit.creator() : unit.updater();
  for (const std::string& word : {Visible(who), DayOf(unit.update_time())}) {
    if (!word.empty()) {
      words.push_back(word);
    }
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string MarkedText(const Printer& printer, const v1::Segment& segment, const Hit& hit) {
  std::string marked;
  std::int32_t done = 0;  // Code points that are written.
  for (const v1::TextRange& range : hit.ranges()) {
    marked += SliceWithTags(segment, done, range.begin());
    const std::string found = SliceWithTags(segment, range.begin(), range.end());
    marked += printer.is_colored() ? printer.Styled(Style::kFound, found) : "[=" + found + "=]";
    done = range.end();
  }
  return marked + SliceWithTags(segment, done, std::numeric_limits<std::int32_t>::max());
}

std::string LanguageLine(const Printer& printer, const std::string& language,
                         const std::string& text) {
  return fmt::format("        {}  {}",
                     printer.Styled(Style::kLanguage, PaddedTo(5, Visible(language))), text);
}

}  // namespace

std::string HitText(const Printer& printer, const Hit& hit) {
  const std::string provenance = printer.Styled(Style::kQuiet, Provenance(hit.unit()));
  std::string found;
  Lines others;
  for (const v1::Variant& variant : hit.unit().variants()) {
    const std::string& language = variant.language_code();
    if (language == hit.language_code()) {
      found = LanguageLine(printer, language, MarkedText(printer, variant.segment(), hit));
    } else {
      others.push_back(LanguageLine(printer, language, WithTags(variant.segment())));
    }
  }
  others.insert(others.begin(), {"  " + provenance, found});
  return fmt::format("{}", fmt::join(others, "\n"));
}

}  // namespace sild::cli
