#include "client/cli/lookup_output.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/placement_output.h"
#include "client/cli/tagged_text.h"
#include "client/cli/terms_output.h"
#include "client/cli/time_text.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

using Lines = std::vector<std::string>;

const v1::Variant* Find(const v1::TranslationUnit& unit, const std::string& language) {
  for (const v1::Variant& variant : unit.variants()) {
    if (variant.language_code() == language) {
      return &variant;
    }
  }
  return nullptr;
}

std::string TypeText(const v1::Match& match) {
  if (match.has_bridge()) {
    return "pivot";
  }
  switch (match.type()) {
    case v1::MATCH_TYPE_EXACT_ID:
      return "same id";
    case v1::MATCH_TYPE_EXACT_CONTEXT:
      return "in context";
    case v1::MATCH_TYPE_EXACT:
      return "exact";
    case v1::MATCH_TYPE_EXACT_TEXT:
      return "other tags";
    case v1::MATCH_TYPE_REPAIRED:
      return "repaired";
    default:
      return "fuzzy";
  }
}

Style StyleOf(const v1::Match& match) {
  if (match.score() >= 100) {
    return Style::kGood;
  }
  return match.score() >= 85 ? Style::kDoubtful : Style::kBad;
}

// `memories/news/units/u1, mari, 2024-05-01, reviewed`
std::string Provenance(const v1::Match& match) {
  Lines words = {Visible(match.unit().name())};
  if (const v1::Variant* target = Find(match.unit(), match.target_language_code())) {
    const std::string& who = target->updater().empty() ? target->creator() : target->updater();
    const auto& when =
        target->has_update_time() ? target->update_time() : match.unit().update_time();
    for (const std::string& word :
         {Visible(who), DayOf(when), WordFor(target->status()), WordFor(target->origin())}) {
      if (!word.empty()) {
        words.push_back(word);
      }
    }
  }
  if (match.direction() == v1::MATCH_DIRECTION_REVERSED ||
      match.direction() == v1::MATCH_DIRECTION_SIBLING) {
    words.push_back(WordFor(match.direction()));
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

std::string EditText(const v1::Edit& edit, const std::string& source, const std::string& query) {
  const std::string from =
      Visible(SliceCodePoints(source, edit.unit_range().begin(), edit.unit_range().end()));
  const std::string to =
      Visible(SliceCodePoints(query, edit.query_range().begin(), edit.query_range().end()));
  const std::string what = edit.operation() == v1::Edit::OPERATION_INSERT   ? "add " + to
                           : edit.operation() == v1::Edit::OPERATION_DELETE ? "drop " + from
                                                                            : from + " > " + to;
  return fmt::format("{} ({} {})", what, WordFor(edit.kind()), edit.points());
}

// How the score came about, in up to three lines.
Lines ExplanationLines(const v1::Match& match, const std::string& source,
                       const std::string& query) {
  const v1::MatchExplanation& explanation = match.explanation();
  Lines lines = {fmt::format("score {:.1f} = similarity {:.1f} (distance {} of weight {})",
                             match.score(), explanation.similarity(), explanation.distance(),
                             explanation.weight())};
  for (const v1::Penalty& penalty : explanation.penalties()) {
    lines.front() += fmt::format(" - {:.1f} {}", penalty.points(), WordFor(penalty.reason()));
  }
  Lines edits;
  for (const v1::Edit& edit : explanation.edits()) {
    edits.push_back(EditText(edit, source, query));
  }
  if (!edits.empty()) {
    lines.push_back(fmt::format("edits: {}", fmt::join(edits, ", ")));
  }
  return lines;
}

void AddText(Lines& lines, const Printer& printer, const std::string& language,
             const std::string& text) {
  lines.push_back(fmt::format(
      "        {}  {}", printer.Styled(Style::kLanguage, PaddedTo(5, Visible(language))), text));
}

// `across ru to memories/news/units/u2: 92.0 up to there, 99.0 from there`
std::string BridgeText(const v1::Bridge& bridge) {
  return fmt::format("across {} to {}: {:.1f} up to there, {:.1f} from there",
                     Visible(bridge.language_code()), Visible(bridge.unit()), bridge.first_score(),
                     bridge.second_score());
}

// What there is beside the match: other units and other translations of the same.
Lines Alternatives(const v1::Match& match) {
  Lines lines;
  if (match.has_bridge()) {
    lines.push_back(BridgeText(match.bridge()));
  }
  if (match.multiple()) {
    lines.emplace_back("other translations of the same text are stored");
  }
  if (match.also_in_size() > 0) {
    lines.push_back("also in " + Visible(fmt::format("{}", fmt::join(match.also_in(), ", "))));
  }
  return lines;
}

// Whether the texts differ, and no edit shows it.
bool DiffersUnseen(const v1::Match& match) {
  const v1::MatchExplanation& explanation = match.explanation();
  return explanation.edits().empty() && explanation.similarity() > 0 &&
         explanation.similarity() < 100;
}

void AddMatch(Lines& lines, const Printer& printer, const v1::Segment& query,
              const v1::Match& match, const LookupView& view) {
  lines.push_back(
      fmt::format("  {}  {}  {}",
                  printer.Styled(StyleOf(match), fmt::format("{:>4}", PercentText(match.score()))),
                  PaddedTo(10, TypeText(match)), printer.Styled(Style::kQuiet, Provenance(match))));
  const v1::Variant* source = Find(match.unit(), match.source_language_code());
  const v1::Segment source_text = source == nullptr ? v1::Segment() : source->segment();
  AddText(lines, printer, match.source_language_code(),
          MarkedSource(printer, source_text, query.text(), match.explanation()));
  if (match.has_bridge()) {
    AddText(lines, printer, match.bridge().language_code(), Visible(match.bridge().text()));
  }
  AddText(lines, printer, match.target_language_code(), WithTags(match.proposal()));
  Lines remarks = PlacementLines(match, query);
  const Lines alternatives = Alternatives(match);
  remarks.insert(remarks.end(), alternatives.begin(), alternatives.end());
  if (DiffersUnseen(match)) {
    remarks.emplace_back("only spaces or what cannot be seen differ");
  }
  if (view.is_explained) {
    const Lines explained = ExplanationLines(match, source_text.text(), query.text());
    remarks.insert(remarks.end(), explained.begin(), explained.end());
  }
  for (const std::string& remark : remarks) {
    lines.push_back("               " + printer.Styled(Style::kQuiet, remark));
  }
}

// A part of the query with its match, or with a term.
void AddFragment(Lines& lines, const Printer& printer, const v1::Segment& query,
                 const v1::Fragment& fragment, const LookupView& view) {
  if (fragment.has_term()) {
    const Lines more = TermHitLines(printer, query.text(), fragment.term());
    lines.insert(lines.end(), more.begin(), more.end());
    return;
  }
  v1::Segment part;
  part.set_text(
      std::string(SliceCodePoints(query.text(), fragment.range().begin(), fragment.range().end())));
  lines.push_back("  " + printer.Styled(Style::kHeading, Visible(part.text())));
  AddMatch(lines, printer, part, fragment.match(), view);
}

// What an edit puts in, with the space that parts it in the query from a word that it would be
// glued to in the source.
std::string InsertedText(const std::string& source, const std::string& query,
                         const v1::Edit& edit) {
  const v1::TextRange& at = edit.unit_range();
  const v1::TextRange& put = edit.query_range();
  std::string text(SliceCodePoints(query, put.begin(), put.end()));
  const auto has_space = [](const std::string& in, std::int32_t place) {
    return place >= 0 && SliceCodePoints(in, place, place + 1) == " ";
  };
  const bool is_inserted = at.begin() == at.end() && !text.empty();
  if (is_inserted && at.begin() > 0 && has_space(query, put.begin() - 1) &&
      !has_space(source, at.begin() - 1)) {
    return " " + text;
  }
  const auto length = static_cast<std::int32_t>(CountCodePoints(source));
  const bool is_glued = at.end() < length && !has_space(source, at.end());
  return text + (is_inserted && is_glued && has_space(query, put.end()) ? " " : "");
}

}  // namespace

std::string PercentText(double score) {
  // A multiple of 0.1 may lie a hair below itself as a double; 0.05 is less than one step.
  return fmt::format("{}%", static_cast<int>(std::floor(score + 1e-6)));
}

std::string MarkedSource(const Printer& printer, const v1::Segment& source,
                         const std::string& query, const v1::MatchExplanation& explanation) {
  const auto mark = [&printer](Style style, const char* open, const std::string& text,
                               const char* close) {
    if (text.empty()) {
      return std::string();
    }
    return printer.is_colored() ? printer.Styled(style, text) : open + text + close;
  };
  std::string marked;
  std::int32_t done = 0;  // Code points of the source that are written.
  for (const v1::Edit& edit : explanation.edits()) {
    const v1::TextRange& range = edit.unit_range();
    marked += SliceWithTags(source, done, range.begin());
    marked += mark(Style::kDeleted, "[-", SliceWithTags(source, range.begin(), range.end()), "-]");
    marked += mark(Style::kInserted, "{+", Visible(InsertedText(source.text(), query, edit)), "+}");
    done = edit.unit_range().end();
  }
  return marked + SliceWithTags(source, done, std::numeric_limits<std::int32_t>::max());
}

std::string LookupText(const Printer& printer, const v1::Segment& query,
                       const v1::LookupMatchesResponse::Result& result, const LookupView& view) {
  Lines lines = {printer.Styled(Style::kHeading, WithTags(query))};
  for (const v1::Match& match : result.matches()) {
    AddMatch(lines, printer, query, match, view);
  }
  if (result.matches().empty()) {
    const bool may_have_tags = query.tags().empty() && !ParseTags(query.text()).tags().empty();
    lines.push_back(printer.Styled(
        Style::kQuiet, fmt::format("  no match of {} or more{}", PercentText(view.minimum_score),
                                   may_have_tags ? "; --tags reads <…> as inline tags" : "")));
  }
  for (const v1::Fragment& fragment : result.fragments()) {
    AddFragment(lines, printer, query, fragment, view);
  }
  if (result.more_exact() > 0) {
    lines.push_back(printer.Styled(
        Style::kQuiet, fmt::format("  and {} more exact matches", result.more_exact())));
  }
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace sild::cli
