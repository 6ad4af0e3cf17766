#include "tests/client/fake_server.h"

#include <grpcpp/security/server_credentials.h>
#include <grpcpp/server_builder.h>

namespace sild::test {
namespace {

template <typename Request, typename Response>
grpc::Status Answer(const Method<Request, Response>& method, grpc::ServerContext* context,
                    const Request* request, Response* response) {
  return method ? method(*context, *request, *response)
                : grpc::Status(grpc::StatusCode::UNIMPLEMENTED, "not scripted");
}

class FakeAdminService : public v1::AdminService::Service {
 public:
  explicit FakeAdminService(const FakeMethods& methods) : methods_(methods) {}

  grpc::Status GetStats(grpc::ServerContext* context, const v1::GetStatsRequest* request,
                        v1::Stats* response) override {
    return Answer(methods_.get_stats, context, request, response);
  }

 private:
  const FakeMethods& methods_;
};

class FakeMemoryService : public v1::MemoryService::Service {
 public:
  explicit FakeMemoryService(const FakeMethods& methods) : methods_(methods) {}

  grpc::Status ListMemories(grpc::ServerContext* context, const v1::ListMemoriesRequest* request,
                            v1::ListMemoriesResponse* response) override {
    return Answer(methods_.list_memories, context, request, response);
  }
  grpc::Status GetMemory(grpc::ServerContext* context, const v1::GetMemoryRequest* request,
                         v1::Memory* response) override {
    return Answer(methods_.get_memory, context, request, response);
  }
  grpc::Status CreateMemory(grpc::ServerContext* context, const v1::CreateMemoryRequest* request,
                            v1::Memory* response) override {
    return Answer(methods_.create_memory, context, request, response);
  }
  grpc::Status UpdateMemory(grpc::ServerContext* context, const v1::UpdateMemoryRequest* request,
                            v1::Memory* response) override {
    return Answer(methods_.update_memory, context, request, response);
  }
  grpc::Status DeleteMemory(grpc::ServerContext* context, const v1::DeleteMemoryRequest* request,
                            google::protobuf::Empty* response) override {
    return Answer(methods_.delete_memory, context, request, response);
  }
  grpc::Status ListUnits(grpc::ServerContext* context, const v1::ListUnitsRequest* request,
                         v1::ListUnitsResponse* response) override {
    return Answer(methods_.list_units, context, request, response);
  }
  grpc::Status GetUnit(grpc::ServerContext* context, const v1::GetUnitRequest* request,
                       v1::TranslationUnit* response) override {
    return Answer(methods_.get_unit, context, request, response);
  }
  grpc::Status CreateUnit(grpc::ServerContext* context, const v1::CreateUnitRequest* request,
                          v1::TranslationUnit* response) override {
    return Answer(methods_.create_unit, context, request, response);
  }
  grpc::Status UpdateUnit(grpc::ServerContext* context, const v1::UpdateUnitRequest* request,
                          v1::TranslationUnit* response) override {
    return Answer(methods_.update_unit, context, request, response);
  }
  grpc::Status SetVariant(grpc::ServerContext* context, const v1::SetVariantRequest* request,
                          v1::TranslationUnit* response) override {
    return Answer(methods_.set_variant, context, request, response);
  }
  grpc::Status ConfirmSegment(grpc::ServerContext* context,
                              const v1::ConfirmSegmentRequest* request,
                              v1::ConfirmSegmentResponse* response) override {
    return Answer(methods_.confirm_segment, context, request, response);
  }
  grpc::Status DeleteUnit(grpc::ServerContext* context, const v1::DeleteUnitRequest* request,
                          google::protobuf::Empty* response) override {
    return Answer(methods_.delete_unit, context, request, response);
  }
  grpc::Status ListUnitRevisions(grpc::ServerContext* context,
                                 const v1::ListUnitRevisionsRequest* request,
                                 v1::ListUnitRevisionsResponse* response) override {
    return Answer(methods_.list_unit_revisions, context, request, response);
  }
  grpc::Status RestoreUnit(grpc::ServerContext* context, const v1::RestoreUnitRequest* request,
                           v1::TranslationUnit* response) override {
    return Answer(methods_.restore_unit, context, request, response);
  }
  grpc::Status ImportUnits(
      grpc::ServerContext* context,
      grpc::ServerReaderWriter<v1::ImportUnitsResponse, v1::ImportUnitsRequest>* stream) override {
    return methods_.import_units(*context, *stream);
  }
  grpc::Status ExportUnits(grpc::ServerContext* context, const v1::ExportUnitsRequest* request,
                           grpc::ServerWriter<v1::ExportUnitsResponse>* stream) override {
    return methods_.export_units(*context, *request, *stream);
  }

