#include "server/service/glossary_service.h"

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_glossary.h"
#include "server/service/field_error.h"
#include "server/service/page_token.h"
#include "server/service/store_access.h"
#include "server/service/term_extraction.h"
#include "server/service/update_mask.h"

namespace sild::service {
namespace {

absl::StatusOr<GlossaryName> ParseGlossary(std::string_view name, std::string_view field) {
  absl::StatusOr<GlossaryName> parsed = GlossaryName::Parse(name);
  return parsed.ok() ? parsed : Named(field, parsed.status());
}

}  // namespace

void GlossaryService::AddTo(Api& api) {
  const std::string prefix = "sild.v1.GlossaryService/";
  api.Add(prefix + "ListGlossaries", this, &GlossaryService::ListGlossaries);
  api.Add(prefix + "GetGlossary", this, &GlossaryService::GetGlossary);
  api.Add(prefix + "CreateGlossary", this, &GlossaryService::CreateGlossary);
  api.Add(prefix + "UpdateGlossary", this, &GlossaryService::UpdateGlossary);
  api.Add(prefix + "DeleteGlossary", this, &GlossaryService::DeleteGlossary);
  api.Add(prefix + "ListConcepts", this, &GlossaryService::ListConcepts);
  api.Add(prefix + "GetConcept", this, &GlossaryService::GetConcept);
  api.Add(prefix + "CreateConcept", this, &GlossaryService::CreateConcept);
  api.Add(prefix + "BatchCreateConcepts", this, &GlossaryService::BatchCreateConcepts);
  api.Add(prefix + "UpdateConcept", this, &GlossaryService::UpdateConcept);
  api.Add(prefix + "DeleteConcept", this, &GlossaryService::DeleteConcept);
  api.Add(prefix + "JoinConcepts", this, &GlossaryService::JoinConcepts);
  api.Add(prefix + "ListConceptRevisions", this, &GlossaryService::ListConceptRevisions);
  api.Add(prefix + "RestoreConcept", this, &GlossaryService::RestoreConcept);
  api.Add(prefix + "PurgeConcept", this, &GlossaryService::PurgeConcept);
  api.Add(prefix + "ListTerms", this, &GlossaryService::ListTerms);
  api.Add(prefix + "SearchTerms", this, &GlossaryService::SearchTerms);
  api.Add(prefix + "FindSimilarTerms", this, &GlossaryService::FindSimilarTerms);
  api.Add(prefix + "ProposeTerm", this, &GlossaryService::ProposeTerm);
  api.Add(prefix + "ReviewTerm", this, &GlossaryService::ReviewTerm);
  api.Add(prefix + "ListForms", this, &GlossaryService::ListForms);
  api.Add(prefix + "PreviewForms", this, &GlossaryService::PreviewForms);
  api.Add(prefix + "ExplainTerm", this, &GlossaryService::ExplainTerm);
  api.Add(prefix + "RecognizeTerms", this, &GlossaryService::RecognizeTerms);
  api.AddStream<v1::ExtractTermsRequest, v1::ExtractTermsResponse>(prefix + "ExtractTerms", this,
                                                                   &GlossaryService::ExtractTerms);
  api.AddStream<v1::ImportConceptsRequest, v1::ImportConceptsResponse>(
      prefix + "ImportConcepts", this, &GlossaryService::ImportConcepts);
  api.AddStream<v1::ExportConceptsRequest, v1::ExportConceptsResponse>(
      prefix + "ExportConcepts", this, &GlossaryService::ExportConcepts);
  api.Add(prefix + "CheckTerms", this, &GlossaryService::CheckTerms);
  api.AddStream<v1::CheckDocumentRequest, v1::CheckDocumentResponse>(
      prefix + "CheckDocument", this, &GlossaryService::CheckDocument);
  api.Add(prefix + "ListExceptions", this, &GlossaryService::ListExceptions);
  api.Add(prefix + "CreateException", this, &GlossaryService::CreateException);
  api.Add(prefix + "DeleteException", this, &GlossaryService::DeleteException);
}

std::unique_ptr<Stream> GlossaryService::ExtractTerms() {
  return std::make_unique<TermExtraction>(store_, expanders_, recognizers_);
}

absl::Status GlossaryService::Describe(const storage::View& view, const Glossary& glossary,
                                       v1::Glossary* response) {
  const absl::StatusOr<storage::Counts> counts = view.CountConcepts(glossary.name);
  if (!counts.ok() && !absl::IsNotFound(counts.status())) {
    return counts.status();
  }
  ToProto(glossary, counts.value_or(storage::Counts()), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::ListGlossaries(CallContext& call,
                                             const v1::ListGlossariesRequest& request,
                                             v1::ListGlossariesResponse* response) {
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  SILD_TRY(const std::string last_id, LastIdOf(request));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(std::vector<Glossary> glossaries, view->ListGlossaries(last_id, page_size + 1));
  if (glossaries.size() > static_cast<std::size_t>(page_size)) {
    glossaries.pop_back();
    response->set_next_page_token(PageTokenAfter(request, glossaries.back().name.glossary));
  }
  for (const Glossary& glossary : glossaries) {
    SILD_CHECK_OK(Describe(*view, glossary, response->add_glossaries()));
  }
  return absl::OkStatus();
}

absl::Status GlossaryService::GetGlossary(CallContext& call, const v1::GetGlossaryRequest& request,
                                          v1::Glossary* response) {
  SILD_TRY(const GlossaryName name, ParseGlossary(request.name(), "name"));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const Glossary glossary, view->GetGlossary(name));
  return Describe(*view, glossary, response);
}

absl::Status GlossaryService::CreateGlossary(CallContext& call,
                                             const v1::CreateGlossaryRequest& request,
                                             v1::Glossary* response) {
  if (!IsResourceId(request.glossary_id())) {
    return FieldError("glossary_id",
                      "must be 1 to 63 letters, digits and ._- that begin with a letter or digit");
  }
  v1::Glossary wanted = request.glossary();
  wanted.set_name("glossaries/" + request.glossary_id());
  absl::StatusOr<Glossary> glossary = FromProto(wanted);
  SILD_CHECK_OK(Within("glossary", glossary.status()));
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             if (write.GetGlossary(glossary->name).ok()) {
               return absl::AlreadyExistsError(fmt::format(
                   "{} exists already; choose another glossary_id", glossary->name.str()));
             }
             Glossary stored = *glossary;
             stored.create_time = stored.update_time = write.now();
             return write.Put(std::move(stored));
           }));
  ToProto(Stored(result, *glossary), response);
  return absl::OkStatus();
}

