#include "server/formats/table_columns.h"

#include <algorithm>
#include <array>

#include <absl/strings/ascii.h>

#include "server/formats/tbx_vocabulary.h"
#include "server/text/normalize.h"

namespace sild::formats {
namespace {

// By the name in lower case without spaces, hyphens and underscores. The first of each category is
// what the writer writes, with spaces.
constexpr std::array<ColumnName, 48> kNames = {{
    {"concept", ColumnKind::kConceptId, "", TbxLevel::kConcept},
    {"concept id", ColumnKind::kConceptId, "", TbxLevel::kConcept},
    {"entry id", ColumnKind::kConceptId, "", TbxLevel::kConcept},
    {"subject", ColumnKind::kField, category::kSubjectField, TbxLevel::kConcept},
    {"subject field", ColumnKind::kField, category::kSubjectField, TbxLevel::kConcept},
    {"domain", ColumnKind::kField, category::kSubjectField, TbxLevel::kConcept},
    {"definition", ColumnKind::kField, category::kDefinition, TbxLevel::kSection},
    {"definition source", ColumnKind::kField, category::kDefinitionSource, TbxLevel::kSection},
    {"note", ColumnKind::kNote, "", TbxLevel::kTerm},
    {"notes", ColumnKind::kNote, "", TbxLevel::kTerm},
    {"comment", ColumnKind::kNote, "", TbxLevel::kTerm},
    {"comments", ColumnKind::kNote, "", TbxLevel::kTerm},
    {"remark", ColumnKind::kNote, "", TbxLevel::kTerm},
    {"remarks", ColumnKind::kNote, "", TbxLevel::kTerm},
    {"do not translate", ColumnKind::kSwitch, "", TbxLevel::kConcept},
    {"status", ColumnKind::kField, category::kStatus, TbxLevel::kTerm},
    {"term status", ColumnKind::kField, category::kStatus, TbxLevel::kTerm},
    {"usage status", ColumnKind::kField, category::kStatus, TbxLevel::kTerm},
    {"administrative status", ColumnKind::kField, category::kStatus, TbxLevel::kTerm},
    {"process status", ColumnKind::kField, category::kProcessStatus, TbxLevel::kTerm},
    {"type", ColumnKind::kField, category::kTermType, TbxLevel::kTerm},
    {"term type", ColumnKind::kField, category::kTermType, TbxLevel::kTerm},
    {"part of speech", ColumnKind::kField, category::kPartOfSpeech, TbxLevel::kTerm},
    {"pos", ColumnKind::kField, category::kPartOfSpeech, TbxLevel::kTerm},
    {"word class", ColumnKind::kField, category::kPartOfSpeech, TbxLevel::kTerm},
    {"gender", ColumnKind::kField, category::kGender, TbxLevel::kTerm},
    {"grammatical gender", ColumnKind::kField, category::kGender, TbxLevel::kTerm},
    {"number", ColumnKind::kField, category::kNumber, TbxLevel::kTerm},
    {"grammatical number", ColumnKind::kField, category::kNumber, TbxLevel::kTerm},
    {"example", ColumnKind::kField, category::kContext, TbxLevel::kTerm},
    {"examples", ColumnKind::kField, category::kContext, TbxLevel::kTerm},
    {"example of use", ColumnKind::kField, category::kContext, TbxLevel::kTerm},
    {"usage example", ColumnKind::kField, category::kContext, TbxLevel::kTerm},
    {"usage", ColumnKind::kField, category::kContext, TbxLevel::kTerm},
    {"context", ColumnKind::kField, category::kContext, TbxLevel::kTerm},
    {"source", ColumnKind::kField, category::kSource, TbxLevel::kTerm},
    {"term source", ColumnKind::kField, category::kSource, TbxLevel::kTerm},
    {"reference", ColumnKind::kField, category::kSource, TbxLevel::kTerm},
    {"matching", ColumnKind::kField, category::kMatching, TbxLevel::kTerm},
    {"match compounds", ColumnKind::kField, category::kMatchCompounds, TbxLevel::kTerm},
    {"extra form", ColumnKind::kField, category::kExtraForm, TbxLevel::kTerm},
    {"banned form", ColumnKind::kField, category::kBannedForm, TbxLevel::kTerm},
    {"subjectfield", ColumnKind::kField, category::kSubjectField, TbxLevel::kConcept},
    {"subject area", ColumnKind::kField, category::kSubjectField, TbxLevel::kConcept},
    {"def", ColumnKind::kField, category::kDefinition, TbxLevel::kSection},
    {"explanation", ColumnKind::kField, category::kDefinition, TbxLevel::kSection},
    {"approval", ColumnKind::kField, category::kProcessStatus, TbxLevel::kTerm},
    {"dnt", ColumnKind::kSwitch, "", TbxLevel::kConcept},
}};

std::string Folded(std::string_view name) {
  std::string folded;
  for (const char c : name) {
    if (c != ' ' && c != '-' && c != '_') {
      folded += absl::ascii_tolower(static_cast<unsigned char>(c));
    }
  }
  return folded;
}

const ColumnName* FindName(std::string_view name) {
  const std::string folded = Folded(name);
  const auto* const found =
      std::find_if(kNames.begin(), kNames.end(),
                   [&](const ColumnName& known) { return Folded(known.name) == folded; });
  return found == kNames.end() ? nullptr : &*found;
}

// Whether a file with these columns has a source and a target whose languages it does not name.
bool NamesSourceAndTarget(const std::vector<std::string>& names) {
  const auto has = [&](std::string_view wanted) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& name) { return Folded(name) == wanted; });
  };
  return has("source") && has("target");
}

