#include "client/cli/session.h"

#include <chrono>
#include <cstdint>

#include "client/cli/errors.h"
#include "client/cli/json_output.h"

namespace sild::cli {

Session::Session(Console& console, const GlobalOptions& options)
    : console_(console), options_(options) {}

Printer& Session::out() {
  if (!out_.has_value()) {
    out_.emplace(console_.out, WantsColor(options_.color, console_.out_is_terminal));
  }
  return *out_;
}

absl::StatusOr<client::Client*> Session::Connect() {
  if (client_.has_value()) {
    return &*client_;
  }
  client::ClientOptions options;
  options.address = options_.server;
  options.user = options_.user;
  if (options_.timeout_seconds > 0) {
    const auto limit =
        std::chrono::milliseconds(static_cast<std::int64_t>(1000 * options_.timeout_seconds) + 1);
    options.deadlines = {.read = limit, .lookup = limit, .write = limit, .stream = limit};
  }
  absl::StatusOr<client::Client> connected = client::Client::Connect(options);
  if (!connected.ok()) {
    return AsUsageError(connected.status());
  }
  client_.emplace(*std::move(connected));
  return &*client_;
}

void Session::PrintJson(const google::protobuf::Message& message) {
  out().Line(ToJsonLine(message));
}

void Session::Warn(std::string_view text) {
  out().Flush();  // Keeps the order where both streams show on one terminal.
  console_.err << "sild: " << text << '\n';
  console_.err.flush();
}

}  // namespace sild::cli
