#include "client/cli/errors.h"

#include <absl/strings/cord.h>
#include <fmt/format.h>

#include "client/cli/display_text.h"
#include "include/sild/client.h"

namespace sild::cli {
namespace {

constexpr char kUsagePayload[] = "sild/usage";
constexpr char kFindingsPayload[] = "sild/findings";

}  // namespace

absl::Status UsageError(std::string_view message) {
  return AsUsageError(absl::InvalidArgumentError({message.data(), message.size()}));
}

absl::Status AsUsageError(const absl::Status& status) {
  absl::Status marked = status;
  marked.SetPayload(kUsagePayload, absl::Cord());
  return marked;
}

absl::Status FindingsError(std::string_view message) {
  absl::Status marked = absl::FailedPreconditionError({message.data(), message.size()});
  marked.SetPayload(kFindingsPayload, absl::Cord());
  return marked;
}

ExitCode ExitCodeOf(const absl::Status& status) {
  if (status.ok()) {
    return ExitCode::kDone;
  }
  if (status.GetPayload(kUsagePayload).has_value()) {
    return ExitCode::kUsage;
  }
  if (status.GetPayload(kFindingsPayload).has_value()) {
    return ExitCode::kFindings;
  }
  return client::IsUnreachable(status) ? ExitCode::kUnreachable : ExitCode::kRefused;
}

std::string DescribeError(const absl::Status& status) {
  const std::string message = status.message().empty() ? absl::StatusCodeToString(status.code())
                                                       : std::string(status.message());
  if (client::IsUnreachable(status)) {
    return Visible(message) + "; is sildd running? start it with: sildd --data DIR";
  }
  return Visible(message);
}

}  // namespace sild::cli
