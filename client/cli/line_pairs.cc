#include "client/cli/line_pairs.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "client/cli/display_text.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

constexpr std::size_t kReadBytes = std::size_t{64} * 1024;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

absl::StatusOr<bool> LinePairs::Side::TakeLine(std::string& out) {
  std::size_t end = buffer.find('\n', begin);
  while (end == std::string::npos && !is_at_end) {
    buffer.erase(0, std::exchange(begin, 0));
    const std::size_t size = buffer.size();
    buffer.resize(size + kReadBytes);
    SILD_TRY(const std::size_t read, file.source->Read(std::span(buffer).subspan(size)));
    buffer.resize(size + read);
    is_at_end = read == 0;
    end = buffer.find('\n', size);
  }
  if (begin == buffer.size()) {
    return false;
  }
  std::string_view line = std::string_view(buffer).substr(begin, end - begin);
  begin = end == std::string::npos ? buffer.size() : end + 1;
  if (lines++ == 0 && line.starts_with(kByteOrderMark)) {
    line.remove_prefix(kByteOrderMark.size());
  }
  line.remove_suffix(line.ends_with('\r') ? 1 : 0);
  const std::size_t out_begin = out.size();
  out.append(line);
  std::replace(out.begin() + static_cast<std::ptrdiff_t>(out_begin), out.end(), '\t', ' ');
  return true;
}

absl::StatusOr<bool> LinePairs::Fill() {
  line_.clear();
  line_at_ = 0;
  SILD_TRY(const bool has_source, source_.TakeLine(line_));
  line_ += '\t';
  SILD_TRY(const bool has_target, target_.TakeLine(line_));
  line_ += '\n';
  if (has_source != has_target) {
    const Side& shorter = has_source ? target_ : source_;
    const Side& longer = has_source ? source_ : target_;
    return absl::InvalidArgumentError(fmt::format(
        "{} ends after {} lines, but {} goes on; line by line each must be the other's translation",
        Visible(shorter.file.name), shorter.lines, Visible(longer.file.name)));
  }
  return has_source;
}

absl::StatusOr<std::size_t> LinePairs::Read(std::span<char> buffer) {
  std::size_t size = 0;
  while (size < buffer.size()) {
    if (line_at_ == line_.size()) {
      SILD_TRY(const bool has_line, Fill());
      if (!has_line) {
        line_.clear();
        break;
      }
    }
    const std::size_t part = std::min(buffer.size() - size, line_.size() - line_at_);
    std::copy_n(line_.begin() + static_cast<std::ptrdiff_t>(line_at_), part,
                buffer.begin() + static_cast<std::ptrdiff_t>(size));
    line_at_ += part;
    size += part;
  }
  return size;
}

absl::Status LinePairs::Rewind() {
  for (Side* const side : {&source_, &target_}) {
    SILD_CHECK_OK(side->file.source->Rewind());
    side->buffer.clear();
    side->begin = 0;
    side->lines = 0;
    side->is_at_end = false;
  }
  line_.clear();
  line_at_ = 0;
  return absl::OkStatus();
}

}  // namespace sild::cli
