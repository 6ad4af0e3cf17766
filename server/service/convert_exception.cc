#include "server/service/convert_exception.h"

#include "server/model/limits.h"
#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/field_error.h"
#include "server/text/utf8.h"

namespace sild::service {

absl::StatusOr<Exception> FromProto(const v1::Exception& exception) {
  Exception result;
  if (exception.concept_name().empty()) {
    return FieldError("concept", "is required; send glossaries/{glossary}/concepts/{concept}");
  }
  absl::StatusOr<ConceptName> name = ConceptName::Parse(exception.concept_name());
  SILD_CHECK_OK(Named("concept", name.status()));
  result.name.glossary = name->glossary;
  result.concept_id = name->concept_id;
  if (!v1::TermFinding::Kind_IsValid(exception.kind())) {
    return FieldError("kind", "is no kind of finding that this server knows");
  }
  if (exception.kind() != v1::TermFinding::KIND_UNSPECIFIED) {
    result.kind = static_cast<FindingKind>(exception.kind());
  }
  SILD_TRY(result.language, OptionalLanguage(exception.language_code(), "language_code"));
  SILD_CHECK_OK(text::CheckText(exception.document(), "document", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(exception.segment_text(), "segment_text", kMaxSegmentChars));
  if (exception.reason().empty()) {
    return FieldError("reason", "is required; say why, for the next person");
  }
  SILD_CHECK_OK(text::CheckText(exception.reason(), "reason", kMaxFieldChars));
  result.document = exception.document();
  result.segment_text = exception.segment_text();
  result.reason = exception.reason();
  return result;
}

void ToProto(const Exception& exception, v1::Exception* out) {
  out->set_name(exception.name.str());
  out->set_concept_name(ConceptName{exception.name.glossary, exception.concept_id}.str());
  out->set_kind(static_cast<v1::TermFinding::Kind>(exception.kind.value_or(FindingKind{})));
  out->set_language_code(exception.language.str());
  out->set_document(exception.document);
  out->set_segment_text(exception.segment_text);
  out->set_reason(exception.reason);
  out->set_creator(exception.creator);
  *out->mutable_create_time() = ToProto(exception.create_time);
}

}  // namespace sild::service
