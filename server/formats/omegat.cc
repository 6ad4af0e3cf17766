#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/pair_glossary.h"
#include "server/formats/pair_rows.h"
#include "server/formats/row_reader.h"
#include "server/formats/tbx_concept.h"
#include "server/model/try.h"

namespace sild::formats {
namespace {

constexpr std::string_view kFirstLine =
    "# Glossary in tab-separated format -*- coding: utf-8 -*-\n";

// A comment before the rows of a concept that we wrote, with its id behind it: its pairs follow.
constexpr std::string_view kConceptMark = "# sild concept ";

constexpr std::size_t kMaxIdBytes = 200;  // Of an id in an issue.

constexpr std::string_view kPartSeparator = "; ";  // Of a comment.

// What of a comment names a target that is not to be used.
constexpr std::string_view kWrongBegin = "(≠ ";
constexpr std::string_view kWrongEnd = ")";

// Texts in the order of the file, each once.
class Texts {
 public:
  void Add(const std::string& text) {
    if (!text.empty() && known_.insert(text).second) {
      in_order_.push_back(text);
    }
  }

  bool Has(const std::string& text) const { return known_.contains(text); }
  const std::vector<std::string>& in_order() const { return in_order_; }

 private:
  std::set<std::string> known_;
  std::vector<std::string> in_order_;
};

// Takes the targets that are not to be used from the end of a comment, where we write them.
std::vector<std::string> TakeWrongTargets(std::string& comment) {
  std::vector<std::string> wrong;
  while (comment.ends_with(kWrongEnd)) {
    const std::size_t separator = comment.rfind(std::string(kPartSeparator) += kWrongBegin);
    const std::size_t begin =
        separator == std::string::npos ? 0 : separator + kPartSeparator.size();
    const std::string_view part = std::string_view(comment).substr(begin);
    if (!part.starts_with(kWrongBegin)) {
      break;
    }
    const std::string_view text = part.substr(kWrongBegin.size());
    wrong.emplace_back(text.substr(0, text.size() - kWrongEnd.size()));
    comment.resize(separator == std::string::npos ? 0 : separator);
  }
  std::reverse(wrong.begin(), wrong.end());
  return wrong;
}

class OmegatHandler : public RowHandler {
 public:
  OmegatHandler(const ReadOptions& options, ConceptSink& sink)
      : options_(options),
        sink_(sink),
        problems_(options_.limits, "concept", sink),
        builder_(options_, problems_) {
    builder_.HoldPairs();
  }

  absl::StatusOr<RowDialect> Choose(std::string_view /*first_line*/) override {
    return RowDialect{.separator = '\t', .has_quotes = false};
  }

  absl::Status OnRow(Row row) override;
  absl::Status OnEnd() override { return EndConcept(); }
  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  bool LeavesOut(const Row& row);
  void BeginConcept(const Place& place);
  void TakeRow(Row& row);
  void TakeTerms(const LanguageTag& language, const Texts& texts, const Texts& wrong);
  absl::Status EndConcept();

