#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/model/try.h"
#include "server/service/api.h"
#include "server/service/limits.h"
#include "server/service/store_access.h"

namespace sild::service {

// The stream of an export, of units or of concepts: one request, then the file in chunks, all of
// one view. It reads on only when the client has taken the chunk before.
template <typename Request, typename Response>
class FileExport : public Stream {
 public:
  explicit FileExport(storage::Store& store) : store_(store) {}

  absl::Status OnRequest(CallContext& call, const google::protobuf::Message& message) final {
    if (view_ != nullptr) {
      return absl::InvalidArgumentError("an export takes one request");
    }
    SILD_TRY(view_, ReadView(store_, call));
    SILD_CHECK_OK(Start(static_cast<const Request&>(message)));
    has_more_ = true;
    return absl::OkStatus();
  }

  absl::Status OnRequestsDone(CallContext& /*call*/) final {
    return view_ != nullptr ? absl::OkStatus()
                            : absl::InvalidArgumentError("a request is required");
  }

  absl::StatusOr<State> Next(CallContext& call, google::protobuf::Message* message) final {
    if (view_ == nullptr) {
      return State::kWaiting;
    }
    while (has_more_ && out_.size() < kFullChunkBytes) {
      SILD_TRY(has_more_, Fill(call));
      if (call.cancelled) {
        return absl::CancelledError("the client went away");
      }
    }
    if (out_.empty()) {
      return State::kDone;
    }
    auto& response = static_cast<Response&>(*message);
    const std::size_t size = std::min(out_.size(), kMaxChunkBytes);
    response.set_chunk(out_.substr(0, size));
    out_.erase(0, size);
    response.set_revision(view_->revision().value);
    Describe(response);
    return State::kMessage;
  }

 protected:
  static constexpr std::size_t kFullChunkBytes = kMaxChunkBytes / 2;

  // Checks the request and begins the file in `out_`.
  virtual absl::Status Start(const Request& request) = 0;

  // Writes what comes next to `out_`, until that has about `kFullChunkBytes` or the file is whole.
  // Returns whether there is more.
  virtual absl::StatusOr<bool> Fill(CallContext& call) = 0;

  // Adds the counts to a message.
  virtual void Describe(Response& response) = 0;

  const storage::View& view() const { return *view_; }

  std::string out_;

 private:
  storage::Store& store_;
  std::shared_ptr<const storage::View> view_;
  bool has_more_ = false;
};

}  // namespace sild::service
