#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/message.h>

#include "client/cli/console.h"
#include "client/cli/printer.h"
#include "include/sild/client.h"

namespace sild::cli {

// The options that stand before or after any command.
struct GlobalOptions {
  std::string server = "127.0.0.1:7450";
  std::string user;            // Empty: the login name.
  double timeout_seconds = 0;  // 0: the library's deadlines.
  bool is_json = false;
  ColorMode color = ColorMode::kAuto;
};

// One run of the command: where its output goes and the server that it speaks to.
class Session {
 public:
  // `options` are read once parsed, by the first method called.
  Session(Console& console, const GlobalOptions& options);

  Console& console() { return console_; }
  bool is_json() const { return options_.is_json; }
  Printer& out();

  // The connection, made by the first call. Fails with a usage error if the address is none.
  absl::StatusOr<client::Client*> Connect();

  // Prints `message` as a line of JSON.
  void PrintJson(const google::protobuf::Message& message);

  // Writes a line about the run, not its result, to the error stream: `sild: ` and `text`.
  void Warn(std::string_view text);

 private:
  Console& console_;
  const GlobalOptions& options_;
  std::optional<Printer> out_;
  std::optional<client::Client> client_;
};

// What a command does. An error makes `sild` print its message and end with `ExitCodeOf`.
using Action = std::function<absl::Status(Session&)>;

}  // namespace sild::cli
