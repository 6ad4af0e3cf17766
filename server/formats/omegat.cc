#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/limit_problem.h"
#include "server/formats/pair_glossary.h"
#include "server/formats/pair_rows.h"
#include "server/formats/row_reader.h"
#include "server/formats/tbx_concept.h"

namespace sild::formats {
namespace {

constexpr std::string_view kFirstLine =
    "# Glossary in tab-separated format -*- coding: utf-8 -*-\n";

class OmegatHandler : public RowHandler {
 public:
  OmegatHandler(const ReadOptions& options, ConceptSink& sink)
      : options_(options),
        sink_(sink),
        problems_(options_.limits, "row", sink),
        builder_(options_, problems_) {}

  absl::StatusOr<RowDialect> Choose(std::string_view /*first_line*/) override {
    return RowDialect{.separator = '\t', .has_quotes = false};
  }

  absl::Status OnRow(Row row) override {
    last_unit_end_bytes_ = row.end_bytes;
    if ((row.IsBlank() && row.problem.empty()) || row.cells[0].starts_with('#')) {
      return absl::OkStatus();
    }
    problems_.Begin(row.place, "");
    problems_.Drop(row.problem);
    builder_.Begin("");
    if (!problems_.is_dropped()) {
      TakeRow(row);
    }
    Concept entry = builder_.Finish();
    problems_.Drop(LimitProblem(entry, options_.limits));
    return problems_.End() ? sink_.OnConcept({std::move(entry), row.place.offset_bytes,
                                              row.place.line, "", builder_.TakeStated()})
                           : absl::OkStatus();
  }

  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  void TakeRow(Row& row) {
    for (std::string& cell : row.cells) {
      problems_.Grow(cell.size());
      absl::StripAsciiWhitespace(&cell);
    }
    row.cells.resize(std::max<std::size_t>(row.cells.size(), 3));
    if (row.cells[0].empty() || row.cells[1].empty()) {
      problems_.Drop("the row has no source or no target; put a tab between them");
      return;
    }
    NoteRemovedControls(row, problems_);
    TakeTerm(options_.default_source_language, row.cells[0]);
    TakeTerm(options_.default_target_language, row.cells[1]);
    builder_.TakeNote(TbxLevel::kConcept, row.cells[2]);
    for (std::size_t i = 3; i < row.cells.size(); ++i) {
      if (!row.cells[i].empty()) {
        builder_.AddProperty(TbxLevel::kConcept, fmt::format("column {}", i + 1), row.cells[i]);
      }
    }
  }

  void TakeTerm(const LanguageTag& language, std::string text) {
    builder_.BeginSection(language.str());
    builder_.BeginTerm("");
    builder_.TakeTermText(std::move(text));
    builder_.EndTerm();
  }

  const ReadOptions options_;
  ConceptSink& sink_;
  EntryProblems problems_;
  ConceptBuilder builder_;
  std::int64_t last_unit_end_bytes_ = 0;
};

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
        has_row = true;
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
      comment += comment.empty() || text.empty() ? "" : "; ";
      comment += text;
    };
    add(entry.subject_field);
    add(target.definition.empty() ? entry.definition : target.definition);
    for (const std::string& note : entry.notes) {
      add(note);
    }
    std::string wrong;
    for (const Term& term : target.terms) {
      if (!MayBeUsed(term)) {
        wrong += wrong.empty() ? "(≠ " : ", ";
        wrong += term.text;
      }
    }
    add(wrong.empty() ? "" : wrong + ")");
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
