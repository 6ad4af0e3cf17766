#pragma once

#include <memory>

#include <absl/status/status.h>
#include <google/protobuf/empty.pb.h>

#include "server/service/api.h"
#include "server/service/call_context.h"
#include "server/service/recognizer_cache.h"
#include "server/service/term_directory_cache.h"
#include "server/storage/store.h"
#include "server/terms/form_expanders.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::service {

// `sild.v1.GlossaryService`: glossaries in `glossary_service.cc`, concepts in `concept_methods.cc`,
// term recognition in `recognize.cc`, forms of terms in `term_forms.cc`, lists and searches of
// terms in `term_search.cc`, proposals and reviews in `term_review.cc`, duplicates in
// `similar_terms.cc`, checks in `term_check.cc` and `document_check.h`, what they set aside in
// `exceptions.cc`, extraction in `term_extraction.cc`, import and export in `concept_import.cc` and
// `concept_export.cc`. Safe for any number of threads. The store must outlive it.
class GlossaryService {
 public:
  // Expanders and cache must outlive it too.
  GlossaryService(storage::Store& store, const terms::FormExpanders& expanders,
                  RecognizerCache& recognizers)
      : store_(store), expanders_(expanders), recognizers_(recognizers) {}

  void AddTo(Api& api);

  absl::Status ListGlossaries(CallContext& call, const v1::ListGlossariesRequest& request,
                              v1::ListGlossariesResponse* response);
  absl::Status GetGlossary(CallContext& call, const v1::GetGlossaryRequest& request,
                           v1::Glossary* response);
  absl::Status CreateGlossary(CallContext& call, const v1::CreateGlossaryRequest& request,
                              v1::Glossary* response);
  absl::Status UpdateGlossary(CallContext& call, const v1::UpdateGlossaryRequest& request,
                              v1::Glossary* response);
  absl::Status DeleteGlossary(CallContext& call, const v1::DeleteGlossaryRequest& request,
                              google::protobuf::Empty* response);

  absl::Status ListConcepts(CallContext& call, const v1::ListConceptsRequest& request,
                            v1::ListConceptsResponse* response);
  absl::Status GetConcept(CallContext& call, const v1::GetConceptRequest& request,
                          v1::Concept* response);
  absl::Status CreateConcept(CallContext& call, const v1::CreateConceptRequest& request,
                             v1::Concept* response);
  absl::Status BatchCreateConcepts(CallContext& call, const v1::BatchCreateConceptsRequest& request,
                                   v1::BatchCreateConceptsResponse* response);
  absl::Status UpdateConcept(CallContext& call, const v1::UpdateConceptRequest& request,
                             v1::Concept* response);
  absl::Status DeleteConcept(CallContext& call, const v1::DeleteConceptRequest& request,
                             google::protobuf::Empty* response);
  absl::Status JoinConcepts(CallContext& call, const v1::JoinConceptsRequest& request,
                            v1::Concept* response);
  absl::Status ListConceptRevisions(CallContext& call,
                                    const v1::ListConceptRevisionsRequest& request,
                                    v1::ListConceptRevisionsResponse* response);
  absl::Status RestoreConcept(CallContext& call, const v1::RestoreConceptRequest& request,
                              v1::Concept* response);
  absl::Status PurgeConcept(CallContext& call, const v1::PurgeConceptRequest& request,
                            google::protobuf::Empty* response);

  absl::Status ListTerms(CallContext& call, const v1::ListTermsRequest& request,
                         v1::ListTermsResponse* response);
  absl::Status SearchTerms(CallContext& call, const v1::SearchTermsRequest& request,
                           v1::SearchTermsResponse* response);
  absl::Status FindSimilarTerms(CallContext& call, const v1::FindSimilarTermsRequest& request,
                                v1::FindSimilarTermsResponse* response);
  absl::Status ProposeTerm(CallContext& call, const v1::ProposeTermRequest& request,
                           v1::Concept* response);
  absl::Status ReviewTerm(CallContext& call, const v1::ReviewTermRequest& request,
                          v1::Concept* response);

  absl::Status ListForms(CallContext& call, const v1::ListFormsRequest& request,
                         v1::ListFormsResponse* response);
  absl::Status PreviewForms(CallContext& call, const v1::PreviewFormsRequest& request,
                            v1::PreviewFormsResponse* response);
  absl::Status ExplainTerm(CallContext& call, const v1::ExplainTermRequest& request,
                           v1::ExplainTermResponse* response);

  absl::Status RecognizeTerms(CallContext& call, const v1::RecognizeTermsRequest& request,
                              v1::RecognizeTermsResponse* response);

  absl::Status CheckTerms(CallContext& call, const v1::CheckTermsRequest& request,
                          v1::CheckTermsResponse* response);
  std::unique_ptr<Stream> CheckDocument();

  absl::Status ListExceptions(CallContext& call, const v1::ListExceptionsRequest& request,
                              v1::ListExceptionsResponse* response);
  absl::Status CreateException(CallContext& call, const v1::CreateExceptionRequest& request,
                               v1::Exception* response);
  absl::Status DeleteException(CallContext& call, const v1::DeleteExceptionRequest& request,
                               google::protobuf::Empty* response);

  std::unique_ptr<Stream> ExtractTerms();

  std::unique_ptr<Stream> ImportConcepts();
  std::unique_ptr<Stream> ExportConcepts();

 private:
  // Fills `response` with a glossary and what is counted in `view`; nothing, if it is gone from
  // there since it was written.
  absl::Status Describe(const storage::View& view, const Glossary& glossary,
                        v1::Glossary* response);

  storage::Store& store_;
  const terms::FormExpanders& expanders_;
  RecognizerCache& recognizers_;
  TermDirectoryCache directories_;
};

}  // namespace sild::service
