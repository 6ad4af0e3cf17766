#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include <absl/status/status.h>

namespace sild::rpc {

// The line that one call leaves in the log: at level debug, or warning where the server is to
// blame.
class CallLog {
 public:
  explicit CallLog(std::string method)
      : method_(std::move(method)), begun_(std::chrono::steady_clock::now()) {}

  // Writes the line. Call once, before the call is finished.
  void Write(const absl::Status& status, std::string_view actor) const;

 private:
  const std::string method_;
  const std::chrono::steady_clock::time_point begun_;
};

}  // namespace sild::rpc
