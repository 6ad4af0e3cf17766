#include "server/formats/concept_files.h"

#include <utility>

#include "server/formats/multiterm.h"
#include "server/formats/pair_glossary.h"
#include "server/formats/table.h"
#include "server/formats/tbx.h"

namespace sild::formats {

bool HoldsPair(ConceptFormat format) {
  return format == ConceptFormat::kOmegat || format == ConceptFormat::kUtx;
}

std::unique_ptr<FileReader> NewConceptReader(ConceptFormat format, const ReadOptions& options,
                                             ConceptSink& sink) {
  switch (format) {
    case ConceptFormat::kTsv:
      return NewTableReader('\t', options, sink);
    case ConceptFormat::kCsv:
      return NewTableReader(',', options, sink);
    case ConceptFormat::kOmegat:
      return NewOmegatReader(options, sink);
    case ConceptFormat::kUtx:
      return NewUtxReader(options, sink);
    case ConceptFormat::kMultiterm:
      return NewMultitermReader(options, sink);
    case ConceptFormat::kTbx:
    case ConceptFormat::kTbxDct:
    case ConceptFormat::kTbxTig:
    case ConceptFormat::kTbxNtig:
      break;
  }
  return NewTbxReader(options, sink);
}

std::unique_ptr<ConceptWriter> NewConceptWriter(ConceptFormat format, ConceptWriteOptions options) {
  switch (format) {
    case ConceptFormat::kTsv:
      return NewTableWriter('\t');
    case ConceptFormat::kCsv:
      return NewTableWriter(',');
    case ConceptFormat::kOmegat:
      return NewOmegatWriter(std::move(options));
    case ConceptFormat::kUtx:
      return NewUtxWriter(std::move(options));
    case ConceptFormat::kMultiterm:
      return nullptr;
    case ConceptFormat::kTbx:
      return NewTbxWriter({options.title, options.version, TbxStyle::kDca});
    case ConceptFormat::kTbxDct:
      return NewTbxWriter({options.title, options.version, TbxStyle::kDct});
    case ConceptFormat::kTbxTig:
      return NewTbxWriter({options.title, options.version, TbxStyle::kTig});
    case ConceptFormat::kTbxNtig:
      return NewTbxWriter({options.title, options.version, TbxStyle::kNtig});
  }
  return nullptr;
}

}  // namespace sild::formats
