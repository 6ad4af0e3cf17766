#pragma once

#include <memory>

#include "server/formats/reader.h"

namespace sild::formats {

// Returns a reader of MultiTerm XML (`mtf`). The sink must outlive it. Field names are the
// customer's: those that say the same as a field here fill it (`Definition`, `Part of speech`,
// `Subject`, `Status`), others become properties at their level. Cross-references are flattened
// into the text that has them.
std::unique_ptr<FileReader> NewMultitermReader(const ReadOptions& options, ConceptSink& sink);

}  // namespace sild::formats
