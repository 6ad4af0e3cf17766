#pragma once

#include <memory>
#include <optional>
#include <utility>

#include <absl/status/statusor.h>

#include "server/formats/concept_files.h"
#include "server/service/concept_messages.h"
#include "server/service/convert_common.h"
#include "server/service/field_error.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::service {

// A format of `formats`. Nothing: messages of the API, which only this room knows.
using FileFormat = std::optional<formats::ConceptFormat>;

// Reads the field `format` of an import or export.
inline absl::StatusOr<FileFormat> FromProto(v1::ConceptFormat format) {
  switch (format) {
    case v1::CONCEPT_FORMAT_TBX:
      return formats::ConceptFormat::kTbx;
    case v1::CONCEPT_FORMAT_TBX_DCT:
      return formats::ConceptFormat::kTbxDct;
    case v1::CONCEPT_FORMAT_TBX_TIG:
      return formats::ConceptFormat::kTbxTig;
    case v1::CONCEPT_FORMAT_TBX_NTIG:
      return formats::ConceptFormat::kTbxNtig;
    case v1::CONCEPT_FORMAT_TSV:
      return formats::ConceptFormat::kTsv;
    case v1::CONCEPT_FORMAT_CSV:
      return formats::ConceptFormat::kCsv;
    case v1::CONCEPT_FORMAT_OMEGAT:
      return formats::ConceptFormat::kOmegat;
    case v1::CONCEPT_FORMAT_UTX:
      return formats::ConceptFormat::kUtx;
    case v1::CONCEPT_FORMAT_MULTITERM:
      return formats::ConceptFormat::kMultiterm;
    case v1::CONCEPT_FORMAT_PROTO:
      return FileFormat();
    default:
      break;
  }
  return FieldError("format",
                    "is required; send one of the values listed in the API, such as "
                    "CONCEPT_FORMAT_TBX");
}

inline std::unique_ptr<formats::FileReader> NewConceptReader(FileFormat format,
                                                             const formats::ReadOptions& options,
                                                             formats::ConceptSink& sink) {
  return format ? formats::NewConceptReader(*format, options, sink)
                : NewConceptMessageReader(options, sink);
}

// Null if the format is only read.
inline std::unique_ptr<formats::ConceptWriter> NewConceptWriter(
    FileFormat format, formats::ConceptWriteOptions options) {
  return format ? formats::NewConceptWriter(*format, std::move(options))
                : NewConceptMessageWriter();
}

}  // namespace sild::service