 private:
  const FakeMethods& methods_;
};

class FakeGlossaryService : public v1::GlossaryService::Service {
 public:
  explicit FakeGlossaryService(const FakeMethods& methods) : methods_(methods) {}

  grpc::Status GetGlossary(grpc::ServerContext* context, const v1::GetGlossaryRequest* request,
                           v1::Glossary* response) override {
    return Answer(methods_.get_glossary, context, request, response);
  }
  grpc::Status UpdateGlossary(grpc::ServerContext* context,
                              const v1::UpdateGlossaryRequest* request,
                              v1::Glossary* response) override {
    return Answer(methods_.update_glossary, context, request, response);
  }
  grpc::Status CreateConcept(grpc::ServerContext* context, const v1::CreateConceptRequest* request,
                             v1::Concept* response) override {
    return Answer(methods_.create_concept, context, request, response);
  }
  grpc::Status UpdateConcept(grpc::ServerContext* context, const v1::UpdateConceptRequest* request,
                             v1::Concept* response) override {
    return Answer(methods_.update_concept, context, request, response);
  }
  grpc::Status JoinConcepts(grpc::ServerContext* context, const v1::JoinConceptsRequest* request,
                            v1::Concept* response) override {
    return Answer(methods_.join_concepts, context, request, response);
  }
  grpc::Status GetConcept(grpc::ServerContext* context, const v1::GetConceptRequest* request,
                          v1::Concept* response) override {
    return Answer(methods_.get_concept, context, request, response);
  }
  grpc::Status ListForms(grpc::ServerContext* context, const v1::ListFormsRequest* request,
                         v1::ListFormsResponse* response) override {
    return Answer(methods_.list_forms, context, request, response);
  }
  grpc::Status PreviewForms(grpc::ServerContext* context, const v1::PreviewFormsRequest* request,
                            v1::PreviewFormsResponse* response) override {
    return Answer(methods_.preview_forms, context, request, response);
  }
  grpc::Status ExplainTerm(grpc::ServerContext* context, const v1::ExplainTermRequest* request,
                           v1::ExplainTermResponse* response) override {
    return Answer(methods_.explain_term, context, request, response);
  }
  grpc::Status ListTerms(grpc::ServerContext* context, const v1::ListTermsRequest* request,
                         v1::ListTermsResponse* response) override {
    return Answer(methods_.list_terms, context, request, response);
  }
  grpc::Status SearchTerms(grpc::ServerContext* context, const v1::SearchTermsRequest* request,
                           v1::SearchTermsResponse* response) override {
    return Answer(methods_.search_terms, context, request, response);
  }
  grpc::Status FindSimilarTerms(grpc::ServerContext* context,
                                const v1::FindSimilarTermsRequest* request,
                                v1::FindSimilarTermsResponse* response) override {
    return Answer(methods_.find_similar_terms, context, request, response);
  }
  grpc::Status ProposeTerm(grpc::ServerContext* context, const v1::ProposeTermRequest* request,
                           v1::Concept* response) override {
    return Answer(methods_.propose_term, context, request, response);
  }
  grpc::Status ReviewTerm(grpc::ServerContext* context, const v1::ReviewTermRequest* request,
                          v1::Concept* response) override {
    return Answer(methods_.review_term, context, request, response);
  }
  grpc::Status RecognizeTerms(grpc::ServerContext* context,
                              const v1::RecognizeTermsRequest* request,
                              v1::RecognizeTermsResponse* response) override {
    return Answer(methods_.recognize_terms, context, request, response);
  }
  grpc::Status ListExceptions(grpc::ServerContext* context,
                              const v1::ListExceptionsRequest* request,
                              v1::ListExceptionsResponse* response) override {
    return Answer(methods_.list_exceptions, context, request, response);
  }
  grpc::Status CreateException(grpc::ServerContext* context,
                               const v1::CreateExceptionRequest* request,
                               v1::Exception* response) override {
    return Answer(methods_.create_exception, context, request, response);
  }
  grpc::Status DeleteException(grpc::ServerContext* context,
                               const v1::DeleteExceptionRequest* request,
                               google::protobuf::Empty* response) override {
    return Answer(methods_.delete_exception, context, request, response);
  }
  grpc::Status CheckDocument(grpc::ServerContext* context,
                             grpc::ServerReaderWriter<v1::CheckDocumentResponse,
                                                      v1::CheckDocumentRequest>* stream) override {
    return methods_.check_document(*context, *stream);
  }
  grpc::Status ExtractTerms(grpc::ServerContext* context, const v1::ExtractTermsRequest* request,
                            grpc::ServerWriter<v1::ExtractTermsResponse>* stream) override {
    return methods_.extract_terms(*context, *request, *stream);
  }

