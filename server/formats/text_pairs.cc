// Lines as pairs: TSV, and text of one language.
#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "server/formats/line_reader.h"
#include "server/formats/pair_problems.h"
#include "server/formats/pairs.h"
#include "server/model/try.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t") == std::string_view::npos;
}

class TextPairs : public LineHandler {
 public:
  TextPairs(const ReadOptions& options, bool has_source, PairSink& sink)
      : limits_(options.limits), has_source_(has_source), sink_(sink) {}

  absl::Status OnLine(std::string_view line, const Place& place, bool is_whole) override {
    last_unit_end_bytes_ = place.offset_bytes + static_cast<std::int64_t>(line.size());
    if (IsBlank(line)) {
      return absl::OkStatus();
    }
    ParsedPair pair;
    pair.offset_bytes = place.offset_bytes;
    pair.line = place.line;
    const std::string problem =
        is_whole ? Fill(line, pair)
                 : fmt::format("the line is longer than {} bytes; split it", limits_.unit_bytes);
    if (problem.empty()) {
      return sink_.OnPair(std::move(pair));
    }
    sink_.OnIssue({place.offset_bytes, place.line, problem, true, ""});
    return absl::OkStatus();
  }

  absl::Status OnEnd(std::int64_t /*bytes*/) override { return absl::OkStatus(); }
  void OnNotice(std::string message) override {
    sink_.OnIssue({0, 0, std::move(message), false, ""});
  }
  std::int64_t last_unit_end_bytes() const override { return last_unit_end_bytes_; }

 private:
  // Returns what is wrong.
  std::string Fill(std::string_view line, ParsedPair& pair) const {
    std::string_view target = line;
    if (has_source_) {
      const std::size_t tab = line.find('\t');
      if (tab == std::string_view::npos) {
        return "the line has no tab between a source and a translation";
      }
      pair.source.text = line.substr(0, tab);
      target.remove_prefix(tab + 1);
      target = target.substr(0, target.find('\t'));
    }
    std::string problem = TextProblemOf(pair.source.text, "the source", limits_);
    if (problem.empty()) {
      problem = TextProblemOf(target, has_source_ ? "the translation" : "the line", limits_);
    }
    if (problem.empty() && !IsBlank(target)) {
      pair.target.emplace().text = target;
    }
    return problem;
  }

  const UnitLimits limits_;
  const bool has_source_;
  PairSink& sink_;
  std::int64_t last_unit_end_bytes_ = 0;
};

}  // namespace

std::string TextProblemOf(std::string_view text, std::string_view name, const UnitLimits& limits) {
  if (const auto problem = text::FindTextProblem(text)) {
    return fmt::format("{} has {}; {}", name, problem->problem, problem->remedy);
  }
  if (text.size() > limits.segment_chars && text::CountChars(text) > limits.segment_chars) {
    return fmt::format("{} is longer than {} characters; split it", name, limits.segment_chars);
  }
  return "";
}

std::unique_ptr<FileReader> NewTsvPairReader(const ReadOptions& options, PairSink& sink) {
  return NewLineReader(options, Declaration::kXml,
                       std::make_unique<TextPairs>(options, true, sink));
}

std::unique_ptr<FileReader> NewTextReader(const ReadOptions& options, PairSink& sink) {
  return NewLineReader(options, Declaration::kXml,
                       std::make_unique<TextPairs>(options, false, sink));
}

}  // namespace sild::formats
