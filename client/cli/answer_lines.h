#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "client/cli/line_reader.h"
#include "client/cli/printer.h"

namespace sild::cli {

// The most that one request holds, as the API limits it (`LookupMatchesRequest.queries`).
inline constexpr std::size_t kBatchLines = 100;
inline constexpr std::size_t kBatchCodePoints = 200'000;

// How lines of input are answered, one for one and in order.
struct LineAnswers {
  // Asks for some lines at once, each UTF-8 and not blank, and returns one answer for each, ready
  // to print. An error is that of the whole batch.
  std::function<absl::StatusOr<std::vector<std::string>>(std::span<const std::string>)> ask;

  // Returns what stands for a blank line. An empty one prints nothing.
  std::function<std::string()> blank;

  // Returns what stands for line `number` (from 1), which was refused. An empty one prints nothing.
  std::function<std::string(std::size_t number, const absl::Status&)> refuse;
};

// Whether `line` holds nothing but ASCII white space.
bool IsBlank(std::string_view line);

// Whether a line may be asked for at all; an error says why not. What is not UTF-8 cannot travel.
absl::Status CheckLine(const InputLine& line);

// Answers all lines of `reader`. Takes as many at once as wait, so that a person is answered at
// once and a file goes in batches; of a batch that is refused each line is asked for by itself, so
// that one cannot spoil the others. Lines refused make `FailedPrecondition` at the end; only a
// server that cannot be reached ends it at once.
absl::Status AnswerLines(LineReader& reader, const LineAnswers& answers, Printer& printer);

}  // namespace sild::cli
