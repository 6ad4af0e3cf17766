#include "client/cli/check_output.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/resource_output.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

using Lines = std::vector<std::string>;

// So many code points are shown before and after the place of a finding.
constexpr std::int32_t kAround = 60;

Style StyleOf(v1::TermFinding::Severity severity) {
  return severity == v1::TermFinding::SEVERITY_ERROR     ? Style::kBad
         : severity == v1::TermFinding::SEVERITY_WARNING ? Style::kDoubtful
                                                         : Style::kQuiet;
}

// The terms to use; of terms in several languages, as of what is not to be translated, each once.
std::string Suggestions(const Printer& printer, const v1::TermFinding& finding) {
  Lines terms;
  for (const v1::Term& term : finding.suggestions()) {
    std::string text = TermText(printer, term);
    if (std::find(terms.begin(), terms.end(), text) == terms.end()) {
      terms.push_back(std::move(text));
    }
  }
  return fmt::format("{}", fmt::join(terms, ", "));
}

// What is wrong, and what to do.
std::string Advice(const Printer& printer, const v1::TermFinding& finding) {
  const std::string found = fmt::format("“{}”", Visible(finding.found_text()));
  const std::string write =
      finding.suggestions().empty() ? std::string() : "; write " + Suggestions(printer, finding);
  const auto term = [&] { return TermText(printer, finding.target_term()); };
  switch (finding.kind()) {
    case v1::TermFinding::KIND_MISSING:
      return fmt::format("{} has no term of the glossary{}", found, write);
    case v1::TermFinding::KIND_POSSIBLY_USED:
      return fmt::format("{} may be a form of {}", found, term());
    case v1::TermFinding::KIND_INCONSISTENT:
      return fmt::format("{} is used {} {}, but elsewhere {}", found, finding.use_count(),
                         finding.use_count() == 1 ? "time" : "times",
                         Suggestions(printer, finding));
    case v1::TermFinding::KIND_TRANSLATED:
      return fmt::format("{} is not to be translated{}", found, write);
    case v1::TermFinding::KIND_NAME_CHANGED:
      return fmt::format("{} is spelled otherwise than in the glossary{}", found, write);
    case v1::TermFinding::KIND_USED:
      return fmt::format("{} is {}", found, term());
    default:
      return found + write;
  }
}

// The text around a range, which is marked; without colours by brackets.
std::string Excerpt(const Printer& printer, const std::string& text, bool has_range,
                    const v1::TextRange& range, Style style) {
  const auto length = static_cast<std::int32_t>(CountCodePoints(text));
  const std::int32_t begin = has_range ? range.begin() : 0;
  const std::int32_t end = has_range ? range.end() : 0;
  const std::int32_t from = std::max(begin - kAround, 0);
  const std::int32_t to = std::min(end + kAround * (has_range ? 1 : 2), length);
  const auto slice = [&](std::int32_t a, std::int32_t b) {
    return Visible(SliceCodePoints(text, a, b));
  };
  std::string marked;
  if (has_range) {
    marked = printer.is_colored() ? printer.Styled(style, slice(begin, end))
                                  : fmt::format("[{}]", slice(begin, end));
  }
  return fmt::format("{}{}{}{}{}", from > 0 ? "…" : "", slice(from, begin), marked, slice(end, to),
                     to < length ? "…" : "");
}

std::string Place(const std::string& file, const v1::TermFinding& finding) {
  std::string place = Visible(file);
  if (finding.place().line() > 0) {
    place += fmt::format(":{}", finding.place().line());
  }
  return place;
}

}  // namespace

std::string FindingText(const Printer& printer, const std::string& file,
                        const v1::TermFinding& finding) {
  std::string kind = WordFor(finding.kind());
  std::replace(kind.begin(), kind.end(), '-', ' ');
  // What is set aside is shown as neither an error nor a warning, which it is not counted as.
  const bool is_set_aside = !finding.exception().empty();
  const Style style = is_set_aside ? Style::kQuiet : StyleOf(finding.severity());
  const std::string severity = is_set_aside ? "set aside" : WordFor(finding.severity());
  Lines quiet = {Visible(finding.concept_name())};
  if (!finding.place().unit_id().empty()) {
    quiet.push_back("unit " + Visible(finding.place().unit_id()));
  }
  if (is_set_aside) {
    quiet.push_back("set aside by " + Visible(finding.exception()));
  }
  Lines lines = {fmt::format(
      "{}: {}: {}  {}", printer.Styled(Style::kHeading, Place(file, finding)),
      printer.Styled(style, fmt::format("{}: {}", severity, kind)), Advice(printer, finding),
      printer.Styled(Style::kQuiet, fmt::format("{}", fmt::join(quiet, ", "))))};
  if (!finding.pair().source().text().empty()) {
    lines.push_back("    " + Excerpt(printer, finding.pair().source().text(),
                                     finding.has_source_range(), finding.source_range(), style));
  }
  if (finding.has_pair()) {
    lines.push_back("    " + Excerpt(printer, finding.pair().target().text(),
                                     finding.has_target_range(), finding.target_range(), style));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

std::string CheckSummary(const std::string& file, const v1::TermCounts& counts) {
  Lines words = {fmt::format("{} used", counts.used_count())};
  const auto add = [&words](std::int64_t count, std::string_view what) {
    if (count > 0) {
      words.push_back(fmt::format("{} {}", count, what));
    }
  };
  add(counts.missing_count(), "missing");
  add(counts.translated_count(), "translated");
  add(counts.forbidden_count(), "forbidden");
  add(counts.superseded_count(), "superseded");
  add(counts.name_changed_count(), "name changed");
  add(counts.inconsistent_count(), "inconsistent");
  add(counts.possibly_used_count(), "possibly used");
  add(counts.excepted_count(), "set aside");
  return fmt::format("{}: {} {} checked; terms: {}", Visible(file), counts.pair_count(),
                     counts.pair_count() == 1 ? "segment" : "segments", fmt::join(words, ", "));
}

}  // namespace sild::cli