 private:
  const FakeMethods& methods_;
};

class FakeMatchService : public v1::MatchService::Service {
 public:
  explicit FakeMatchService(const FakeMethods& methods) : methods_(methods) {}

  grpc::Status LookupMatches(grpc::ServerContext* context, const v1::LookupMatchesRequest* request,
                             v1::LookupMatchesResponse* response) override {
    return Answer(methods_.lookup_matches, context, request, response);
  }

  grpc::Status SearchConcordance(grpc::ServerContext* context,
                                 const v1::SearchConcordanceRequest* request,
                                 v1::SearchConcordanceResponse* response) override {
    return Answer(methods_.search_concordance, context, request, response);
  }

 private:
  const FakeMethods& methods_;
};

class FakeWatchService : public v1::WatchService::Service {
 public:
  explicit FakeWatchService(const FakeMethods& methods) : methods_(methods) {}

  grpc::Status WatchChanges(grpc::ServerContext* context, const v1::WatchChangesRequest* request,
                            grpc::ServerWriter<v1::WatchChangesResponse>* stream) override {
    return methods_.watch_changes(*context, *request, *stream);
  }

 private:
  const FakeMethods& methods_;
};

}  // namespace

struct FakeServer::Services {
  explicit Services(const FakeMethods& methods)
      : admin(methods),
        memories(methods),
        glossaries(methods),
        matches(methods),
        changes(methods) {}

  FakeAdminService admin;
  FakeMemoryService memories;
  FakeGlossaryService glossaries;
  FakeMatchService matches;
  FakeWatchService changes;
};

FakeServer::FakeServer(const std::string& address)
    : address_(address), services_(std::make_unique<Services>(methods)) {
  int port = 0;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials(), &port);
  builder.RegisterService(&services_->admin);
  builder.RegisterService(&services_->memories);
  builder.RegisterService(&services_->glossaries);
  builder.RegisterService(&services_->matches);
  builder.RegisterService(&services_->changes);
  server_ = builder.BuildAndStart();
  if (address.ends_with(":0")) {
    address_ = address.substr(0, address.size() - 1) + std::to_string(port);
  }
}

FakeServer::~FakeServer() { server_->Shutdown(std::chrono::system_clock::now()); }

std::string MetadataOf(const grpc::ServerContext& context, const std::string& key) {
  const auto found = context.client_metadata().find(key);
  return found == context.client_metadata().end()
             ? ""
             : std::string(found->second.data(), found->second.size());
}

}  // namespace sild::test
