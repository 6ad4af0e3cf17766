#include <compare>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "server/formats/table.h"
#include "server/formats/table_columns.h"
#include "server/formats/tbx_vocabulary.h"

namespace sild::formats {
namespace {

// A column, and its place among the others: those of the concept first, then language by language.
struct ColumnKey {
  std::string language;  // Empty: of the concept.
  int rank = 0;
  std::string name;
  std::size_t occurrence = 0;  // Notes and the like have a column each.

  friend auto operator<=>(const ColumnKey&, const ColumnKey&) = default;
};

// The first columns of a concept and of a language.
constexpr int kIdRank = 0;
constexpr int kTermsRank = 0;
constexpr int kPropertyRank = 100;

// The cells of a concept that are not empty.
class ConceptCells {
 public:
  explicit ConceptCells(const Concept& entry) {
    cells_[{"", kIdRank, "concept", 0}] = entry.name.concept_id;
    Put("", 1, NameOfColumn(category::kSubjectField), 0, entry.subject_field);
    Put("", 2, NameOfColumn(category::kDefinition), 0, entry.definition);
    Put("", 3, NameOfColumn(category::kDefinitionSource), 0, entry.definition_source);
    Put("", 4, "do not translate", 0, entry.do_not_translate ? "yes" : "");
    for (std::size_t i = 0; i < entry.notes.size(); ++i) {
      Put("", 5, "note", i, entry.notes[i]);
    }
    std::map<std::string_view, std::size_t> occurrences;
    for (const Property& property : entry.properties) {
      Put("", kPropertyRank, std::string(kPropertyPrefix) + property.type,
          occurrences[property.type]++, property.value);
    }
    for (const LanguageSection& section : entry.sections) {
      PutSection(section);
    }
  }

  const std::map<ColumnKey, std::string>& cells() const { return cells_; }

 private:
  void Put(std::string_view language, int rank, std::string_view name, std::size_t occurrence,
           std::string_view value) {
    if (!value.empty()) {
      cells_[{std::string(language), rank, std::string(name), occurrence}] = std::string(value);
    }
  }

  // Puts what belongs to the term `index` of a section, behind what belongs to those before it.
  void PutItem(const LanguageSection& section, std::size_t index, int rank, std::string_view name,
               std::size_t occurrence, std::string_view value) {
    if (value.empty()) {
      return;
    }
    std::vector<std::string>& items =
        items_[{section.language.str(), rank, std::string(name), occurrence}];
    items.resize(section.terms.size());
    items[index] = std::string(value);
  }

  void PutSection(const LanguageSection& section) {
    const std::string language = section.language.str();
    items_.clear();
    for (std::size_t i = 0; i < section.terms.size(); ++i) {
      PutTerm(section, i);
    }
    for (const auto& [key, items] : items_) {
      std::string cell;
      for (std::size_t i = 0; i < items.size(); ++i) {
        AppendItem(items[i], i == 0, cell);
      }
      cells_[key] = std::move(cell);
    }
    Put(language, 1, NameOfColumn(category::kDefinition), 0, section.definition);
    Put(language, 2, NameOfColumn(category::kDefinitionSource), 0, section.definition_source);
  }

  void PutTerm(const LanguageSection& section, std::size_t index) {
    const Term& term = section.terms[index];
    const auto put = [&](int rank, std::string_view name, std::string_view value) {
      PutItem(section, index, rank, name, 0, value);
    };
    const auto put_all = [&](int rank, std::string_view name,
                             const std::vector<std::string>& values) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        PutItem(section, index, rank, name, i, values[i]);
      }
    };
    put(kTermsRank, "", term.text);
    put(3, NameOfColumn(category::kStatus),
        term.status == TermStatus::kAdmitted ? "" : ShortName(term.status));
    put(4, NameOfColumn(category::kProcessStatus),
        term.process_status == ProcessStatus::kApproved ? "" : ShortName(term.process_status));
    put(5, NameOfColumn(category::kTermType),
        term.type == TermType::kFullForm ? "" : TbxName(term.type));
    put(6, NameOfColumn(category::kPartOfSpeech), term.part_of_speech);
    put(7, NameOfColumn(category::kGender), term.grammatical_gender);
    put(8, NameOfColumn(category::kNumber), term.grammatical_number);
    put(9, NameOfColumn(category::kContext), term.usage_example);
    put(10, NameOfColumn(category::kSource), term.source);
    put(11, NameOfColumn(category::kMatching),
        term.matching == TermMatching::kInflected ? "" : TbxName(term.matching));
    put(12, NameOfColumn(category::kMatchCompounds), term.match_compounds ? "yes" : "");
    put_all(13, NameOfColumn(category::kExtraForm), term.extra_forms);
    put_all(14, NameOfColumn(category::kBannedForm), term.banned_forms);
    put_all(15, "note", term.notes);
    std::map<std::string_view, std::size_t> occurrences;
    for (const Property& property : term.properties) {
      PutItem(section, index, kPropertyRank, std::string(kPropertyPrefix) + property.type,
              occurrences[property.type]++, property.value);
    }
  }

  std::map<ColumnKey, std::string> cells_;
  std::map<ColumnKey, std::vector<std::string>> items_;  // Of the section at hand, by term.
};

class TableWriter : public ConceptWriter {
 public:
  explicit TableWriter(char separator) : separator_(separator) {}

  bool needs_survey() const override { return true; }

  void Survey(const Concept& entry) override {
    const ConceptCells cells(entry);
    for (const auto& [key, cell] : cells.cells()) {
      columns_.try_emplace(key, 0);
    }
  }

  void Begin(std::string& out) override {
    columns_.try_emplace({"", kIdRank, "concept", 0}, 0);
    std::vector<std::string> names;
    for (auto& [key, index] : columns_) {
      index = names.size();
      names.push_back(key.language.empty() || key.name.empty() ? key.language + key.name
                                                               : key.language + ":" + key.name);
    }
    AppendRow(names, out);
  }

  bool Write(const Concept& entry, std::string& out) override {
    std::vector<std::string> row(columns_.size());
    const ConceptCells cells(entry);
    for (const auto& [key, cell] : cells.cells()) {
      if (const auto column = columns_.find(key); column != columns_.end()) {
        row[column->second] = cell;
      }
    }
    AppendRow(row, out);
    return true;
  }

  void Finish(std::string& /*out*/) override {}

 private:
  void AppendRow(const std::vector<std::string>& cells, std::string& out) const {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) {
        out += separator_;
      }
      AppendCell(cells[i], out);
    }
    out += '\n';
  }

  void AppendCell(std::string_view cell, std::string& out) const {
    const std::size_t begin = cell.find_first_not_of('\'');
    const bool is_formula = begin != std::string_view::npos &&
                            std::string_view("=+-@").find(cell[begin]) != std::string_view::npos;
    const bool needs_quotes =
        cell.find_first_of("\"\n\r\t;,") != std::string_view::npos || cell.starts_with(' ');
    out += needs_quotes ? "\"" : "";
    out += is_formula ? "'" : "";
    for (const char c : cell) {
      out.append(c == '"' ? 2 : 1, c);
    }
    out += needs_quotes ? "\"" : "";
  }

  const char separator_;
  std::map<ColumnKey, std::size_t> columns_;  // And where each stands.
};

}  // namespace

std::unique_ptr<ConceptWriter> NewTableWriter(char separator) {
  return std::make_unique<TableWriter>(separator);
}

}  // namespace sild::formats
