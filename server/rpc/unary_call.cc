#include "server/rpc/unary_call.h"

#include <memory>
#include <utility>

#include <absl/status/status.h>

#include "server/model/try.h"
#include "server/rpc/call_log.h"
#include "server/rpc/call_metadata.h"
#include "server/rpc/message_codec.h"
#include "server/rpc/status.h"
#include "server/service/call_context.h"

namespace sild::rpc {
namespace {

class UnaryCall : public grpc::ServerGenericBidiReactor {
 public:
  UnaryCall(grpc::GenericCallbackServerContext& context, const service::Method& method,
            WorkerPool& pool)
      : context_(context), method_(method), pool_(pool), log_(context.method()) {
    ReadMetadata(context, call_);
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    if (!ok) {
      End(absl::InvalidArgumentError("a request is required"));
    } else if (!pool_.TrySubmit([this] { Run(); })) {
      End(absl::ResourceExhaustedError("too many calls are waiting; try again a little later"));
    }
  }

  void OnCancel() override { call_.cancelled = true; }
  void OnDone() override { delete this; }

 private:
  // The object may be gone when this returns.
  void Run() {
    const absl::Status status =
        call_.cancelled ? absl::CancelledError("the client went away") : Answer();
    WriteMetadata(call_, context_);
    if (!status.ok()) {
      End(status);
      return;
    }
    log_.Write(status, call_.actor);
    StartWriteAndFinish(&response_, grpc::WriteOptions(), grpc::Status::OK);
  }

  absl::Status Answer() {
    SILD_TRY(const auto request, ParseMessage(*method_.request, request_));
    request_.Clear();
    const std::unique_ptr<google::protobuf::Message> response(method_.response->New());
    SILD_CHECK_OK(method_.unary(call_, *request, response.get()));
    return SerializeMessage(*response, response_);
  }

  void End(const absl::Status& status) {
    log_.Write(status, call_.actor);
    Finish(ToGrpc(status));
  }

  grpc::GenericCallbackServerContext& context_;
  const service::Method& method_;
  WorkerPool& pool_;
  CallLog log_;
  service::CallContext call_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
};

}  // namespace

grpc::ServerGenericBidiReactor* NewUnaryCall(grpc::GenericCallbackServerContext& context,
                                             const service::Method& method, WorkerPool& pool) {
  return new UnaryCall(context, method, pool);
}

}  // namespace sild::rpc
