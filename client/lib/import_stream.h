#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "client/lib/connection.h"
#include "client/lib/request_id.h"
#include "include/sild/byte_source.h"
#include "include/sild/transfer.h"

namespace sild::client {

// The bytes of a file that go in one message. Half of what the API allows.
inline constexpr std::size_t kChunkBytes = std::size_t{512} * 1024;

// Sends one file on one stream and reads the answers. Made anew for each attempt.
template <typename Request, typename Response>
class ImportAttempt {
 public:
  using Stream = grpc::ClientReaderWriterInterface<Request, Response>;
  using OnProgress = absl::FunctionRef<void(const ImportProgress<Response>&)>;

  // `context` is that of `stream`; both must outlive this.
  ImportAttempt(grpc::ClientContext& context, Stream& stream)
      : context_(context), stream_(stream) {}

  // Sends `config` and `file` on a thread of its own, so that a slow file does not hold up the
  // answers, and adds what the server says to `result`. Returns how the stream ended.
  grpc::Status Run(const typename Request::Config& config, ByteSource& file,
                   ImportResult<Response>& result, OnProgress on_progress) {
    std::thread sender([this, &config, &file] { Send(config, file); });
    Response response;
    while (stream_.Read(&response)) {
      auto issues = std::move(*result.totals.mutable_issues());
      issues.MergeFrom(response.issues());
      result.totals = response;
      *result.totals.mutable_issues() = std::move(issues);
      on_progress({sent_bytes_.load(), result.attempts, result.totals});
    }
    sender.join();
    return stream_.Finish();
  }

  // Why the file could not be read, if it could not. Valid after `Run`.
  const absl::Status& read_status() const { return read_status_; }

 private:
  void Send(const typename Request::Config& config, ByteSource& file) {
    Request request;
    *request.mutable_config() = config;
    bool is_open = stream_.Write(request);
    while (is_open) {
      std::string& chunk = *request.mutable_chunk();
      chunk.resize(kChunkBytes);
      const absl::StatusOr<std::size_t> size = file.Read(chunk);
      if (!size.ok()) {
        read_status_ = size.status();
        context_.TryCancel();  // An end in good order would say that this was the whole file.
        return;
      }
      if (*size == 0) {
        break;
      }
      chunk.resize(*size);
      is_open = stream_.Write(request);
      sent_bytes_ += static_cast<std::int64_t>(*size);
    }
    stream_.WritesDone();
  }

  grpc::ClientContext& context_;
  Stream& stream_;
  std::atomic<std::int64_t> sent_bytes_ = 0;
  absl::Status read_status_;  // Written by the sender, read after it has joined.
};

// Sends a file until the server has taken all of it or no attempt is left. `open` opens a stream:
// `std::unique_ptr<Stream>(grpc::ClientContext*)`.
template <typename Request, typename Response, typename Open>
absl::StatusOr<ImportResult<Response>> Import(
    Connection& connection, Open open, typename Request::Config config, ByteSource& file,
    typename ImportAttempt<Request, Response>::OnProgress on_progress) {
  if (config.import_id().empty()) {
    config.set_import_id(NewRequestId());
  }
  const Deadline deadline = connection.DeadlineFor(CallClass::kStream);
  Backoff backoff(connection.options().stream_retry);
  std::int64_t durable_bytes = 0;
  for (int attempts = 1;; ++attempts) {
    ImportResult<Response> result;
    result.attempts = attempts;
    grpc::ClientContext context;
    connection.Prepare(context, deadline);
    const auto stream = open(&context);
    ImportAttempt<Request, Response> attempt(context, *stream);
    const grpc::Status ended = attempt.Run(config, file, result, on_progress);
    const absl::Status status = connection.Conclude(context, ended);
    if (!attempt.read_status().ok()) {
      return attempt.read_status();
    }
    if (status.ok()) {
      return result;
    }
    if (result.totals.committed_bytes() > durable_bytes) {
      durable_bytes = result.totals.committed_bytes();
      backoff.Reset();
    }
    if (!IsRetryable(status) || !file.Rewind().ok() ||
        !Connection::WaitToRetry(status, backoff, deadline)) {
      return status;
    }
  }
}

}  // namespace sild::client
