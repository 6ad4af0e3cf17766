#include "server/rpc/stream_call.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include <absl/status/status.h>

#include "server/rpc/call_log.h"
#include "server/rpc/call_metadata.h"
#include "server/rpc/message_codec.h"
#include "server/rpc/status.h"
#include "server/service/call_context.h"

namespace sild::rpc {
namespace {

constexpr std::chrono::seconds kTick{10};
constexpr auto kNever = std::chrono::steady_clock::time_point::max();

}  // namespace

// Events from gRPC and from the store set flags; one task at a time on the pool works them off. So
// the stream's methods never overlap, and a call that waits holds no thread.
class StreamCall : public grpc::ServerGenericBidiReactor,
                   public std::enable_shared_from_this<StreamCall> {
 public:
  StreamCall(grpc::GenericCallbackServerContext& context, const service::Method& method,
             WorkerPool& pool, OpenStreams& streams)
      : context_(context),
        method_(method),
        pool_(pool),
        streams_(streams),
        log_(context.method()),
        stream_(method.stream()),
        is_endless_(stream_->is_endless()) {
    ReadMetadata(context, call_);
    call_.wake = [this] { Wake(); };
  }

  // Begins the call, which keeps itself alive until `OnDone`.
  void Begin() {
    self_ = shared_from_this();
    streams_.Add(this);
    StartRead(&request_);
  }

  void OnReadDone(bool ok) override {
    Note([this, ok] { (ok ? has_request_ : has_all_requests_) = true; });
  }

  void OnWriteDone(bool ok) override {
    Note([this, ok] {
      is_writing_ = false;
      may_answer_ = true;
      if (!ok) {
        call_.cancelled = true;
      }
    });
  }

  void OnCancel() override {
    Note([this] { call_.cancelled = true; });
  }

  void OnDone() override {
    streams_.Remove(this);
    self_.reset();  // A task that still runs holds the object a little longer.
  }

  void Wake() {
    Note([this] { may_answer_ = true; });
  }

  bool is_endless() const { return is_endless_; }

  void EndForShutdown() {
    Note([this] { is_shutting_down_ = true; });
  }

 private:
  enum class Step { kNone, kRequest, kRequestsDone, kAnswer, kLeave, kShutDown };

  // Sets flags by `change` and sees that somebody works them off.
  template <typename Change>
  void Note(Change change) {
    const std::shared_ptr<StreamCall> self = weak_from_this().lock();
    if (self == nullptr) {
      return;  // The store woke a call that is just going away.
    }
    {
      const std::lock_guard lock(mutex_);
      change();
      if (is_working_ || is_over_) {
        return;
      }
      is_working_ = true;
    }
    pool_.Submit([self] { self->Work(); });
  }

  Step NextStep() {
    const std::lock_guard lock(mutex_);
    Step step = Step::kNone;
    if (is_over_) {
      step = Step::kNone;
    } else if (call_.cancelled) {
      step = Step::kLeave;
    } else if (is_shutting_down_) {
      step = Step::kShutDown;
    } else if (std::exchange(has_request_, false)) {
      step = Step::kRequest;
    } else if (!is_writing_ && std::exchange(may_answer_, false)) {
      step = Step::kAnswer;
    } else if (std::exchange(has_all_requests_, false)) {
      step = Step::kRequestsDone;
    }
    is_working_ = step != Step::kNone;
    return step;
  }

  void Work() {
    for (Step step = NextStep(); step != Step::kNone; step = NextStep()) {
      switch (step) {
        case Step::kRequest:
          TakeRequest();
          break;
        case Step::kRequestsDone:
          Expect(stream_->OnRequestsDone(call_));
          Wake();
          break;
        case Step::kAnswer:
          Answer();
          ReadIfWanted();
          break;
        case Step::kLeave:
          End(absl::CancelledError("the client went away"));
          break;
        case Step::kShutDown:
          End(absl::UnavailableError("the server is shutting down; connect again later"));
          break;
        case Step::kNone:
          break;
      }
    }
  }

  void TakeRequest() {
    const auto request = ParseMessage(*method_.request, request_);
    request_.Clear();
    const absl::Status status =
        request.ok() ? stream_->OnRequest(call_, **request) : request.status();
    Wake();
    if (Expect(status)) {
      is_read_due_ = true;
      ReadIfWanted();
    }
  }

  void ReadIfWanted() {
    if (is_read_due_ && stream_ != nullptr && stream_->wants_request()) {
      is_read_due_ = false;
      StartRead(&request_);
    }
  }

  void Answer() {
    const std::unique_ptr<google::protobuf::Message> response(method_.response->New());
    const absl::StatusOr<service::Stream::State> state = stream_->Next(call_, response.get());
    if (!Expect(state.status())) {
      return;
    }
    if (*state == service::Stream::State::kDone) {
      End(absl::OkStatus());
    } else if (*state == service::Stream::State::kMessage &&
               Expect(SerializeMessage(*response, response_))) {
      {
        const std::lock_guard lock(mutex_);
        is_writing_ = true;
      }
      StartWrite(&response_);
    }
  }

  // Ends the call if `status` is an error. Returns whether it goes on.
  bool Expect(const absl::Status& status) {
    if (!status.ok()) {
      End(status);
    }
    return status.ok();
  }

  void End(const absl::Status& status) {
    {
      const std::lock_guard lock(mutex_);
      if (std::exchange(is_over_, true)) {
        return;
      }
    }
    // Here and not in the destructor, which may run on the thread of whoever wakes the call last:
    // the stream takes locks of the store when it goes.
    stream_.reset();
    WriteMetadata(call_, context_);
    log_.Write(status, call_.actor);
    Finish(ToGrpc(status));
  }

  grpc::GenericCallbackServerContext& context_;
  const service::Method& method_;
  WorkerPool& pool_;
  OpenStreams& streams_;
  CallLog log_;

  service::CallContext call_;
  grpc::ByteBuffer request_;
  grpc::ByteBuffer response_;
  bool is_read_due_ = false;          // Of whoever works: the stream did not want a request yet.
  std::shared_ptr<StreamCall> self_;  // From `Begin` to `OnDone`: gRPC's share of the ownership.

  std::mutex mutex_;
  bool is_working_ = false;  // These are guarded by `mutex_`. A task is under way.
  bool is_over_ = false;     // `Finish` was called.
  bool is_shutting_down_ = false;
  bool is_writing_ = false;
  bool has_request_ = false;
  bool has_all_requests_ = false;
  bool may_answer_ = false;

  std::unique_ptr<service::Stream> stream_;  // Until the call ends.
  const bool is_endless_;
};

OpenStreams::OpenStreams() : ticker_([this](const std::stop_token& stop) { Tick(stop); }) {}

OpenStreams::~OpenStreams() = default;

void OpenStreams::Tick(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    const bool was_ending = end_.has_value();
    const auto next = std::min(std::chrono::steady_clock::now() + kTick, end_.value_or(kNever));
    changed_.wait_until(lock, stop, next, [&] { return end_.has_value() != was_ending; });
    const bool is_over = end_ && std::chrono::steady_clock::now() >= *end_;
    for (StreamCall* call : calls_) {
      if (is_over) {
        call->EndForShutdown();
      } else {
        call->Wake();
      }
    }
    if (is_over) {
      return;
    }
  }
}

void OpenStreams::Add(StreamCall* call) {
  const std::lock_guard lock(mutex_);
  calls_.insert(call);
  if (end_) {
    call->EndForShutdown();
  }
}

void OpenStreams::Remove(StreamCall* call) {
  const std::lock_guard lock(mutex_);
  calls_.erase(call);
}

void OpenStreams::EndAll(std::chrono::milliseconds grace) {
  const std::lock_guard lock(mutex_);
  end_ = std::chrono::steady_clock::now() + grace;
  for (StreamCall* call : calls_) {
    if (call->is_endless()) {
      call->EndForShutdown();
    }
  }
  changed_.notify_all();
}

grpc::ServerGenericBidiReactor* NewStreamCall(grpc::GenericCallbackServerContext& context,
                                              const service::Method& method, WorkerPool& pool,
                                              OpenStreams& streams) {
  const auto call = std::make_shared<StreamCall>(context, method, pool, streams);
  call->Begin();
  return call.get();  // Lives on through `self_`.
}

}  // namespace sild::rpc
