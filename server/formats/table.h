#pragma once

#include <memory>

#include "server/formats/concept_writer.h"
#include "server/formats/reader.h"

namespace sild::formats {

// Tables of concepts: a row for each, and a first row that names the columns (`table_columns.h`).

// Returns a reader of tables whose cells stand between `separator`, or whichever of tab, comma and
// semicolon makes the most of the first row; that is said if it is another one. A first line
// `sep=;` is heeded. The sink must outlive it. Columns that say nothing become properties, which is
// said once for each. A row is left out if it has no terms, or more cells than there are columns.
std::unique_ptr<FileReader> NewTableReader(char separator, const ReadOptions& options,
                                           ConceptSink& sink);

// Returns a writer of tables, which must be shown all concepts first. Read back they give the same
// concepts but for ids of terms, times, people, relations, and what belongs to a language section
// beside its definition; and line ends are `\n`. So that no spreadsheet takes a text for a formula,
// `'` is put before `=`, `+`, `-` and `@` at the beginning of a cell; the reader takes it away.
std::unique_ptr<ConceptWriter> NewTableWriter(char separator);

}  // namespace sild::formats
