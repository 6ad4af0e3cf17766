#include <algorithm>
#include <array>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/entry_problems.h"
#include "server/formats/languages.h"
#include "server/formats/row_reader.h"
#include "server/formats/table.h"
#include "server/formats/table_columns.h"
#include "server/formats/tbx_concept.h"
#include "server/formats/tbx_vocabulary.h"

namespace sild::formats {
namespace {

constexpr std::string_view kSeparatorMark = "sep=";  // Excel's own first line.

std::string_view NameOf(char separator) {
  return separator == '\t' ? "tabs" : separator == ';' ? "semicolons" : "commas";
}

// The cells of a first row. Quotes only hold separators here.
std::vector<std::string> CellsOf(std::string_view line, char separator) {
  std::vector<std::string> cells(1);
  bool is_quoted = false;
  for (const char c : line) {
    if (c == '"') {
      is_quoted = !is_quoted;
    } else if (c == separator && !is_quoted) {
      cells.emplace_back();
    } else {
      cells.back() += c;
    }
  }
  return cells;
}

std::string_view Stripped(std::string_view text) {
  const absl::string_view stripped =
      absl::StripAsciiWhitespace(absl::string_view(text.data(), text.size()));
  return {stripped.data(), stripped.size()};
}

// A term as the cell has it, on one line.
std::string OnOneLine(std::string_view text) {
  std::string line;
  for (const char c : Stripped(text)) {
    const bool is_break = c == '\n' || c == '\t';
    if (!is_break) {
      line += c;
    } else if (!line.ends_with(' ')) {
      line += ' ';
    }
  }
  return line;
}

// What a spreadsheet has of a cell that the writer guarded.
void TakeGuardAway(std::string& cell) {
  const std::size_t begin = cell.find_first_not_of('\'');
  if (begin != 0 && begin != std::string::npos &&
      std::string_view("=+-@").find(cell[begin]) != std::string_view::npos) {
    cell.erase(0, 1);
  }
}

// The items of a cell, one for each of `count` terms. If there are more, the cell is one item, that
// of the first term.
std::vector<std::string> ItemsOf(std::string_view cell, std::size_t count) {
  std::vector<std::string> items = SplitItems(cell);
  if (items.size() > count) {
    std::string whole(Stripped(cell));
    for (std::size_t at = 0; (at = whole.find("\\|", at)) != std::string::npos; ++at) {
      whole.erase(at, 1);
    }
    items = {std::move(whole)};
  }
  items.resize(count);
  return items;
}

// The terms of a row in one language.
struct RowTerms {
  LanguageTag language;
  std::vector<std::string> texts;  // Empty ones only keep the others in their places.
};

class TableHandler : public RowHandler {
 public:
  TableHandler(char separator, const ReadOptions& options, ConceptSink& sink)
      : options_(options),
        sink_(sink),
        separator_(separator),
        languages_(options_.language_map),
        problems_(options_.limits, "row", sink),
        builder_(options_, problems_) {}

  absl::StatusOr<RowDialect> Choose(std::string_view first_line) override;
  absl::Status OnRow(Row row) override;
  absl::Status OnEnd() override;
  void OnNotice(std::string message) override { problems_.Add(std::move(message)); }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  absl::Status TakeHeader(const Row& row);
  void TakeRow(const Row& row);
  void TakeConceptCells(const Row& row);
  std::vector<RowTerms> TermsOf(const Row& row) const;
  void TakeSection(const Row& row, const RowTerms& terms);
  void TakeTermCell(const Column& column, std::string value);
  void TakeStray(const Row& row, const std::vector<RowTerms>& terms);

