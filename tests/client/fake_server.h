#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <grpcpp/server.h>
#include <grpcpp/server_context.h>

#include "sild/v1/admin_service.grpc.pb.h"
#include "sild/v1/glossary_service.grpc.pb.h"
#include "sild/v1/match_service.grpc.pb.h"
#include "sild/v1/memory_service.grpc.pb.h"
#include "sild/v1/watch_service.grpc.pb.h"

namespace sild::test {

// What a fake method does. One that is not set answers `UNIMPLEMENTED`.
template <typename Request, typename Response>
using Method = std::function<grpc::Status(grpc::ServerContext&, const Request&, Response&)>;

template <typename Request, typename Response>
using ImportMethod =
    std::function<grpc::Status(grpc::ServerContext&, grpc::ServerReaderWriter<Response, Request>&)>;

template <typename Request, typename Response>
using StreamMethod = std::function<grpc::Status(grpc::ServerContext&, const Request&,
                                                grpc::ServerWriter<Response>&)>;

// The methods that tests script. Set them before calls.
struct FakeMethods {
  Method<v1::GetStatsRequest, v1::Stats> get_stats;
  Method<v1::ListMemoriesRequest, v1::ListMemoriesResponse> list_memories;
  Method<v1::GetMemoryRequest, v1::Memory> get_memory;
  Method<v1::CreateMemoryRequest, v1::Memory> create_memory;
  Method<v1::UpdateMemoryRequest, v1::Memory> update_memory;
  Method<v1::DeleteMemoryRequest, google::protobuf::Empty> delete_memory;
  Method<v1::ListUnitsRequest, v1::ListUnitsResponse> list_units;
  Method<v1::GetUnitRequest, v1::TranslationUnit> get_unit;
  Method<v1::CreateUnitRequest, v1::TranslationUnit> create_unit;
  Method<v1::UpdateUnitRequest, v1::TranslationUnit> update_unit;
  Method<v1::SetVariantRequest, v1::TranslationUnit> set_variant;
  Method<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse> confirm_segment;
  Method<v1::DeleteUnitRequest, google::protobuf::Empty> delete_unit;
  Method<v1::ListUnitRevisionsRequest, v1::ListUnitRevisionsResponse> list_unit_revisions;
  Method<v1::RestoreUnitRequest, v1::TranslationUnit> restore_unit;
  ImportMethod<v1::ImportUnitsRequest, v1::ImportUnitsResponse> import_units;
  StreamMethod<v1::ExportUnitsRequest, v1::ExportUnitsResponse> export_units;
  Method<v1::GetGlossaryRequest, v1::Glossary> get_glossary;
  Method<v1::UpdateGlossaryRequest, v1::Glossary> update_glossary;
  Method<v1::CreateConceptRequest, v1::Concept> create_concept;
  Method<v1::UpdateConceptRequest, v1::Concept> update_concept;
  Method<v1::JoinConceptsRequest, v1::Concept> join_concepts;
  Method<v1::RecognizeTermsRequest, v1::RecognizeTermsResponse> recognize_terms;
  StreamMethod<v1::ExtractTermsRequest, v1::ExtractTermsResponse> extract_terms;
  Method<v1::GetConceptRequest, v1::Concept> get_concept;
  Method<v1::ListFormsRequest, v1::ListFormsResponse> list_forms;
  Method<v1::PreviewFormsRequest, v1::PreviewFormsResponse> preview_forms;
  Method<v1::ExplainTermRequest, v1::ExplainTermResponse> explain_term;
  Method<v1::ListTermsRequest, v1::ListTermsResponse> list_terms;
  Method<v1::SearchTermsRequest, v1::SearchTermsResponse> search_terms;
  Method<v1::FindSimilarTermsRequest, v1::FindSimilarTermsResponse> find_similar_terms;
  Method<v1::ProposeTermRequest, v1::Concept> propose_term;
  Method<v1::ReviewTermRequest, v1::Concept> review_term;
  Method<v1::LookupMatchesRequest, v1::LookupMatchesResponse> lookup_matches;
  Method<v1::SearchConcordanceRequest, v1::SearchConcordanceResponse> search_concordance;
  Method<v1::ListExceptionsRequest, v1::ListExceptionsResponse> list_exceptions;
  Method<v1::CreateExceptionRequest, v1::Exception> create_exception;
  Method<v1::DeleteExceptionRequest, google::protobuf::Empty> delete_exception;
  ImportMethod<v1::CheckDocumentRequest, v1::CheckDocumentResponse> check_document;
  StreamMethod<v1::WatchChangesRequest, v1::WatchChangesResponse> watch_changes;
};

// A server in this process, on a port of its own, that does what `methods` say.
class FakeServer {
 public:
  // Listens on a free port, or on `address` if it is given.
  explicit FakeServer(const std::string& address = "127.0.0.1:0");
  ~FakeServer();
  FakeServer(const FakeServer&) = delete;
  FakeServer& operator=(const FakeServer&) = delete;

  // Where a client finds it.
  const std::string& address() const { return address_; }

  FakeMethods methods;

 private:
  struct Services;

  std::string address_;
  const std::unique_ptr<Services> services_;
  std::unique_ptr<grpc::Server> server_;
};

// The value that a call carries under `key` in its metadata. Empty: none.
std::string MetadataOf(const grpc::ServerContext& context, const std::string& key);

}  // namespace sild::test
