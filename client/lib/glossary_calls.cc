#include "client/lib/backoff.h"
#include "client/lib/connection.h"
#include "client/lib/unary.h"
#include "include/sild/client.h"

namespace sild::client {

using Service = v1::GlossaryService::StubInterface;

absl::StatusOr<v1::RecognizeTermsResponse> Client::RecognizeTerms(
    v1::RecognizeTermsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::RecognizeTerms, CallClass::kLookup,
              request);
}

absl::Status Client::ExtractTerms(
    v1::ExtractTermsRequest request,
    absl::FunctionRef<void(const v1::ExtractTermsResponse&)> on_response) {
  const Deadline deadline = connection_->DeadlineFor(CallClass::kStream);
  Backoff backoff(connection_->options().retry);
  for (;;) {
    grpc::ClientContext context;
    connection_->Prepare(context, deadline);
    const auto stream = connection_->glossaries().ExtractTerms(&context, request);
    bool has_answer = false;
    v1::ExtractTermsResponse response;
    while (stream->Read(&response)) {
      has_answer = true;
      on_response(response);
    }
    const absl::Status status = connection_->Conclude(context, stream->Finish());
    if (status.ok() || has_answer || !Connection::WaitToRetry(status, backoff, deadline)) {
      return status;
    }
  }
}

absl::StatusOr<v1::ListFormsResponse> Client::ListForms(v1::ListFormsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ListForms, CallClass::kRead,
              request);
}

absl::StatusOr<v1::PreviewFormsResponse> Client::PreviewForms(v1::PreviewFormsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::PreviewForms, CallClass::kRead,
              request);
}

absl::StatusOr<v1::ExplainTermResponse> Client::ExplainTerm(v1::ExplainTermRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ExplainTerm, CallClass::kRead,
              request);
}

absl::StatusOr<v1::ListTermsResponse> Client::ListTerms(v1::ListTermsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ListTerms, CallClass::kRead,
              request);
}

absl::StatusOr<v1::SearchTermsResponse> Client::SearchTerms(v1::SearchTermsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::SearchTerms, CallClass::kRead,
              request);
}

absl::StatusOr<v1::FindSimilarTermsResponse> Client::FindSimilarTerms(
    v1::FindSimilarTermsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::FindSimilarTerms, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Concept> Client::ProposeTerm(v1::ProposeTermRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ProposeTerm, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::Concept> Client::ReviewTerm(v1::ReviewTermRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ReviewTerm, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::ListGlossariesResponse> Client::ListGlossaries(
    v1::ListGlossariesRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ListGlossaries, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Glossary> Client::GetGlossary(v1::GetGlossaryRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::GetGlossary, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Glossary> Client::CreateGlossary(v1::CreateGlossaryRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::CreateGlossary, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::Glossary> Client::UpdateGlossary(v1::UpdateGlossaryRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::UpdateGlossary, CallClass::kWrite,
              request);
}

absl::Status Client::DeleteGlossary(v1::DeleteGlossaryRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::DeleteGlossary, CallClass::kWrite,
              request)
      .status();
}

absl::StatusOr<v1::ListConceptsResponse> Client::ListConcepts(v1::ListConceptsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ListConcepts, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Concept> Client::GetConcept(v1::GetConceptRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::GetConcept, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Concept> Client::CreateConcept(v1::CreateConceptRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::CreateConcept, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::BatchCreateConceptsResponse> Client::BatchCreateConcepts(
    v1::BatchCreateConceptsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::BatchCreateConcepts,
              CallClass::kWrite, request);
}

absl::StatusOr<v1::Concept> Client::UpdateConcept(v1::UpdateConceptRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::UpdateConcept, CallClass::kWrite,
              request);
}

absl::Status Client::DeleteConcept(v1::DeleteConceptRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::DeleteConcept, CallClass::kWrite,
              request)
      .status();
}

absl::StatusOr<v1::Concept> Client::JoinConcepts(v1::JoinConceptsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::JoinConcepts, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::ListConceptRevisionsResponse> Client::ListConceptRevisions(
    v1::ListConceptRevisionsRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::ListConceptRevisions,
              CallClass::kRead, request);
}

absl::StatusOr<v1::Concept> Client::RestoreConcept(v1::RestoreConceptRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::RestoreConcept, CallClass::kWrite,
              request);
}

absl::Status Client::PurgeConcept(v1::PurgeConceptRequest request) {
  return Call(*connection_, connection_->glossaries(), &Service::PurgeConcept, CallClass::kWrite,
              request)
      .status();
}

}  // namespace sild::client
