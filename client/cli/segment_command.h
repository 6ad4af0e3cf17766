#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/repeated_ptr_field.h>

#include "client/cli/answer_lines.h"
#include "client/cli/json_output.h"
#include "client/cli/session.h"

namespace sild::cli {

// Answers one text, or without one the lines of standard input. `ask` sends segments and returns a
// `Response` with a `Result` for each; `show` gives a result for people, without a last line end.
template <typename Response, typename Result>
absl::Status AnswerSegments(
    Session& session, const std::optional<std::string>& text,
    const std::function<absl::StatusOr<Response>(std::span<const std::string>)>& ask,
    const std::function<std::string(const std::string& segment, const Result&)>& show);

// How a line that was refused is answered: as JSON, or for people by a warning.
std::string RefusalOf(Session& session, std::size_t number, const absl::Status& status);

// Answers `text` as if it were the only line, but says why it was refused as any command does.
absl::Status AnswerText(Session& session, const std::string& text, const LineAnswers& answers);

template <typename Response, typename Result>
absl::Status AnswerSegments(
    Session& session, const std::optional<std::string>& text,
    const std::function<absl::StatusOr<Response>(std::span<const std::string>)>& ask,
    const std::function<std::string(const std::string& segment, const Result&)>& show) {
  LineAnswers answers;
  answers.ask =
      [&](std::span<const std::string> lines) -> absl::StatusOr<std::vector<std::string>> {
    const absl::StatusOr<Response> response = ask(lines);
    if (!response.ok()) {
      return response.status();
    }
    if (static_cast<std::size_t>(response->results_size()) != lines.size()) {
      return absl::DataLossError("the server did not send one result a segment");
    }
    std::vector<std::string> shown;
    for (const Result& result : response->results()) {
      shown.push_back(session.is_json() ? ToJsonLine(result) : show(lines[shown.size()], result));
    }
    return shown;
  };
  answers.blank = [&] { return std::string(session.is_json() ? "{}" : ""); };
  answers.refuse = [&](std::size_t number, const absl::Status& status) {
    return RefusalOf(session, number, status);
  };
  if (text.has_value()) {
    // One blank text is no gap between lines: people are told that nothing was found.
    answers.blank = [&] { return session.is_json() ? "{}" : show(*text, Result()); };
    return AnswerText(session, *text, answers);
  }
  if (session.console().in_is_terminal) {
    session.Warn("type a text and press Enter; Ctrl-D ends");
  }
  LineReader reader(session.console().input_descriptor);
  return AnswerLines(reader, answers, session.out());
}

}  // namespace sild::cli
