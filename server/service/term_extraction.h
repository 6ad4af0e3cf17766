#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/service/api.h"
#include "server/service/recognizer_cache.h"
#include "server/storage/store.h"
#include "server/terms/extract.h"
#include "server/terms/form_expanders.h"
#include "sild/v1/glossary_service.pb.h"

namespace sild::service {

// One call of `ExtractTerms`: reads all of the corpus with the first answer, keeps its words as
// numbers, and sends the candidates in messages of a bounded size. The texts of examples are read
// again when they are sent.
class TermExtraction : public Stream {
 public:
  // All must outlive the object.
  TermExtraction(storage::Store& store, const terms::FormExpanders& expanders,
                 RecognizerCache& recognizers)
      : store_(store), expanders_(expanders), recognizers_(recognizers) {}

  absl::Status OnRequest(CallContext& call, const google::protobuf::Message& message) override;
  absl::Status OnRequestsDone(CallContext& call) override;
  absl::StatusOr<State> Next(CallContext& call, google::protobuf::Message* response) override;

 private:
  absl::Status ReadRequest();
  absl::Status ReadCorpusName();
  absl::Status ReadGlossaries();
  absl::Status ReadText(CallContext& call, terms::TermExtractor& extractor);
  absl::Status ReadMemory(CallContext& call, terms::TermExtractor& extractor);
  absl::Status Extract(CallContext& call);
  absl::Status MarkKnown(CallContext& call, std::size_t wanted);
  std::vector<std::string> KnownConcepts(const terms::Recognizer& recognizer,
                                         const std::string& text) const;
  absl::Status Fill(std::size_t index, v1::ExtractTermsResponse::Candidate& candidate) const;
  absl::Status FillExample(const terms::CandidateExample& example,
                           v1::ExtractTermsResponse::Example& out) const;

  storage::Store& store_;
  const terms::FormExpanders& expanders_;
  RecognizerCache& recognizers_;

  // What is asked.
  std::optional<v1::ExtractTermsRequest> request_;
  std::shared_ptr<const storage::View> view_;  // Shared with the store: no other is read.
  LanguageTag language_;
  LanguageTag target_language_;  // Empty: none.
  MemoryName memory_;
  std::vector<GlossaryName> glossaries_;

  // What was found.
  bool is_extracted_ = false;
  std::vector<std::string> unit_ids_;  // By segment of the extractor; empty of `text`.
  std::size_t segment_count_ = 0;
  terms::Extraction found_;
  std::vector<std::vector<std::string>> known_;  // Names of concepts, by candidate.
  std::size_t next_ = 0;                         // The next candidate to send.
  bool has_answered_ = false;
};

}  // namespace sild::service
