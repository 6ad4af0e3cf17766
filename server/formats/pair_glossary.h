#pragma once

#include <memory>

#include "server/formats/concept_files.h"
#include "server/formats/concept_writer.h"
#include "server/formats/reader.h"

// Glossaries of a pair of languages, a row for each pair of terms: OmegaT's and UTX. They hold less
// than a concept does: what they cannot hold is left out on writing.
namespace sild::formats {

// Returns a reader of OmegaT's glossaries: source, target and comment, with tabs and no quotes;
// lines that begin with `#` are comments. Each row is a concept, whose note is the comment, but
// rows behind a comment of ours that names a concept are its pairs. Targets in `(≠ …)` become
// deprecated ones. A row that cannot be taken is an issue of its own. The sink must outlive it; the
// options must name both languages.
std::unique_ptr<FileReader> NewOmegatReader(const ReadOptions& options, ConceptSink& sink);

// Returns a writer of OmegaT's glossaries: a comment with the id of the concept, then a row for
// each source and each target that may be used. What is said of a row holds subject, definition and
// notes, and each target not to be used in `(≠ …)`.
std::unique_ptr<ConceptWriter> NewOmegatWriter(ConceptWriteOptions options);

// Returns a reader of UTX: the first line says the languages, the second line that begins with `#`
// the columns. Rows of one concept id that follow each other are one concept. The sink must outlive
// it; the options may name the languages if the file does not.
std::unique_ptr<FileReader> NewUtxReader(const ReadOptions& options, ConceptSink& sink);

// Returns a writer of UTX 1.11: a row for each target beside the first source that may be used,
// whose status is the target's, then one for each other source beside the first such target, whose
// status is the source's; if no target may be used, beside the first one, whose status it is.
// Sources that were rejected are left out.
std::unique_ptr<ConceptWriter> NewUtxWriter(ConceptWriteOptions options);

}  // namespace sild::formats
