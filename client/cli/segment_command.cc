#include "client/cli/segment_command.h"

#include <fmt/format.h>

#include "client/cli/errors.h"
#include "client/cli/try.h"

namespace sild::cli {

std::string RefusalOf(Session& session, std::size_t number, const absl::Status& status) {
  if (session.is_json()) {
    return ErrorJsonLine(status);
  }
  session.Warn(fmt::format("line {}: {}", number, DescribeError(status)));
  return "";
}

absl::Status AnswerText(Session& session, const std::string& text, const LineAnswers& answers) {
  if (IsBlank(text)) {
    if (const std::string blank = answers.blank(); !blank.empty()) {
      session.out().Line(blank);
    }
    return absl::OkStatus();
  }
  absl::Status status = CheckLine({.text = text});
  if (status.ok()) {
    const absl::StatusOr<std::vector<std::string>> shown = answers.ask({&text, 1});
    if (shown.ok()) {
      session.out().Line(shown->front());
      return absl::OkStatus();
    }
    status = shown.status();
  }
  if (session.is_json() && ExitCodeOf(status) == ExitCode::kRefused) {
    session.out().Line(ErrorJsonLine(status));
  }
  return status;
}

}  // namespace sild::cli
