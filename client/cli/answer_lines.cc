#include "client/cli/answer_lines.h"

#include <optional>

#include <absl/status/status.h>
#include <fmt/format.h>

#include "client/cli/errors.h"
#include "client/cli/try.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

// Whether the error of a batch may be due to one line of it, so that it is worth to ask line by
// line. The others are about memory, caller or server, and each line would get the same.
bool MayBeDueToOneLine(const absl::Status& status) {
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kDeadlineExceeded:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kUnknown:
      return true;
    default:
      return false;
  }
}

// Answers lines batch by batch.
class Answerer {
 public:
  Answerer(const LineAnswers& answers, Printer& printer) : answers_(answers), printer_(printer) {}

  // Takes a line in. One that makes the batch too large sends what came before it.
  absl::Status Add(const InputLine& line) {
    const std::size_t size = line.text.size();  // No less than its code points.
    if (asked_.size() == kBatchLines || asked_bytes_ + size > kBatchCodePoints ||
        lines_.size() == kMostWaiting) {
      SILD_CHECK_OK(Send());
    }
    ++count_;
    if (absl::Status allowed = CheckLine(line); !allowed.ok()) {
      lines_.push_back({.is_asked = false, .refusal = std::move(allowed)});
    } else if (IsBlank(line.text)) {
      lines_.push_back({.is_asked = false});
    } else {
      lines_.push_back({.is_asked = true});
      asked_.push_back(line.text);
      asked_bytes_ += size;
    }
    return absl::OkStatus();
  }

  // Asks for the lines taken in and prints their answers.
  absl::Status Send() {
    std::vector<Answer> answers;
    if (!asked_.empty()) {
      SILD_CHECK_OK(Ask(asked_, answers));
    }
    std::size_t number = count_ - lines_.size();
    auto answer = answers.begin();
    for (const Line& line : lines_) {
      ++number;
      if (line.is_asked) {
        Print(number, *answer++);
      } else {
        Print(number, line.refusal.ok() ? Answer(answers_.blank()) : Answer(line.refusal));
      }
    }
    lines_.clear();
    asked_.clear();
    asked_bytes_ = 0;
    return absl::OkStatus();
  }

  absl::Status Conclude() const {
    if (refused_ == 0) {
      return absl::OkStatus();
    }
    return absl::FailedPreconditionError(
        fmt::format("{} of {} lines {} refused", refused_, count_, refused_ == 1 ? "was" : "were"));
  }

 private:
  // What to print for a line, or why it was refused.
  using Answer = absl::StatusOr<std::string>;

  // A line taken in. One that is not asked for is blank, or refused already.
  struct Line {
    bool is_asked;
    absl::Status refusal = absl::OkStatus();
  };

  // So many blank lines may wait beside the batch.
  static constexpr std::size_t kMostWaiting = 10 * kBatchLines;

  // Adds an answer for each of `lines` to `answers`. Fails only if no server can be reached.
  absl::Status Ask(std::span<const std::string> lines, std::vector<Answer>& answers) {
    absl::StatusOr<std::vector<std::string>> asked = answers_.ask(lines);
    if (asked.ok()) {
      answers.insert(answers.end(), asked->begin(), asked->end());
      return absl::OkStatus();
    }
    if (ExitCodeOf(asked.status()) != ExitCode::kRefused) {
      return asked.status();
    }
    const bool is_worth_asking_each = lines.size() > 1 && MayBeDueToOneLine(asked.status());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (is_worth_asking_each) {
        SILD_CHECK_OK(Ask(lines.subspan(i, 1), answers));
      } else {
        answers.emplace_back(asked.status());
      }
    }
    return absl::OkStatus();
  }

  void Print(std::size_t number, const Answer& answer) {
    refused_ += answer.ok() ? 0U : 1U;
    const std::string text = answer.ok() ? *answer : answers_.refuse(number, answer.status());
    if (!text.empty()) {
      printer_.Line(text);
    }
  }

  const LineAnswers& answers_;
  Printer& printer_;
  std::vector<Line> lines_;         // Taken in and not yet answered.
  std::vector<std::string> asked_;  // The texts of those that are asked for.
  std::size_t asked_bytes_ = 0;
  std::size_t count_ = 0;  // All lines taken in.
  std::size_t refused_ = 0;
};

}  // namespace

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r\v\f") == std::string_view::npos;
}

absl::Status CheckLine(const InputLine& line) {
  if (!line.is_whole) {
    return absl::InvalidArgumentError(fmt::format(
        "the line is longer than {} bytes; a segment has at most 10,000 characters: split it",
        LineReader::kLongestBytes));
  }
  if (!IsUtf8(line.text)) {
    return absl::InvalidArgumentError(
        "the line is not valid UTF-8; convert the input, for example with iconv -t UTF-8");
  }
  return absl::OkStatus();
}

absl::Status AnswerLines(LineReader& reader, const LineAnswers& answers, Printer& printer) {
  Answerer answerer(answers, printer);
  while (const std::optional<InputLine> line = reader.Next()) {
    SILD_CHECK_OK(answerer.Add(*line));
    if (!reader.HasWaiting()) {
      SILD_CHECK_OK(answerer.Send());
      if (!printer.Flush()) {
        break;
      }
    }
  }
  SILD_CHECK_OK(answerer.Send());
  return answerer.Conclude();
}

}  // namespace sild::cli
