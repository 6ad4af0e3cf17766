#include <algorithm>
#include <set>
#include <utility>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>
#include <absl/strings/str_split.h>
#include <fmt/format.h>

#include "server/formats/dates.h"
#include "server/formats/entry_problems.h"
#include "server/formats/languages.h"
#include "server/formats/named_values.h"
#include "server/formats/pair_glossary.h"
#include "server/formats/pair_rows.h"
#include "server/formats/row_reader.h"
#include "server/formats/tbx_concept.h"
#include "server/formats/tbx_vocabulary.h"
#include "server/formats/utx_status.h"

namespace sild::formats {
namespace {

constexpr std::string_view kMark = "#utx";
constexpr std::size_t kMaxHeaderBytes = 10'000;

// What a column of UTX holds, by its name in lower case.
enum class UtxColumn : std::uint8_t {
  kSource,
  kTarget,
  kSourcePartOfSpeech,
  kTargetPartOfSpeech,
  kStatus,
  kSourceStatus,
  kConceptId,
  kComment,
  kDefinition,
  kSubject,
  kOther
};
constexpr NamedValues<UtxColumn, 13> kColumns = {{{UtxColumn::kSource, "src"},
                                                  {UtxColumn::kTarget, "tgt"},
                                                  {UtxColumn::kSourcePartOfSpeech, "src:pos"},
                                                  {UtxColumn::kTargetPartOfSpeech, "tgt:pos"},
                                                  {UtxColumn::kStatus, "term status"},
                                                  {UtxColumn::kSourceStatus, "src:term status"},
                                                  {UtxColumn::kConceptId, "concept id"},
                                                  {UtxColumn::kComment, "comment"},
                                                  {UtxColumn::kDefinition, "definition"},
                                                  {UtxColumn::kSubject, "domain"},
                                                  {UtxColumn::kStatus, "status"},
                                                  {UtxColumn::kComment, "note"},
                                                  {UtxColumn::kComment, "remarks"}}};

class UtxHandler : public RowHandler {
 public:
  UtxHandler(const ReadOptions& options, ConceptSink& sink)
      : options_(options),
        sink_(sink),
        source_(options_.default_source_language),
        target_(options_.default_target_language),
        columns_({"src", "tgt", "src:pos"}),
        problems_(options_.limits, "concept", sink),
        builder_(options_, problems_) {
    builder_.HoldPairs();
  }

  absl::StatusOr<RowDialect> Choose(std::string_view first_line) override {
    if (absl::StartsWithIgnoreCase(absl::string_view(first_line.data(), first_line.size()),
                                   absl::string_view(kMark.data(), kMark.size()))) {
      TakeLanguages(first_line.substr(0, kMaxHeaderBytes));
    }
    if (source_.empty() || target_.empty()) {
      return absl::InvalidArgumentError(
          "line 1: the file does not say its languages there, as \"#UTX 1.11; en/et; …\" does; "
          "write them there, or give source_language_code and target_language_code");
    }
    return RowDialect{.separator = '\t', .has_quotes = false};
  }

  absl::Status OnRow(Row row) override;
  absl::Status OnEnd() override { return EndConcept(); }
  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  using Cells = std::vector<std::string>;

  void TakeLanguages(std::string_view first_line);
  void TakeRow(Row& row);
  absl::Status EndConcept();
  void TakeConceptCells();
  void TakeTerms(UtxColumn column, const LanguageTag& language);
  void TakeTermCells(const Cells& cells, bool is_source);
  void TakeStatus(const std::string& name);
  UtxColumn ColumnAt(std::size_t index) const;
  std::string CellOf(const Cells& cells, UtxColumn column) const;