  const ReadOptions options_;
  ConceptSink& sink_;
  const char separator_;
  Languages languages_;
  EntryProblems problems_;
  ConceptBuilder builder_;
  std::vector<Column> columns_;  // Empty: the first row has not come yet.
  std::int64_t last_unit_end_bytes_ = 0;
};

absl::StatusOr<RowDialect> TableHandler::Choose(std::string_view first_line) {
  RowDialect dialect{.separator = separator_, .has_quotes = true};
  first_line = Stripped(first_line);
  if (first_line.starts_with(kSeparatorMark) && first_line.size() == kSeparatorMark.size() + 1) {
    dialect.separator = first_line.back();
    return dialect;
  }
  std::pair<std::size_t, std::size_t> best;  // How many columns are known, and how many there are.
  for (const char candidate : {separator_, '\t', ',', ';'}) {
    const std::vector<std::string> cells = CellsOf(first_line, candidate);
    const auto known =
        static_cast<std::size_t>(std::count_if(cells.begin(), cells.end(), [&](const auto& cell) {
          return IsKnownColumn(cell, languages_);
        }));
    if (std::pair(known, cells.size()) > best) {
      best = {known, cells.size()};
      dialect.separator = candidate;
    }
  }
  if (dialect.separator != separator_) {
    problems_.Add(
        fmt::format("the first line has {} between its cells, so they were taken for "
                    "separators, not {}",
                    NameOf(dialect.separator), NameOf(separator_)));
  }
  return dialect;
}

absl::Status TableHandler::OnRow(Row row) {
  const bool is_mark = columns_.empty() && row.cells[0].starts_with(kSeparatorMark);
  if ((row.IsBlank() && row.problem.empty()) || is_mark) {
    return absl::OkStatus();
  }
  for (std::string& cell : row.cells) {
    TakeGuardAway(cell);
  }
  if (columns_.empty()) {
    return TakeHeader(row);
  }
  const auto id_column = std::find_if(columns_.begin(), columns_.end(), [](const Column& column) {
    return column.kind == ColumnKind::kConceptId;
  });
  const auto id_index = static_cast<std::size_t>(id_column - columns_.begin());
  const std::string id(id_index < row.cells.size() ? Stripped(row.cells[id_index]) : "");
  problems_.Begin(row.place, id);
  problems_.Drop(row.problem);
  builder_.Begin(id);
  if (!problems_.is_dropped()) {
    TakeRow(row);
  }
  last_unit_end_bytes_ = row.end_bytes;
  return builder_.GiveTo(sink_, row.place, id);
}

absl::Status TableHandler::OnEnd() {
  return columns_.empty()
             ? absl::InvalidArgumentError(
                   "line 1: the file has no rows; its first line must name the languages of the "
                   "columns, such as en, et and lt")
             : absl::OkStatus();
}

absl::Status TableHandler::TakeHeader(const Row& row) {
  if (!row.problem.empty()) {
    return absl::InvalidArgumentError(
        fmt::format("line {}: of the first row, {}", row.place.line, row.problem));
  }
  columns_ = ReadColumns(row.cells, options_, languages_);
  const bool has_terms = std::any_of(columns_.begin(), columns_.end(), [](const Column& column) {
    return column.kind == ColumnKind::kTerms;
  });
  if (!has_terms) {
    return absl::InvalidArgumentError(fmt::format(
        "line {}: no column is named after a language; put a first line before the terms that "
        "names the language of each column, such as en, et and lt, or, if the columns are called "
        "source and target, give source_language_code and target_language_code",
        row.place.line));
  }
  sink_.OnHeader({});
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    const Column& column = columns_[i];
    if (column.kind == ColumnKind::kProperty && column.category == column.name) {
      problems_.Add(
          fmt::format("column {}, \"{}\", is no language and no field that is known "
                      "here; what it holds was kept as properties",
                      i + 1, Clip(column.name)));
    }
  }
  return absl::OkStatus();
}

void TableHandler::TakeRow(const Row& row) {
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    problems_.Grow(row.cells[i].size());
    if (i >= columns_.size() && !Stripped(row.cells[i]).empty()) {
      problems_.Drop(
          fmt::format("the row has {} cells, but the first row names {} columns; put "
                      "cells that hold the separator between \"",
                      row.cells.size(), columns_.size()));
    }
  }
  if (row.removed_controls > 0) {
    problems_.Add(
        fmt::format("characters that no text may hold were removed: {}", row.removed_controls));
  }
  if (problems_.is_dropped()) {
    return;
  }
  TakeConceptCells(row);
  const std::vector<RowTerms> sections = TermsOf(row);
  TakeStray(row, sections);
  for (const RowTerms& terms : sections) {
    TakeSection(row, terms);
  }
}

// Takes what belongs to the concept as a whole.
void TableHandler::TakeConceptCells(const Row& row) {
  for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
    const Column& column = columns_[i];
    std::string value(Stripped(row.cells[i]));
    if (value.empty() || !column.language.empty() || column.level == TbxLevel::kTerm) {
      continue;
    }
    if (column.kind == ColumnKind::kNote) {
      builder_.TakeNote(TbxLevel::kConcept, std::move(value));
    } else if (column.kind == ColumnKind::kNothing) {
      builder_.AddProperty(TbxLevel::kConcept, fmt::format("column {}", i + 1), std::move(value));
    } else if (column.kind == ColumnKind::kSwitch) {
      const std::string folded = absl::AsciiStrToLower(value);
      const bool is_on = folded != "no" && folded != "false" && folded != "0";
      builder_.TakeField(TbxLevel::kConcept,
                         {std::string(category::kTranslationNeeded), is_on ? "No" : "", "", ""});
    } else if (column.kind == ColumnKind::kProperty) {
      builder_.AddProperty(TbxLevel::kConcept, column.category, std::move(value));
    } else if (column.kind == ColumnKind::kField) {
      builder_.TakeField(TbxLevel::kConcept, {column.category, std::move(value), "", ""});
    }
  }
}

