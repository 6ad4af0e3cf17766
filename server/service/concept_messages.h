#pragma once

#include <memory>

#include "server/formats/concept_writer.h"
#include "server/formats/reader.h"

// Files of concepts as the API has them: `Concept` messages, each behind its length in bytes as a
// varint.
namespace sild::service {

// Returns a reader. Ids of terms, times and people are taken as they are; the glossary in names
// becomes that of the options, also of relations within the glossary of the file. What is no
// `Concept`, or one that could not be created, is an issue. The sink must outlive the reader.
std::unique_ptr<formats::FileReader> NewConceptMessageReader(const formats::ReadOptions& options,
                                                             formats::ConceptSink& sink);

// Returns a writer of all that concepts hold.
std::unique_ptr<formats::ConceptWriter> NewConceptMessageWriter();

}  // namespace sild::service
