#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>

#include "server/formats/pairs.h"
#include "server/service/api.h"
#include "server/service/term_check.h"

namespace sild::service {

// One call of `CheckDocument`: checks one batch or chunk after another, and sends what it finds.
// The next one is read when all of the one before has been sent, and a chunk is unfolded bit by
// bit and no pair checked while there is an answer to send, so that a document of any size and form
// takes little memory.
class DocumentCheck : public Stream, private formats::PairSink {
 public:
  explicit DocumentCheck(const CheckResources& resources) : resources_(resources) {}

  absl::Status OnRequest(CallContext& call, const google::protobuf::Message& message) override;
  bool wants_request() const override {
    return ready_.empty() && pending_.empty() && chunk_at_ == chunk_.size();
  }
  absl::Status OnRequestsDone(CallContext& call) override;
  absl::StatusOr<State> Next(CallContext& call, google::protobuf::Message* response) override;

 private:
  absl::Status Start(CallContext& call, const v1::CheckDocumentRequest::Config& config);
  absl::Status CheckBatch(CallContext& call, const v1::CheckDocumentRequest::Batch& batch);

  absl::Status OnPair(formats::ParsedPair pair) override;
  void OnIssue(formats::Issue issue) override;

  // Checks what was read, reads on in the chunk, or ends the document, until there is something to
  // send or nothing to do.
  void Work(CallContext& call);

  // Reads a little more of the file. Returns whether there was something to read.
  bool ReadOn();

  // Ends the check before the document ends; what was read before is still checked.
  void Fail(absl::Status status);

  void Check(const formats::ParsedPair& pair);

  // Adds what was found to the answer, and sends that each time it is much.
  void Take(TermCheck::Findings found);

  // Makes what was found an answer, if it is much or `all` is to go.
  void Pack(bool all);

  const CheckResources resources_;
  std::unique_ptr<TermCheck> check_;
  std::unique_ptr<formats::FileReader> reader_;  // Null: segments are sent.
  std::string chunk_;
  std::size_t chunk_at_ = 0;                 // What is before it has been read.
  std::deque<formats::ParsedPair> pending_;  // Read, but not checked yet. They have targets.
  v1::CheckDocumentResponse open_;           // What was found and is in no answer yet...
  std::size_t packed_findings_ = 0;          // ...of which so many findings have been weighed,
  std::size_t open_bytes_ = 0;               // with this result.
  std::deque<v1::CheckDocumentResponse> ready_;
  std::int64_t issue_count_ = 0;
  std::optional<absl::Status> failure_;  // Why it ends before the document does.
  bool is_last_ = false;                 // No request comes any more.
  bool is_read_ = false;                 // Nor anything from the reader.
  bool is_finished_ = false;
};

// Reads a pair, which must have a target.
absl::StatusOr<formats::ParsedPair> FromProto(const v1::SegmentPair& pair);

}  // namespace sild::service
