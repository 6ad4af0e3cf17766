#pragma once

#include <memory>
#include <ostream>
#include <stop_token>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "include/sild/byte_source.h"
#include "include/sild/client_options.h"
#include "include/sild/transfer.h"
#include "sild/v1/admin_service.pb.h"
#include "sild/v1/glossary_service.pb.h"
#include "sild/v1/match_service.pb.h"
#include "sild/v1/memory_service.pb.h"
#include "sild/v1/watch_service.pb.h"

namespace sild::client {

class Connection;

// A connection to a Sild server. Safe to use from many threads.
//
// Each method that has the name of one in `sild/v1/*_service.proto` sends its request and returns
// its answer or error; the contract is the comment there. Beyond that:
// - A request without a `request_id` gets one, so that all calls can be retried (`RetryPolicy`).
// - What this client has written or seen, it sees from then on (`sild-min-revision`).
// - A failed attempt to reach the server is `Unavailable`, marked for `IsUnreachable`.
class Client {
 public:
  // Checks the options (`InvalidArgument`) and makes ready; the first call connects.
  static absl::StatusOr<Client> Connect(ClientOptions options);

  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;
  Client(Client&&) noexcept;
  Client& operator=(Client&&) noexcept;
  ~Client();

  // The server.
  absl::StatusOr<v1::Stats> GetStats(v1::GetStatsRequest request);

  // Memories.
  absl::StatusOr<v1::ListMemoriesResponse> ListMemories(v1::ListMemoriesRequest request);
  absl::StatusOr<v1::Memory> GetMemory(v1::GetMemoryRequest request);
  absl::StatusOr<v1::Memory> CreateMemory(v1::CreateMemoryRequest request);
  absl::StatusOr<v1::Memory> UpdateMemory(v1::UpdateMemoryRequest request);
  absl::Status DeleteMemory(v1::DeleteMemoryRequest request);

  // Units.
  absl::StatusOr<v1::ListUnitsResponse> ListUnits(v1::ListUnitsRequest request);
  absl::StatusOr<v1::TranslationUnit> GetUnit(v1::GetUnitRequest request);
  absl::StatusOr<v1::TranslationUnit> CreateUnit(v1::CreateUnitRequest request);
  absl::StatusOr<v1::BatchCreateUnitsResponse> BatchCreateUnits(
      v1::BatchCreateUnitsRequest request);
  absl::StatusOr<v1::TranslationUnit> UpdateUnit(v1::UpdateUnitRequest request);
  absl::StatusOr<v1::TranslationUnit> SetVariant(v1::SetVariantRequest request);
  absl::StatusOr<v1::TranslationUnit> RemoveVariant(v1::RemoveVariantRequest request);
  absl::Status DeleteUnit(v1::DeleteUnitRequest request);
  absl::StatusOr<v1::ConfirmSegmentResponse> ConfirmSegment(v1::ConfirmSegmentRequest request);
  absl::StatusOr<v1::ListUnitRevisionsResponse> ListUnitRevisions(
      v1::ListUnitRevisionsRequest request);
  absl::StatusOr<v1::TranslationUnit> RestoreUnit(v1::RestoreUnitRequest request);
  absl::Status PurgeUnit(v1::PurgeUnitRequest request);

  // Matches and terms.
  absl::StatusOr<v1::LookupMatchesResponse> LookupMatches(v1::LookupMatchesRequest request);
  absl::StatusOr<v1::SearchConcordanceResponse> SearchConcordance(
      v1::SearchConcordanceRequest request);
  absl::StatusOr<v1::RecognizeTermsResponse> RecognizeTerms(v1::RecognizeTermsRequest request);
  absl::StatusOr<v1::ListFormsResponse> ListForms(v1::ListFormsRequest request);
  absl::StatusOr<v1::PreviewFormsResponse> PreviewForms(v1::PreviewFormsRequest request);
  absl::StatusOr<v1::ExplainTermResponse> ExplainTerm(v1::ExplainTermRequest request);
  absl::StatusOr<v1::ListTermsResponse> ListTerms(v1::ListTermsRequest request);
  absl::StatusOr<v1::SearchTermsResponse> SearchTerms(v1::SearchTermsRequest request);
  absl::StatusOr<v1::FindSimilarTermsResponse> FindSimilarTerms(
      v1::FindSimilarTermsRequest request);
  absl::StatusOr<v1::Concept> ProposeTerm(v1::ProposeTermRequest request);
  absl::StatusOr<v1::Concept> ReviewTerm(v1::ReviewTermRequest request);

