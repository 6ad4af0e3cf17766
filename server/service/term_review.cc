#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/field_error.h"
#include "server/service/glossary_service.h"
#include "server/service/limits.h"
#include "server/service/resource_plans.h"
#include "server/service/store_access.h"
#include "server/text/normalize.h"
#include "server/text/utf8.h"

// Proposing and reviewing terms, of `GlossaryService`.
namespace sild::service {
namespace {

absl::StatusOr<ConceptName> ParseConcept(const std::string& name) {
  absl::StatusOr<ConceptName> parsed = ConceptName::Parse(name);
  return parsed.ok() ? parsed : Named("concept", parsed.status());
}

// Reads the stored concept that a write is to change.
absl::StatusOr<Concept> GetToChange(const storage::Reader& reader, const ConceptName& name,
                                    const std::string& etag) {
  SILD_TRY(Concept stored, reader.GetConcept(name));
  SILD_CHECK_OK(CheckEtag(etag, stored.revision, name.str()));
  return stored;
}

// Adds a term to the section of its language, which is made if there is none.
absl::Status AddTerm(const Term& term, const LanguageTag& language, Concept& entry) {
  auto section =
      std::find_if(entry.sections.begin(), entry.sections.end(),
                   [&](const LanguageSection& known) { return known.language == language; });
  if (section == entry.sections.end()) {
    SILD_CHECK_OK(
        CheckCount("concept.sections", static_cast<int>(entry.sections.size()) + 1, kMaxVariants));
    section = entry.sections.insert(section, LanguageSection());
    section->language = language;
  }
  const std::string text = text::Nfc(term.text);
  const auto same = std::find_if(section->terms.begin(), section->terms.end(),
                                 [&](const Term& known) { return text::Nfc(known.text) == text; });
  if (same != section->terms.end()) {
    return absl::AlreadyExistsError(
        fmt::format("term: {} has that term in {} already, as the term with the id \"{}\"",
                    entry.name.str(), language.str(), same->id));
  }
  SILD_CHECK_OK(CheckCount("concept.terms", static_cast<int>(section->terms.size()) + 1,
                           kMaxTermsPerSection));
  section->terms.push_back(term);
  AssignTermIds(entry);
  return absl::OkStatus();
}

// Sets how far a term has come, and adds a note to it.
absl::Status Review(const v1::ReviewTermRequest& request, Concept& entry) {
  for (LanguageSection& section : entry.sections) {
    for (Term& term : section.terms) {
      if (term.id != request.term_id()) {
        continue;
      }
      term.process_status = static_cast<ProcessStatus>(request.process_status());
      if (!request.note().empty()) {
        SILD_CHECK_OK(
            CheckCount("term.notes", static_cast<int>(term.notes.size()) + 1, kMaxProperties));
        term.notes.push_back(request.note());
      }
      return absl::OkStatus();
    }
  }
  return absl::NotFoundError(fmt::format("term_id: {} has no term with the id \"{}\"",
                                         entry.name.str(), request.term_id()));
}

}  // namespace

absl::Status GlossaryService::ProposeTerm(CallContext& call, const v1::ProposeTermRequest& request,
                                          v1::Concept* response) {
  SILD_TRY(const ConceptName name, ParseConcept(request.concept_name()));
  SILD_TRY(const LanguageTag language, Language(request.language_code(), "language_code"));
  absl::StatusOr<Term> term = FromProto(request.term());
  SILD_CHECK_OK(Within("term", term.status()));
  term->id.clear();
  term->process_status = ProcessStatus::kProposed;
  Concept entry;
  SILD_TRY(const auto result, Write(store_, call, request, request.request_id(),
                                    [&](storage::Transaction& write) -> absl::Status {
                                      SILD_TRY(const Concept stored,
                                               GetToChange(write, name, request.etag()));
                                      Concept changed = stored;
                                      SILD_CHECK_OK(AddTerm(*term, language, changed));
                                      return Replace(write, stored, std::move(changed), entry);
                                    }));
  ToProto(Stored(result, entry), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::ReviewTerm(CallContext& call, const v1::ReviewTermRequest& request,
                                         v1::Concept* response) {
  SILD_TRY(const ConceptName name, ParseConcept(request.concept_name()));
  if (request.term_id().empty()) {
    return FieldError("term_id", "is required; send the id of a term of the concept");
  }
  if (request.process_status() != v1::Term::PROCESS_STATUS_APPROVED &&
      request.process_status() != v1::Term::PROCESS_STATUS_REJECTED) {
    return FieldError("process_status",
                      "is required; send PROCESS_STATUS_APPROVED or PROCESS_STATUS_REJECTED");
  }
  SILD_CHECK_OK(text::CheckText(request.note(), "note", kMaxNoteChars));
  Concept entry;
  SILD_TRY(const auto result, Write(store_, call, request, request.request_id(),
                                    [&](storage::Transaction& write) -> absl::Status {
                                      SILD_TRY(const Concept stored,
                                               GetToChange(write, name, request.etag()));
                                      Concept changed = stored;
                                      SILD_CHECK_OK(Review(request, changed));
                                      return Replace(write, stored, std::move(changed), entry);
                                    }));
  ToProto(Stored(result, entry), response);
  return absl::OkStatus();
}

}  // namespace sild::service
