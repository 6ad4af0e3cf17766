#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/formats/languages.h"
#include "server/formats/reader.h"
#include "server/formats/tbx_concept.h"

namespace sild::formats {

// What a column of a table of concepts holds.
enum class ColumnKind : std::uint8_t {
  kNothing,    // It has no name.
  kConceptId,  // The id of the concept.
  kTerms,      // Terms of a language, between `|`.
  kField,      // A data category of TBX.
  kProperty,   // A category of the file that says nothing here.
  kNote,
  kSwitch,  // Terms stay as they are in every language: any word but "no", "false" and "0".
};

// A column, by its name in the first row. `et` holds terms; `et:note` belongs to those, the first
// item to the first term; `note` to the concept.
struct Column {
  ColumnKind kind = ColumnKind::kNothing;
  std::string name;      // As the file has it.
  LanguageTag language;  // Empty: of the concept as a whole, or of all its terms.
  std::string category;  // Of `kField` and `kProperty`.
  TbxLevel level = TbxLevel::kConcept;
};

// A field of which a column may be called by name: what Sild writes for it first.
struct ColumnName {
  std::string_view name;
  ColumnKind kind;
  std::string_view category;
  TbxLevel level;  // The lowest that has it.
};

// The name that a column of that category is given. Nothing if none is called so.
std::string_view NameOfColumn(std::string_view category);

// Before a column that Sild writes for a property, so that its type is taken for nothing else.
inline constexpr std::string_view kPropertyPrefix = "property:";

// What stands between the terms of a cell, and what belongs to each of them. `\|` is a `|` inside.
std::vector<std::string> SplitItems(std::string_view cell);
void AppendItem(std::string_view item, bool is_first, std::string& cell);

// Whether a column of that name holds anything known: a language or a field.
bool IsKnownColumn(std::string_view name, Languages& languages);

// Reads the first row. Columns behind a language belong to it if others of its kind stand between
// languages, as tools write that have a note behind each language; else those with no language in
// their name belong to the concept. `source` and `target` are languages where `options` names
// these. Never fails: a name that says nothing makes a property.
std::vector<Column> ReadColumns(const std::vector<std::string>& names, const ReadOptions& options,
                                Languages& languages);

}  // namespace sild::formats