  const ReadOptions options_;
  ConceptSink& sink_;
  LanguageTag source_;
  LanguageTag target_;
  Cells columns_;  // Their names in lower case.
  EntryProblems problems_;
  ConceptBuilder builder_;
  bool is_open_ = false;     // A concept is at hand, of which these rows are.
  std::vector<Cells> rows_;  // Those that follow each other and have its id.
  std::string id_;
  Place place_;
  std::int64_t end_bytes_ = 0;  // Where its rows end.
  std::int64_t last_unit_end_bytes_ = 0;
};

// Reads `#UTX 1.11; en-US/ja-JP; 2013-12-20; …`.
void UtxHandler::TakeLanguages(std::string_view first_line) {
  Languages languages(options_.language_map);
  const std::vector<std::string> parts =
      absl::StrSplit(absl::string_view(first_line.data(), first_line.size()), ';');
  if (parts.size() < 2) {
    return;
  }
  const std::vector<std::string> pair = absl::StrSplit(parts[1], '/');
  source_ = languages.Find(pair[0]).value_or(source_);
  if (pair.size() > 1) {
    target_ = languages.Find(pair[1]).value_or(target_);
  }
}

UtxColumn UtxHandler::ColumnAt(std::size_t index) const {
  return index < columns_.size() ? ValueOf(kColumns, columns_[index]).value_or(UtxColumn::kOther)
                                 : UtxColumn::kOther;
}

std::string UtxHandler::CellOf(const Cells& cells, UtxColumn column) const {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (ColumnAt(i) == column) {
      return cells[i];
    }
  }
  return "";
}

absl::Status UtxHandler::OnRow(Row row) {
  for (std::string& cell : row.cells) {
    absl::StripAsciiWhitespace(&cell);
  }
  if (row.cells[0].starts_with('#')) {
    if (absl::EqualsIgnoreCase(row.cells[0], "#src")) {
      if (!row.problem.empty()) {
        return absl::InvalidArgumentError(fmt::format(
            "line {}: of the row that names the columns, {}", row.place.line, row.problem));
      }
      columns_ = row.cells;
      columns_[0].erase(0, 1);
      for (std::string& name : columns_) {
        absl::AsciiStrToLower(&name);
      }
    }
    return absl::OkStatus();
  }
  if (row.IsBlank() && row.problem.empty()) {
    return absl::OkStatus();
  }
  const std::string id = CellOf(row.cells, UtxColumn::kConceptId);
  if (!is_open_ || id.empty() || id != id_) {
    if (absl::Status status = EndConcept(); !status.ok()) {
      return status;
    }
    is_open_ = true;
    id_ = id;
    place_ = row.place;
    problems_.Begin(place_, id_);
  }
  end_bytes_ = row.end_bytes;
  TakeRow(row);
  return absl::OkStatus();
}

void UtxHandler::TakeRow(Row& row) {
  problems_.Drop(row.problem);
  for (const std::string& cell : row.cells) {
    problems_.Grow(cell.size() + sizeof(std::string));
  }
  NoteRemovedControls(row, problems_);
  if (!problems_.is_dropped()) {
    rows_.push_back(std::move(row.cells));
  }
}

absl::Status UtxHandler::EndConcept() {
  if (!std::exchange(is_open_, false)) {
    return absl::OkStatus();
  }
  builder_.Begin(id_);
  if (!problems_.is_dropped()) {
    TakeConceptCells();
    TakeTerms(UtxColumn::kSource, source_);
    TakeTerms(UtxColumn::kTarget, target_);
  }
  rows_.clear();
  last_unit_end_bytes_ = end_bytes_;
  return builder_.GiveTo(sink_, place_, id_);
}

// Takes what belongs to the concept, each thing once however many of its rows say it.
void UtxHandler::TakeConceptCells() {
  std::set<std::pair<std::size_t, std::string>> seen;
  for (const Cells& cells : rows_) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (cells[i].empty() || seen.contains({i, cells[i]})) {
        continue;
      }
      const UtxColumn column = ColumnAt(i);
      const std::string name = i < columns_.size() ? columns_[i] : fmt::format("column {}", i + 1);
      if (column == UtxColumn::kComment) {
        builder_.TakeNote(TbxLevel::kConcept, cells[i]);
      } else if (column == UtxColumn::kDefinition) {
        builder_.TakeField(TbxLevel::kConcept,
                           {std::string(category::kDefinition), cells[i], "", ""});
      } else if (column == UtxColumn::kSubject) {
        builder_.TakeField(TbxLevel::kConcept,
                           {std::string(category::kSubjectField), cells[i], "", ""});
      } else if (column == UtxColumn::kOther && !name.starts_with("src:") &&
                 !name.starts_with("tgt:")) {
        builder_.AddProperty(TbxLevel::kConcept, name, cells[i]);
      } else {
        continue;
      }
      seen.emplace(i, cells[i]);
    }
  }
}

// The status of a row is that of the term it brings: of the target, which may be used or not,
// unless the concept had that before. A column of its own says that of the source besides.
void UtxHandler::TakeTerms(UtxColumn column, const LanguageTag& language) {
  const bool is_source = column == UtxColumn::kSource;
  builder_.BeginSection(language.str());
  std::set<std::string> seen;
  std::set<std::string> targets{""};
  for (const Cells& cells : rows_) {
    const bool brings_target = targets.insert(CellOf(cells, UtxColumn::kTarget)).second;
    std::string text = CellOf(cells, column);
    if (text.empty() || !seen.insert(text).second) {
      continue;
    }
    builder_.BeginTerm("");
    builder_.TakeTermText(std::move(text));
    TakeTermCells(cells, is_source);
    std::string status = is_source ? CellOf(cells, UtxColumn::kSourceStatus) : "";
    if (status.empty() && brings_target != is_source) {
      status = CellOf(cells, UtxColumn::kStatus);
    }
    TakeStatus(status);
    builder_.EndTerm();
  }
}

