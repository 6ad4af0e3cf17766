#include "client/lib/connection.h"

#include <algorithm>
#include <string_view>
#include <thread>
#include <utility>

#include <absl/strings/cord.h>
#include <absl/strings/str_cat.h>
#include <grpcpp/create_channel.h>
#include <grpcpp/security/credentials.h>
#include <grpcpp/support/channel_arguments.h>

#include "client/lib/address.h"
#include "client/lib/metadata.h"
#include "include/sild/client.h"

namespace sild::client {
namespace {

constexpr char kUnreachablePayload[] = "sild/unreachable";

// The one place to change when servers speak TLS.
std::shared_ptr<grpc::ChannelCredentials> CredentialsFor(const ClientOptions& /*options*/) {
  return grpc::InsecureChannelCredentials();
}

grpc::ChannelArguments ArgumentsFor(const ClientOptions& options) {
  grpc::ChannelArguments arguments;
  // A page or batch may hold units of 1 MiB each; the server decides how much is too much.
  arguments.SetMaxReceiveMessageSize(-1);
  // Memories are in the house: a proxy for the web is not the way to them.
  arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
  // Finds a dead peer of a quiet watch. Servers take a ping each 5 minutes and no more.
  arguments.SetInt(GRPC_ARG_KEEPALIVE_TIME_MS, 330'000);
  // gRPC's own wait between connections must not outlast our retries.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS,
                   static_cast<int>(options.retry.initial_backoff.count()));
  // In spite of its name also the time that a connection may take to come about: a machine that
  // stands still for a moment is not a server that cannot be reached.
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 5'000);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 2'000);
  return arguments;
}

std::int64_t RevisionIn(const std::multimap<grpc::string_ref, grpc::string_ref>& metadata) {
  const auto found = metadata.find(kRevisionKey);
  return found == metadata.end()
             ? 0
             : ParseRevision(std::string_view(found->second.data(), found->second.size()));
}

absl::Status Unreachable(const std::string& address, absl::string_view why) {
  absl::Status status = absl::UnavailableError(absl::StrCat("cannot reach ", address, ": ", why));
  status.SetPayload(kUnreachablePayload, absl::Cord());
  return status;
}

}  // namespace

bool IsUnreachable(const absl::Status& status) {
  return status.GetPayload(kUnreachablePayload).has_value();
}

absl::StatusOr<std::unique_ptr<Connection>> Connection::Open(ClientOptions options) {
  const absl::StatusOr<std::string> target = DialTarget(options.address);
  if (!target.ok()) {
    return target.status();
  }
  std::shared_ptr<grpc::Channel> channel =
      grpc::CreateCustomChannel(*target, CredentialsFor(options), ArgumentsFor(options));
  return std::unique_ptr<Connection>(new Connection(std::move(options), std::move(channel)));
}

Connection::Connection(ClientOptions options, std::shared_ptr<grpc::Channel> channel)
    : options_(std::move(options)),
      user_(PercentEncode(options_.user.empty() ? LoginName() : options_.user)),
      channel_(std::move(channel)),
      admin_(v1::AdminService::NewStub(channel_)),
      memories_(v1::MemoryService::NewStub(channel_)),
      glossaries_(v1::GlossaryService::NewStub(channel_)),
      matches_(v1::MatchService::NewStub(channel_)),
      changes_(v1::WatchService::NewStub(channel_)) {}

Deadline Connection::DeadlineFor(CallClass call_class) const {
  const Deadlines& deadlines = options_.deadlines;
  std::chrono::milliseconds limit{0};
  switch (call_class) {
    case CallClass::kRead:
      limit = deadlines.read;
      break;
    case CallClass::kLookup:
      limit = deadlines.lookup;
      break;
    case CallClass::kWrite:
      limit = deadlines.write;
      break;
    case CallClass::kStream:
      limit = deadlines.stream;
      break;
  }
  return limit.count() == 0 ? Deadline() : std::chrono::system_clock::now() + limit;
}

void Connection::Prepare(grpc::ClientContext& context, const Deadline& deadline) const {
  if (deadline.has_value()) {
    context.set_deadline(*deadline);
  }
  if (!user_.empty()) {
    context.AddMetadata(kUserKey, user_);
  }
  if (const std::int64_t newest = newest_revision_.load(); newest > 0) {
    context.AddMetadata(kMinRevisionKey, absl::StrCat(newest));
  }
}

absl::Status Connection::Conclude(const grpc::ClientContext& context, const grpc::Status& status) {
  NoteRevision(RevisionIn(context.GetServerTrailingMetadata()));
  if (status.ok()) {
    // Only a call that went well is sure to have had initial metadata.
    NoteRevision(RevisionIn(context.GetServerInitialMetadata()));
    return absl::OkStatus();
  }
  const bool may_be_unreachable = status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                                  status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED;
  if (may_be_unreachable && channel_->GetState(false) != GRPC_CHANNEL_READY) {
    return Unreachable(options_.address, status.error_message());
  }
  // The codes are the same numbers by design of both libraries.
  return {static_cast<absl::StatusCode>(status.error_code()), status.error_message()};
}

bool Connection::WaitToRetry(const absl::Status& failure, Backoff& backoff,
                             const Deadline& deadline) {
  if (!IsRetryable(failure)) {
    return false;
  }
  const std::optional<std::chrono::milliseconds> wait = backoff.Next();
  if (!wait.has_value() ||
      (deadline.has_value() && std::chrono::system_clock::now() + *wait >= *deadline)) {
    return false;
  }
  std::this_thread::sleep_for(*wait);
  return true;
}

void Connection::NoteRevision(std::int64_t revision) {
  std::int64_t newest = newest_revision_.load();
  while (revision > newest && !newest_revision_.compare_exchange_weak(newest, revision)) {
  }
}

}  // namespace sild::client