absl::Status GlossaryService::UpdateGlossary(CallContext& call,
                                             const v1::UpdateGlossaryRequest& request,
                                             v1::Glossary* response) {
  SILD_TRY(const GlossaryName name, ParseGlossary(request.glossary().name(), "glossary.name"));
  Glossary unchanged;
  SILD_TRY(
      const auto result,
      Write(store_, call, request, request.request_id(),
            [&](storage::Transaction& write) -> absl::Status {
              SILD_TRY(unchanged, write.GetGlossary(name));
              SILD_CHECK_OK(CheckEtag(request.glossary().etag(), unchanged.revision, name.str()));
              v1::Glossary merged;
              ToProto(unchanged, &merged);
              SILD_CHECK_OK(ApplyUpdateMask(request.glossary(), request.update_mask(), &merged));
              merged.set_name(name.str());
              absl::StatusOr<Glossary> updated = FromProto(merged);
              SILD_CHECK_OK(Within("glossary", updated.status()));
              updated->create_time = unchanged.create_time;
              updated->update_time = unchanged.update_time;
              updated->revision = unchanged.revision;
              if (*updated == unchanged) {
                return absl::OkStatus();
              }
              updated->update_time = write.now();
              return write.Put(*std::move(updated));
            }));
  return Describe(*store_.CurrentView(), Stored(result, unchanged), response);
}

absl::Status GlossaryService::DeleteGlossary(CallContext& call,
                                             const v1::DeleteGlossaryRequest& request,
                                             google::protobuf::Empty* /*response*/) {
  SILD_TRY(const GlossaryName name, ParseGlossary(request.name(), "name"));
  return Write(
             store_, call, request, request.request_id(),
             [&](storage::Transaction& write) -> absl::Status {
               SILD_TRY(const Glossary glossary, write.GetGlossary(name));
               SILD_CHECK_OK(CheckEtag(request.etag(), glossary.revision, name.str()));
               SILD_TRY(const storage::Counts counts, write.CountConcepts(name));
               if (counts.total > 0 && !request.force()) {
                 return absl::FailedPreconditionError(fmt::format(
                     "{} has {} concepts; set force to delete them too", name.str(), counts.total));
               }
               return write.Delete(name);
             })
      .status();
}

}  // namespace sild::service
