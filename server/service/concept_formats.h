#pragma once

#include <absl/status/statusor.h>

#include "server/formats/concept_files.h"
#include "server/service/convert_common.h"
#include "server/service/field_error.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::service {

// Reads the field `format` of an import or export.
inline absl::StatusOr<formats::ConceptFormat> FromProto(v1::ConceptFormat format) {
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
      return absl::UnimplementedError("format: CONCEPT_FORMAT_PROTO cannot be read or written yet");
    default:
      break;
  }
  return FieldError("format",
                    "is required; send one of the values listed in the API, such as "
                    "CONCEPT_FORMAT_TBX");
}

}  // namespace sild::service