  const ReadOptions options_;
  ConceptSink& sink_;
  EntryProblems problems_;
  ConceptBuilder builder_;
  std::string id_;        // As the mark before the rows says. Empty: each row is a concept.
  bool is_open_ = false;  // A concept is at hand, which has what follows.
  Place place_;
  Texts sources_;
  Texts targets_;
  Texts wrong_;
  Texts comments_;
  std::int64_t end_bytes_ = 0;
  std::int64_t last_unit_end_bytes_ = 0;
};

absl::Status OmegatHandler::OnRow(Row row) {
  if (row.cells[0].starts_with('#')) {
    SILD_CHECK_OK(EndConcept());
    id_ = row.cells[0].starts_with(kConceptMark) ? row.cells[0].substr(kConceptMark.size()) : "";
    absl::StripAsciiWhitespace(&id_);
    return absl::OkStatus();
  }
  if (row.IsBlank() && row.problem.empty()) {
    return absl::OkStatus();
  }
  for (std::string& cell : row.cells) {
    absl::StripAsciiWhitespace(&cell);
  }
  row.cells.resize(std::max<std::size_t>(row.cells.size(), 3));
  if (LeavesOut(row)) {
    end_bytes_ = row.end_bytes;
    last_unit_end_bytes_ = is_open_ ? last_unit_end_bytes_ : end_bytes_;
    return absl::OkStatus();
  }
  if (is_open_ && !sources_.Has(row.cells[0]) && !targets_.Has(row.cells[1])) {
    SILD_CHECK_OK(EndConcept());  // A translator added the row behind ours, and any that follow.
    id_.clear();
  }
  if (!is_open_) {
    BeginConcept(row.place);
  }
  end_bytes_ = row.end_bytes;
  TakeRow(row);
  return id_.empty() ? EndConcept() : absl::OkStatus();
}

// Tells of a row that cannot be taken, and returns whether it is one. Others of its concept can.
bool OmegatHandler::LeavesOut(const Row& row) {
  std::string problem = row.problem;
  if (problem.empty() && (row.cells[0].empty() || row.cells[1].empty())) {
    problem = "the row has no source or no target; put a tab between them";
  }
  if (problem.empty()) {
    return false;
  }
  sink_.OnIssue({row.place.offset_bytes, row.place.line, std::move(problem), true,
                 std::string(Clip(id_, kMaxIdBytes))});
  return true;
}

void OmegatHandler::BeginConcept(const Place& place) {
  is_open_ = true;
  place_ = place;
  problems_.Begin(place, id_);
  builder_.Begin(id_);
}

void OmegatHandler::TakeRow(Row& row) {
  for (const std::string& cell : row.cells) {
    problems_.Grow(cell.size());
  }
  if (problems_.is_dropped()) {
    return;
  }
  NoteRemovedControls(row, problems_);
  sources_.Add(row.cells[0]);
  targets_.Add(row.cells[1]);
  for (const std::string& text : TakeWrongTargets(row.cells[2])) {
    wrong_.Add(text);
  }
  comments_.Add(row.cells[2]);
  for (std::size_t i = 3; i < row.cells.size(); ++i) {
    if (!row.cells[i].empty()) {
      builder_.AddProperty(TbxLevel::kConcept, fmt::format("column {}", i + 1), row.cells[i]);
    }
  }
}

void OmegatHandler::TakeTerms(const LanguageTag& language, const Texts& texts, const Texts& wrong) {
  builder_.BeginSection(language.str());
  const auto take = [this](const std::string& text) {
    builder_.BeginTerm("");
    builder_.TakeTermText(text);
  };
  for (const std::string& text : texts.in_order()) {
    take(text);
    builder_.EndTerm();
  }
  for (const std::string& text : wrong.in_order()) {
    if (texts.Has(text)) {
      problems_.Add(
          fmt::format("\"{}\" is a target and one not to be used; it was taken as a target, mend "
                      "the one or the other",
                      Clip(text)));
      continue;
    }
    take(text);
    builder_.AssumeStatus(TermStatus::kDeprecated);
    builder_.EndTerm();
  }
}

absl::Status OmegatHandler::EndConcept() {
  if (!std::exchange(is_open_, false)) {
    return absl::OkStatus();
  }
  last_unit_end_bytes_ = end_bytes_;
  if (!problems_.is_dropped()) {
    TakeTerms(options_.default_source_language, sources_, {});
    TakeTerms(options_.default_target_language, targets_, wrong_);
    for (const std::string& comment : comments_.in_order()) {
      builder_.TakeNote(TbxLevel::kConcept, comment);
    }
  }
  for (Texts* texts : {&sources_, &targets_, &wrong_, &comments_}) {
    *texts = Texts();
  }
  return builder_.GiveTo(sink_, place_, id_);
}

class OmegatWriter : public ConceptWriter {
 public:
  explicit OmegatWriter(ConceptWriteOptions options) : options_(std::move(options)) {}

  void Begin(std::string& out) override { out += kFirstLine; }

  bool Write(const Concept& entry, std::string& out) override {
    const LanguageSection* const source = sections_.Find(entry, options_.source_language);
    const LanguageSection* const target = sections_.Find(entry, options_.target_language);
    if (source == nullptr || target == nullptr) {
      return false;
    }
    const std::string comment = CommentOf(entry, *target);
    bool has_row = false;
    for (const Term& from : source->terms) {
      for (const Term& to : target->terms) {
        if (from.process_status == ProcessStatus::kRejected || !MayBeUsed(to)) {
          continue;
        }
        if (!std::exchange(has_row, true)) {
          out += fmt::format("{}{}\n", kConceptMark, entry.name.concept_id);
        }
        // A line that begins with `#` would be a comment.
        out += from.text.starts_with('#') ? " " : "";
        AppendPlainCell(from.text, out);
        out += '\t';
        AppendPlainCell(to.text, out);
        out += comment.empty() ? "" : "\t";
        AppendPlainCell(comment, out);
        out += '\n';
      }
    }
    return has_row;
  }

  void Finish(std::string& /*out*/) override {}

 private:
  static std::string CommentOf(const Concept& entry, const LanguageSection& target) {
    std::string comment;
    const auto add = [&comment](std::string_view text) {
      comment += comment.empty() || text.empty() ? "" : kPartSeparator;
      comment += text;
    };
    add(entry.subject_field);
    add(target.definition.empty() ? entry.definition : target.definition);
    for (const std::string& note : entry.notes) {
      add(note);
    }
    for (const Term& term : target.terms) {
      if (!MayBeUsed(term)) {
        add(fmt::format("{}{}{}", kWrongBegin, term.text, kWrongEnd));
      }
    }
    return comment;
  }

  const ConceptWriteOptions options_;
  SectionFinder sections_;
};

}  // namespace

std::unique_ptr<FileReader> NewOmegatReader(const ReadOptions& options, ConceptSink& sink) {
  return NewRowReader(options, std::make_unique<OmegatHandler>(options, sink));
}

std::unique_ptr<ConceptWriter> NewOmegatWriter(ConceptWriteOptions options) {
  return std::make_unique<OmegatWriter>(std::move(options));
}

}  // namespace sild::formats