  // Glossaries.
  absl::StatusOr<v1::ListGlossariesResponse> ListGlossaries(v1::ListGlossariesRequest request);
  absl::StatusOr<v1::Glossary> GetGlossary(v1::GetGlossaryRequest request);
  absl::StatusOr<v1::Glossary> CreateGlossary(v1::CreateGlossaryRequest request);
  absl::StatusOr<v1::Glossary> UpdateGlossary(v1::UpdateGlossaryRequest request);
  absl::Status DeleteGlossary(v1::DeleteGlossaryRequest request);

  // Concepts.
  absl::StatusOr<v1::ListConceptsResponse> ListConcepts(v1::ListConceptsRequest request);
  absl::StatusOr<v1::Concept> GetConcept(v1::GetConceptRequest request);
  absl::StatusOr<v1::Concept> CreateConcept(v1::CreateConceptRequest request);
  absl::StatusOr<v1::BatchCreateConceptsResponse> BatchCreateConcepts(
      v1::BatchCreateConceptsRequest request);
  absl::StatusOr<v1::Concept> UpdateConcept(v1::UpdateConceptRequest request);
  absl::Status DeleteConcept(v1::DeleteConceptRequest request);
  absl::StatusOr<v1::Concept> JoinConcepts(v1::JoinConceptsRequest request);
  absl::StatusOr<v1::ListConceptRevisionsResponse> ListConceptRevisions(
      v1::ListConceptRevisionsRequest request);
  absl::StatusOr<v1::Concept> RestoreConcept(v1::RestoreConceptRequest request);
  absl::Status PurgeConcept(v1::PurgeConceptRequest request);

  // Checks of terms, and what they set aside.
  absl::StatusOr<v1::CheckTermsResponse> CheckTerms(v1::CheckTermsRequest request);
  absl::StatusOr<v1::ListExceptionsResponse> ListExceptions(v1::ListExceptionsRequest request);
  absl::StatusOr<v1::Exception> CreateException(v1::CreateExceptionRequest request);
  absl::Status DeleteException(v1::DeleteExceptionRequest request);

  // Checks a file, whose format `config` must name, calling `on_check` with each answer. Returns
  // the last one with all issues. A stream that breaks is not tried again, for findings have been
  // given to `on_check`.
  absl::StatusOr<v1::CheckDocumentResponse> CheckDocument(v1::CheckDocumentRequest::Config config,
                                                          ByteSource& file, OnCheck on_check);

  // Sends a file and returns what became of it; units that could not be stored are issues of the
  // result, not an error. If the stream breaks, the file is sent again from its start, which
  // changes nothing that is stored already; fails with `Unavailable` if `file` cannot be rewound
  // then. An `import_id` is made if `config` has none. A failure to read `file` ends the import
  // with that error; what was stored before stays, unless `all_or_nothing`.
  absl::StatusOr<UnitImportResult> ImportUnits(v1::ImportUnitsRequest::Config config,
                                               ByteSource& file, OnUnitImport on_progress);
  absl::StatusOr<ConceptImportResult> ImportConcepts(v1::ImportConceptsRequest::Config config,
                                                     ByteSource& file, OnConceptImport on_progress);

  // Writes the file to `out` and returns the last answer without its chunk, calling `on_progress`
  // with each. Only a stream that breaks before the first byte is tried again: on failure `out`
  // may hold a part of the file. Fails with `DataLoss` if `out` does.
  absl::StatusOr<v1::ExportUnitsResponse> ExportUnits(
      v1::ExportUnitsRequest request, std::ostream& out,
      absl::FunctionRef<void(const v1::ExportUnitsResponse&)> on_progress);
  absl::StatusOr<v1::ExportConceptsResponse> ExportConcepts(
      v1::ExportConceptsRequest request, std::ostream& out,
      absl::FunctionRef<void(const v1::ExportConceptsResponse&)> on_progress);

  // Calls `on_response` with each message, in order. Only a stream that breaks before the first is
  // tried again.
  absl::Status ExtractTerms(v1::ExtractTermsRequest request,
                            absl::FunctionRef<void(const v1::ExtractTermsResponse&)> on_response);

  // Calls `on_message` with what the server sends, in order, until it returns false or the server
  // ends the stream (both `OkStatus`), or `stop` is requested (`Cancelled`). A broken stream is
  // resumed after the last revision seen, so that nothing is missed; of a write that came in
  // several messages the first ones may come twice.
  absl::Status WatchChanges(v1::WatchChangesRequest request,
                            absl::FunctionRef<bool(const v1::WatchChangesResponse&)> on_message,
                            const std::stop_token& stop = {});

 private:
  explicit Client(std::unique_ptr<Connection> connection);

  std::unique_ptr<Connection> connection_;
};

// Whether a call failed because the server could not be reached, and not because of its answer.
bool IsUnreachable(const absl::Status& status);

}  // namespace sild::client
