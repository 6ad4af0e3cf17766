#pragma once

#include <string>
#include <string_view>

#include <absl/status/status.h>

namespace sild::cli {

// What `sild` ends with. Scripts rely on the numbers.
enum class ExitCode : int {
  kDone = 0,
  kRefused = 1,      // The server said no, to all or to a part.
  kUsage = 2,        // The command line is wrong, or names a file that cannot be opened.
  kUnreachable = 3,  // No server was reached.
  kFindings = 4,     // A check has found what it was to fail on.
};

// An error of the person at the keyboard: makes `sild` end with `kUsage`.
absl::Status UsageError(std::string_view message);

// Returns `status`, which must be an error, as one of usage.
absl::Status AsUsageError(const absl::Status& status);

// What a check ends with that has found something: makes `sild` end with `kFindings`.
absl::Status FindingsError(std::string_view message);

// What `sild` ends with after `status`.
ExitCode ExitCodeOf(const absl::Status& status);

// What to tell about `status`, an error: its message, made safe for a terminal, with what to do if
// no server was reached.
std::string DescribeError(const absl::Status& status);

}  // namespace sild::cli