void UtxHandler::TakeTermCells(const Cells& cells, bool is_source) {
  builder_.TakeField(TbxLevel::kTerm, {std::string(category::kPartOfSpeech),
                                       CellOf(cells, is_source ? UtxColumn::kSourcePartOfSpeech
                                                               : UtxColumn::kTargetPartOfSpeech),
                                       "", ""});
  for (std::size_t i = 0; i < std::min(cells.size(), columns_.size()); ++i) {
    const std::string_view prefix = is_source ? "src:" : "tgt:";
    if (ColumnAt(i) == UtxColumn::kOther && columns_[i].starts_with(prefix) && !cells[i].empty()) {
      builder_.AddProperty(TbxLevel::kTerm, columns_[i].substr(prefix.size()), cells[i]);
    }
  }
}

void UtxHandler::TakeStatus(const std::string& name) {
  const UtxStatus* const status = FindUtxStatus(name);
  if (status == nullptr) {
    if (!name.empty()) {
      builder_.AddProperty(TbxLevel::kTerm, "term status", name);
    }
    return;
  }
  const auto take = [this](std::string_view category, std::string_view value) {
    builder_.TakeField(TbxLevel::kTerm, {std::string(category), std::string(value), "", ""});
  };
  if (status->status) {
    take(category::kStatus, TbxName(*status->status));
  }
  if (status->process_status) {
    take(category::kProcessStatus, TbxName(*status->process_status));
  }
}

class UtxWriter : public ConceptWriter {
 public:
  explicit UtxWriter(ConceptWriteOptions options) : options_(std::move(options)) {}

  // For the date of the first line, so that the same glossary gives the same file.
  bool needs_survey() const override { return true; }
  void Survey(const Concept& entry) override { newest_ = std::max(newest_, entry.update_time); }

  void Begin(std::string& out) override {
    out += fmt::format("#UTX 1.11; {}/{}; {}; creator: Sild {}\n", options_.source_language.str(),
                       options_.target_language.str(), FormatIsoDate(newest_), options_.version);
    out += "#src\ttgt\tsrc:pos\ttgt:pos\tterm status\tsrc:term status\tconcept ID\tcomment\n";
  }

  bool Write(const Concept& entry, std::string& out) override {
    const LanguageSection* const source = sections_.Find(entry, options_.source_language);
    const LanguageSection* const target = sections_.Find(entry, options_.target_language);
    if (source == nullptr || target == nullptr) {
      return false;
    }
    std::vector<const Term*> sources;
    for (const Term& term : source->terms) {
      if (term.process_status != ProcessStatus::kRejected) {
        sources.push_back(&term);
      }
    }
    if (sources.empty() || target->terms.empty()) {
      return false;
    }
    const auto best = std::find_if(sources.begin(), sources.end(),
                                   [](const Term* term) { return MayBeUsed(*term); });
    if (best != sources.end()) {
      std::rotate(sources.begin(), best, best + 1);
    }
    const auto used = std::find_if(target->terms.begin(), target->terms.end(), MayBeUsed);
    const Term& best_target = used == target->terms.end() ? target->terms[0] : *used;
    for (const Term& to : target->terms) {
      WriteRow(entry, *sources[0], to, UtxStatusOf(to), out);
    }
    for (std::size_t i = 1; i < sources.size(); ++i) {
      const Term& spoken_of = MayBeUsed(best_target) ? *sources[i] : best_target;
      WriteRow(entry, *sources[i], best_target, UtxStatusOf(spoken_of), out);
    }
    return true;
  }

  void Finish(std::string& /*out*/) override {}

 private:
  static void WriteRow(const Concept& entry, const Term& from, const Term& to,
                       std::string_view status, std::string& out) {
    for (const std::string_view cell :
         {std::string_view(from.text), std::string_view(to.text),
          std::string_view(from.part_of_speech), std::string_view(to.part_of_speech), status,
          UtxStatusOf(from), std::string_view(entry.name.concept_id)}) {
      out += cell.data() == from.text.data() && cell.starts_with('#') ? " " : "";
      AppendPlainCell(cell, out);
      out += '\t';
    }
    std::string comment;
    for (const std::string& note : entry.notes) {
      comment += (comment.empty() ? "" : "; ") + note;
    }
    AppendPlainCell(comment, out);
    out += '\n';
  }

  const ConceptWriteOptions options_;
  SectionFinder sections_;
  Timestamp newest_;
};

}  // namespace

std::unique_ptr<FileReader> NewUtxReader(const ReadOptions& options, ConceptSink& sink) {
  return NewRowReader(options, std::make_unique<UtxHandler>(options, sink));
}

std::unique_ptr<ConceptWriter> NewUtxWriter(ConceptWriteOptions options) {
  return std::make_unique<UtxWriter>(std::move(options));
}

}  // namespace sild::formats
