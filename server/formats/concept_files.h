#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/formats/concept_writer.h"
#include "server/formats/reader.h"

namespace sild::formats {

// The file formats of concepts.
enum class ConceptFormat : std::uint8_t {
  kTbx,      // v3 in DCA style.
  kTbxDct,   // v3 in DCT style.
  kTbxTig,   // v2 with `tig`.
  kTbxNtig,  // v2 with `ntig`.
  kTsv,
  kCsv,
  kOmegat,
  kUtx,
  kMultiterm,
};

struct ConceptWriteOptions {
  std::string title;    // Of the glossary, for the header.
  std::string version;  // Of Sild, for the header.
  // Of the pair that OmegaT's and UTX's glossaries hold; others need none.
  LanguageTag source_language;
  LanguageTag target_language;
};

// Whether a file of that format holds a pair of languages only.
bool HoldsPair(ConceptFormat format);

// Returns a reader of that format; any TBX is read whichever of its formats is given. The sink must
// outlive it. OmegaT's glossaries need both languages of the options.
std::unique_ptr<FileReader> NewConceptReader(ConceptFormat format, const ReadOptions& options,
                                             ConceptSink& sink);

// Returns a writer of that format, or null if it is only read.
std::unique_ptr<ConceptWriter> NewConceptWriter(ConceptFormat format, ConceptWriteOptions options);

}  // namespace sild::formats