// What a name without a language in it says, by itself.
Column ReadName(std::string_view name, Languages& languages) {
  Column column;
  column.name = text::CollapseWhiteSpace(name);
  if (name.starts_with(kPropertyPrefix)) {  // Its type is taken as it stands.
    column.kind = ColumnKind::kProperty;
    column.category = std::string(name.substr(kPropertyPrefix.size()));
    column.level = TbxLevel::kTerm;
    return column;
  }
  name = column.name;
  if (name.empty()) {
    return column;
  }
  if (const ColumnName* known = FindName(name)) {
    column.kind = known->kind;
    column.category = std::string(known->category);
    column.level = known->level;
  } else if (const auto language = languages.Find(name)) {
    column.kind = ColumnKind::kTerms;
    column.language = *language;
  } else {
    column.kind = ColumnKind::kProperty;
    column.category = std::string(name);
    column.level = TbxLevel::kTerm;
  }
  return column;
}

// Reads `et:note`; anything else as `ReadName`.
Column ReadQualifiedName(std::string_view name, Languages& languages) {
  const std::size_t colon = name.find(':');
  if (colon != std::string_view::npos && !name.starts_with(kPropertyPrefix)) {
    if (const auto language = languages.Find(name.substr(0, colon))) {
      Column column = ReadName(name.substr(colon + 1), languages);
      const bool has_field =
          column.kind == ColumnKind::kNote || column.kind == ColumnKind::kProperty ||
          (column.kind == ColumnKind::kField && column.level != TbxLevel::kConcept);
      if (has_field) {
        column.name = text::CollapseWhiteSpace(name);
        column.language = *language;
        return column;
      }
    }
  }
  Column column = ReadName(name, languages);
  if (column.kind != ColumnKind::kTerms && column.kind != ColumnKind::kNothing) {
    const bool is_of_all_terms =
        column.level == TbxLevel::kTerm && column.kind == ColumnKind::kField;
    column.level = is_of_all_terms ? TbxLevel::kTerm : TbxLevel::kConcept;
  }
  return column;
}

// Gives the columns that stand behind a language to it, if some of them stand between languages.
void TakeNeighbors(std::vector<Column>& columns, Languages& languages) {
  const auto is_terms = [](const Column& column) { return column.kind == ColumnKind::kTerms; };
  const auto first = std::find_if(columns.begin(), columns.end(), is_terms);
  const auto last = std::find_if(columns.rbegin(), columns.rend(), is_terms).base();
  const auto may_belong = [&](const Column& column) {
    return column.language.empty() && FindName(column.name) != nullptr &&
           ReadName(column.name, languages).level != TbxLevel::kConcept;
  };
  if (first == columns.end() || std::none_of(first, last, may_belong)) {
    return;
  }
  LanguageTag language;
  for (auto column = first; column != columns.end(); ++column) {
    if (is_terms(*column)) {
      language = column->language;
    } else if (may_belong(*column)) {
      column->language = language;
      column->level = ReadName(column->name, languages).level;
    }
  }
}

}  // namespace

std::string_view NameOfColumn(std::string_view category) {
  const auto* const found =
      std::find_if(kNames.begin(), kNames.end(), [&](const ColumnName& known) {
        return known.kind == ColumnKind::kField && known.category == category;
      });
  return found == kNames.end() ? std::string_view() : found->name;
}

std::vector<std::string> SplitItems(std::string_view cell) {
  std::vector<std::string> items(1);
  for (std::size_t i = 0; i < cell.size(); ++i) {
    if (cell[i] == '\\' && i + 1 < cell.size() && cell[i + 1] == '|') {
      items.back() += cell[++i];
    } else if (cell[i] == '|') {
      items.emplace_back();
    } else {
      items.back() += cell[i];
    }
  }
  for (std::string& item : items) {
    const absl::string_view stripped = absl::StripAsciiWhitespace(item);
    item = std::string(stripped);
  }
  return items;
}

void AppendItem(std::string_view item, bool is_first, std::string& cell) {
  cell += is_first ? "" : " | ";
  for (const char c : item) {
    cell += c == '|' ? "\\|" : std::string(1, c);
  }
}

bool IsKnownColumn(std::string_view name, Languages& languages) {
  const std::string collapsed = text::CollapseWhiteSpace(name);
  const Column column = ReadQualifiedName(collapsed, languages);
  return !column.language.empty() || FindName(collapsed) != nullptr;
}

std::vector<Column> ReadColumns(const std::vector<std::string>& names, const ReadOptions& options,
                                Languages& languages) {
  const bool has_pair = NamesSourceAndTarget(names);
  std::vector<Column> columns;
  for (const std::string& name : names) {
    const std::string folded = Folded(name);
    Column column = ReadQualifiedName(name, languages);
    const LanguageTag& pair_language = folded == "source"   ? options.default_source_language
                                       : folded == "target" ? options.default_target_language
                                                            : LanguageTag();
    if (columns.empty() && folded == "id") {
      column.kind = ColumnKind::kConceptId;  // Elsewhere it is Indonesian.
      column.language = {};
    } else if (has_pair && !pair_language.empty()) {
      column.kind = ColumnKind::kTerms;
      column.language = pair_language;
    }
    columns.push_back(std::move(column));
  }
  TakeNeighbors(columns, languages);
  return columns;
}

}  // namespace sild::formats
