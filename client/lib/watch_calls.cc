#include <condition_variable>
#include <mutex>
#include <optional>
#include <stop_token>

#include "client/lib/connection.h"
#include "include/sild/client.h"

namespace sild::client {
namespace {

// Returns false if `stop` was requested before `wait` was over.
bool WaitUnlessStopped(std::chrono::milliseconds wait, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any stopped;
  std::unique_lock lock(mutex);
  stopped.wait_for(lock, stop, wait, [] { return false; });
  return !stop.stop_requested();
}

// The state of a watch across its streams.
struct Watch {
  v1::WatchChangesRequest request;  // Starts where the next stream has to.
  bool wants_more = true;
  bool made_progress = false;  // In the newest stream.
};

// Reads one stream to its end, moving the start of the next one along.
grpc::Status ReadStream(grpc::ClientContext& context,
                        grpc::ClientReaderInterface<v1::WatchChangesResponse>& stream,
                        absl::FunctionRef<bool(const v1::WatchChangesResponse&)> on_message,
                        Watch& watch) {
  watch.made_progress = false;
  v1::WatchChangesResponse message;
  while (stream.Read(&message)) {
    if (!watch.wants_more) {
      continue;  // gRPC wants a stream read to its end.
    }
    watch.made_progress = true;
    watch.request.set_start_revision(message.revision() + 1);
    watch.wants_more = on_message(message);
    if (!watch.wants_more) {
      context.TryCancel();
    }
  }
  return stream.Finish();
}

}  // namespace

absl::Status Client::WatchChanges(
    v1::WatchChangesRequest request,
    absl::FunctionRef<bool(const v1::WatchChangesResponse&)> on_message,
    const std::stop_token& stop) {
  const Deadline deadline = connection_->DeadlineFor(CallClass::kStream);
  Backoff backoff(connection_->options().stream_retry);
  Watch watch{.request = std::move(request)};
  for (;;) {
    grpc::ClientContext context;
    connection_->Prepare(context, deadline);
    const auto stream = connection_->changes().WatchChanges(&context, watch.request);
    grpc::Status ended;
    {
      const std::stop_callback cancel(stop, [&context] { context.TryCancel(); });
      ended = ReadStream(context, *stream, on_message, watch);
    }
    absl::Status status = connection_->Conclude(context, ended);
    if (stop.stop_requested()) {
      return absl::CancelledError("the watch was stopped");
    }
    if (!watch.wants_more || status.ok()) {
      return absl::OkStatus();
    }
    if (watch.made_progress) {
      backoff.Reset();
    }
    const std::optional<std::chrono::milliseconds> wait =
        IsRetryable(status) ? backoff.Next() : std::nullopt;
    if (!wait.has_value()) {
      return status;
    }
    if (!WaitUnlessStopped(*wait, stop)) {
      return absl::CancelledError("the watch was stopped");
    }
  }
}

}  // namespace sild::client
