#include "server/formats/line_reader.h"

#include <utility>

#include "server/formats/text_file_reader.h"
#include "server/model/try.h"

namespace sild::formats {
namespace {

class LineReader : public TextFileReader {
 public:
  LineReader(const ReadOptions& options, Declaration declaration,
             std::unique_ptr<LineHandler> handler)
      : TextFileReader(
            options, [this](std::string message) { handler_->OnNotice(std::move(message)); },
            declaration),
        max_line_bytes_(options.limits.unit_bytes),
        handler_(std::move(handler)) {}

  std::int64_t last_unit_end_bytes() const override { return handler_->last_unit_end_bytes(); }

 private:
  absl::Status OnText(std::string_view text) override { return Cut(text); }

  absl::Status OnLastText(std::string_view text) override {
    SILD_CHECK_OK(Cut(text));
    if (!line_.empty()) {
      SILD_CHECK_OK(EndLine());
    }
    return handler_->OnEnd(offset_bytes_);
  }

  absl::Status Cut(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      const std::string_view part = text.substr(0, end);
      offset_bytes_ += static_cast<std::int64_t>(part.size());
      const std::size_t room = max_line_bytes_ - line_.size();
      is_whole_ = is_whole_ && part.size() <= room;
      line_.append(part.substr(0, room));
      if (end == std::string_view::npos) {
        break;
      }
      text.remove_prefix(end + 1);
      ++offset_bytes_;
      SILD_CHECK_OK(EndLine());
    }
    return absl::OkStatus();
  }

  absl::Status EndLine() {
    std::string_view line = line_;
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    const absl::Status status = handler_->OnLine(line, place_, is_whole_);
    line_.clear();
    is_whole_ = true;
    place_ = {offset_bytes_, place_.line + 1};
    return status;
  }

  const std::size_t max_line_bytes_;
  std::unique_ptr<LineHandler> handler_;
  std::string line_;  // What there is of the line at hand.
  bool is_whole_ = true;
  Place place_{0, 1};  // Of its beginning.
  std::int64_t offset_bytes_ = 0;
};

}  // namespace

std::unique_ptr<FileReader> NewLineReader(const ReadOptions& options, Declaration declaration,
                                          std::unique_ptr<LineHandler> handler) {
  return std::make_unique<LineReader>(options, declaration, std::move(handler));
}

}  // namespace sild::formats
