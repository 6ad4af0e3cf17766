#include "server/formats/line_reader.h"

#include <utility>

#include "server/formats/inflate.h"
#include "server/model/try.h"

namespace sild::formats {
namespace {

class LineReader : public FileReader {
 public:
  LineReader(const ReadOptions& options, Declaration declaration,
             std::unique_ptr<LineHandler> handler)
      : is_cancelled_(options.is_cancelled),
        max_line_bytes_(options.limits.unit_bytes),
        handler_(std::move(handler)),
        inflater_(options.max_decompressed_bytes),
        decoder_([this](std::string message) { handler_->OnNotice(std::move(message)); },
                 declaration) {}

  absl::Status Feed(std::string_view bytes) override {
    if (status_.ok() && !bytes.empty()) {
      status_ = inflater_.Feed(bytes, [this](std::string_view piece) { return Take(piece); });
    }
    return status_;
  }

  absl::Status Finish() override {
    if (status_.ok()) {
      status_ = End();
    }
    return status_;
  }

  std::int64_t last_unit_end_bytes() const override { return handler_->last_unit_end_bytes(); }

 private:
  absl::Status Take(std::string_view piece) {
    if (is_cancelled_ && is_cancelled_()) {
      return absl::CancelledError("the reading was cancelled");
    }
    decoded_.clear();
    SILD_CHECK_OK(decoder_.Feed(piece, decoded_));
    return Cut(decoded_);
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

  absl::Status End() {
    SILD_CHECK_OK(inflater_.Finish([this](std::string_view piece) { return Take(piece); }));
    decoded_.clear();
    SILD_CHECK_OK(decoder_.Finish(decoded_));
    SILD_CHECK_OK(Cut(decoded_));
    if (!line_.empty()) {
      SILD_CHECK_OK(EndLine());
    }
    return handler_->OnEnd(offset_bytes_);
  }

  const std::function<bool()> is_cancelled_;
  const std::size_t max_line_bytes_;
  std::unique_ptr<LineHandler> handler_;
  Inflater inflater_;
  Decoder decoder_;
  std::string decoded_;
  std::string line_;  // What there is of the line at hand.
  bool is_whole_ = true;
  Place place_{0, 1};  // Of its beginning.
  std::int64_t offset_bytes_ = 0;
  absl::Status status_;
};

}  // namespace

std::unique_ptr<FileReader> NewLineReader(const ReadOptions& options, Declaration declaration,
                                          std::unique_ptr<LineHandler> handler) {
  return std::make_unique<LineReader>(options, declaration, std::move(handler));
}

}  // namespace sild::formats
