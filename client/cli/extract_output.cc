#include "client/cli/extract_output.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/display_text.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

using Candidate = v1::ExtractTermsResponse::Candidate;

// People see the commonest forms; programs get more.
constexpr int kFormsShown = 5;

// Of a long segment so many characters are shown on each side of the candidate.
constexpr std::int32_t kCharsAround = 60;

std::string FormsLine(const Printer& printer, const Candidate& candidate) {
  std::vector<std::string> forms;
  for (int i = 0; i < std::min(candidate.forms_size(), kFormsShown); ++i) {
    const v1::ExtractTermsResponse::Form& form = candidate.forms(i);
    forms.push_back(fmt::format("{} {}", Visible(form.text()), form.frequency()));
  }
  if (candidate.form_count() > kFormsShown) {
    forms.push_back(fmt::format("{} more", candidate.form_count() - kFormsShown));
  }
  return printer.Styled(Style::kQuiet, fmt::format("{}", fmt::join(forms, ", ")));
}

std::string ExampleLine(const Printer& printer, const v1::ExtractTermsResponse::Example& example) {
  const std::string& text = example.text();
  const std::int32_t begin = example.range().begin();
  const std::int32_t end = example.range().end();
  const auto length = static_cast<std::int32_t>(CountCodePoints(text));
  const std::int32_t from = std::max(0, begin - kCharsAround);
  const std::int32_t to = std::min(length, end + kCharsAround);
  return fmt::format("{}{}{}{}{}", from > 0 ? "…" : "", Visible(SliceCodePoints(text, from, begin)),
                     printer.Styled(Style::kHeading, Visible(SliceCodePoints(text, begin, end))),
                     Visible(SliceCodePoints(text, end, to)), to < length ? "…" : "");
}

std::string Cell(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
  return text;
}

}  // namespace

std::string CandidateText(const Printer& printer, const Candidate& candidate) {
  constexpr const char* kIndent = "               ";
  std::string text = fmt::format("{:.2f} {:>7}×  {}", candidate.score(), candidate.frequency(),
                                 printer.Styled(Style::kHeading, Visible(candidate.text())));
  if (!candidate.translation().empty()) {
    text += fmt::format("  = {} ({:.0f}%)", Visible(candidate.translation()),
                        100 * candidate.translation_score());
  }
  for (const std::string& name : candidate.known_concepts()) {
    text += "  " + printer.Styled(Style::kQuiet, Visible(name));
  }
  // A form that says no more than the candidate itself is left out.
  if (candidate.form_count() > 1 ||
      (candidate.forms_size() > 0 && candidate.forms(0).text() != candidate.text())) {
    text += fmt::format("\n{}{}", kIndent, FormsLine(printer, candidate));
  }
  if (candidate.examples_size() > 0) {
    text += fmt::format("\n{}{}", kIndent, ExampleLine(printer, candidate.examples(0)));
  }
  return text;
}

std::string CandidateRow(const Candidate& candidate, bool has_target) {
  return Cell(candidate.text()) + (has_target ? "\t" + Cell(candidate.translation()) : "");
}

}  // namespace sild::cli
