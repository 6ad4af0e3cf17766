#pragma once

#include <memory>

#include "server/formats/concept_files.h"
#include "server/formats/concept_writer.h"
#include "server/formats/reader.h"

// Glossaries of a pair of languages, a row for each pair of terms: OmegaT's and UTX. They hold less
// than a concept does: what they cannot hold is left out on writing.
namespace sild::formats {

// Returns a reader of OmegaT's glossaries: source, target and comment, with tabs and no quotes;
// lines that begin with `#` are comments. Each row is a concept, whose note is the comment. The
// sink must outlive it; the options must name both languages.
std::unique_ptr<FileReader> NewOmegatReader(const ReadOptions& options, ConceptSink& sink);

// Returns a writer of OmegaT's glossaries: a row for each source and each target that may be used.
// The comment holds subject, definition and notes, and in `(≠ …)` the targets not to be used.
std::unique_ptr<ConceptWriter> NewOmegatWriter(ConceptWriteOptions options);

// Returns a reader of UTX: the first line says the languages, the second line that begins with `#`
// the columns. Rows of one concept id that follow each other are one concept. The sink must outlive
// it; the options may name the languages if the file does not.
std::unique_ptr<FileReader> NewUtxReader(const ReadOptions& options, ConceptSink& sink);

// Returns a writer of UTX 1.11: a row for the first source that is not rejected and the first
// target, the second ones, and so on.
std::unique_ptr<ConceptWriter> NewUtxWriter(ConceptWriteOptions options);

}  // namespace sild::formats
