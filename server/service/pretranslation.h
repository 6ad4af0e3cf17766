#pragma once

#include <cstddef>
#include <optional>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/service/api.h"
#include "server/service/match_search.h"
#include "server/storage/store.h"
#include "sild/v1/match_service.pb.h"

namespace sild::service {

// One call of `PretranslateSegments`: looks up one batch after another and sends the best match of
// each segment. A batch is read when all of the one before has been sent.
class Pretranslation : public Stream {
 public:
  // The store must outlive the object.
  explicit Pretranslation(storage::Store& store) : store_(store) {}

  absl::Status OnRequest(CallContext& call, const google::protobuf::Message& message) override;
  bool wants_request() const override { return next_ == found_.results.size(); }
  absl::Status OnRequestsDone(CallContext& call) override;
  absl::StatusOr<State> Next(CallContext& call, google::protobuf::Message* response) override;

 private:
  storage::Store& store_;
  std::optional<v1::LookupMatchesRequest> lookup_;  // What is asked for each batch.
  FoundMatches found_;                              // Of the batch at hand.
  std::size_t next_ = 0;                            // Its next segment to answer.
  bool is_last_ = false;
};

}  // namespace sild::service