// The terms of each language that has any, in the order of the columns.
std::vector<RowTerms> TableHandler::TermsOf(const Row& row) const {
  std::vector<RowTerms> sections;
  for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
    const Column& column = columns_[i];
    if (column.kind != ColumnKind::kTerms || Stripped(row.cells[i]).empty()) {
      continue;
    }
    auto section = std::find_if(sections.begin(), sections.end(), [&](const RowTerms& terms) {
      return terms.language == column.language;
    });
    if (section == sections.end()) {
      section = sections.insert(sections.end(), RowTerms{column.language, {}});
    }
    for (const std::string& item : SplitItems(row.cells[i])) {
      section->texts.push_back(OnOneLine(item));
    }
  }
  return sections;
}

// Keeps what belongs to terms that the row does not have.
void TableHandler::TakeStray(const Row& row, const std::vector<RowTerms>& sections) {
  for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
    const Column& column = columns_[i];
    const bool has_terms =
        std::any_of(sections.begin(), sections.end(),
                    [&](const RowTerms& terms) { return terms.language == column.language; });
    const std::string_view value = Stripped(row.cells[i]);
    if (column.kind == ColumnKind::kTerms || column.language.empty() || has_terms ||
        value.empty()) {
      continue;
    }
    problems_.Add(
        fmt::format("the row has no {} term that column {} could belong to; what it "
                    "holds was kept as a property",
                    column.language.str(), i + 1));
    builder_.AddProperty(TbxLevel::kConcept, column.name, std::string(value));
  }
}

void TableHandler::TakeSection(const Row& row, const RowTerms& terms) {
  builder_.BeginSection(terms.language.str());
  const std::size_t count = terms.texts.size();
  std::vector<std::pair<const Column*, std::vector<std::string>>> cells;
  for (std::size_t i = 0; i < std::min(row.cells.size(), columns_.size()); ++i) {
    const Column& column = columns_[i];
    const std::string_view value = Stripped(row.cells[i]);
    const bool is_mine = column.language.empty() || column.language == terms.language;
    if (!is_mine || value.empty() || column.kind == ColumnKind::kTerms) {
      continue;
    }
    if (column.level == TbxLevel::kSection) {
      builder_.TakeField(TbxLevel::kSection, {column.category, std::string(value), "", ""});
    } else if (column.level == TbxLevel::kTerm) {
      std::vector<std::string> items = ItemsOf(value, count);
      if (column.language.empty()) {  // Of all terms of the row alike.
        items.assign(count, std::string(value));
      }
      cells.emplace_back(&column, std::move(items));
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (terms.texts[i].empty()) {
      continue;
    }
    builder_.BeginTerm("");
    builder_.TakeTermText(terms.texts[i]);
    for (auto& [column, items] : cells) {
      if (!items[i].empty()) {
        TakeTermCell(*column, items[i]);
      }
    }
    builder_.EndTerm();
  }
}

// Takes a value of the term at hand. One that its field does not know becomes a property.
void TableHandler::TakeTermCell(const Column& column, std::string value) {
  if (column.kind == ColumnKind::kNote) {
    builder_.TakeNote(TbxLevel::kTerm, std::move(value));
    return;
  }
  if (column.kind == ColumnKind::kProperty) {
    builder_.AddProperty(TbxLevel::kTerm, column.category, std::move(value));
    return;
  }
  std::string_view known = value;
  if (column.category == category::kStatus) {
    const auto status = ParseTermStatus(value);
    known = status ? TbxName(status->value) : "";
  } else if (column.category == category::kProcessStatus) {
    const auto status = ParseProcessStatus(value);
    known = status ? TbxName(status->value) : "";
  } else if (column.category == category::kTermType) {
    const auto type = ParseTermType(value);
    known = type ? TbxName(type->value) : "";
  } else if (column.category == category::kMatching) {
    const auto matching = ParseTermMatching(value);
    known = matching ? TbxName(*matching) : "";
  } else if (column.category == category::kMatchCompounds) {
    known = value == "yes" ? "yes" : "";
  }
  if (known.empty()) {
    problems_.Add(
        fmt::format("\"{}\" is no value of column \"{}\" that is known here; it was kept "
                    "as a property",
                    Clip(value), Clip(column.name)));
    builder_.AddProperty(TbxLevel::kTerm, std::string(NameOfColumn(column.category)),
                         std::move(value));
    return;
  }
  builder_.TakeField(TbxLevel::kTerm, {column.category, std::string(known), "", ""});
}

}  // namespace

std::unique_ptr<FileReader> NewTableReader(char separator, const ReadOptions& options,
                                           ConceptSink& sink) {
  return NewRowReader(options, std::make_unique<TableHandler>(separator, options, sink));
}

}  // namespace sild::formats
