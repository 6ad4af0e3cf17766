#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <grpcpp/support/status.h>

#include "client/lib/backoff.h"
#include "include/sild/client_options.h"
#include "sild/v1/admin_service.grpc.pb.h"
#include "sild/v1/glossary_service.grpc.pb.h"
#include "sild/v1/match_service.grpc.pb.h"
#include "sild/v1/memory_service.grpc.pb.h"
#include "sild/v1/watch_service.grpc.pb.h"

namespace sild::client {

// Which of the `Deadlines` holds for a call.
enum class CallClass { kRead, kLookup, kWrite, kStream };

// The moment when a call ends at the latest. None: no limit.
using Deadline = std::optional<std::chrono::system_clock::time_point>;

// A channel to a server with what all calls share. Thread-safe.
class Connection {
 public:
  // As `Client::Connect`.
  static absl::StatusOr<std::unique_ptr<Connection>> Open(ClientOptions options);

  const ClientOptions& options() const { return options_; }

  v1::AdminService::StubInterface& admin() { return *admin_; }
  v1::MemoryService::StubInterface& memories() { return *memories_; }
  v1::GlossaryService::StubInterface& glossaries() { return *glossaries_; }
  v1::MatchService::StubInterface& matches() { return *matches_; }
  v1::WatchService::StubInterface& changes() { return *changes_; }

  // The deadline of a call that begins now.
  Deadline DeadlineFor(CallClass call_class) const;

  // Puts deadline, user and newest revision on an attempt.
  void Prepare(grpc::ClientContext& context, const Deadline& deadline) const;

  // Turns the end of an attempt into ours, and remembers the newest revision. A failure to reach
  // the server becomes `Unavailable` and marked for `IsUnreachable`, also if time ran out first.
  absl::Status Conclude(const grpc::ClientContext& context, const grpc::Status& status);

  // Waits before the next attempt after `failure`. Returns false at once if there must be none:
  // it cannot help, there have been enough, or the deadline would pass.
  static bool WaitToRetry(const absl::Status& failure, Backoff& backoff, const Deadline& deadline);

 private:
  Connection(ClientOptions options, std::shared_ptr<grpc::Channel> channel);

  // Keeps the greatest revision.
  void NoteRevision(std::int64_t revision);

  // Constant after construction.
  const ClientOptions options_;
  const std::string user_;                        // As it goes on the wire.
  const std::shared_ptr<grpc::Channel> channel_;  // Shared with the stubs.
  const std::unique_ptr<v1::AdminService::StubInterface> admin_;
  const std::unique_ptr<v1::MemoryService::StubInterface> memories_;
  const std::unique_ptr<v1::GlossaryService::StubInterface> glossaries_;
  const std::unique_ptr<v1::MatchService::StubInterface> matches_;
  const std::unique_ptr<v1::WatchService::StubInterface> changes_;

  // Own synchronization.
  std::atomic<std::int64_t> newest_revision_ = 0;
};

}  // namespace sild::client
