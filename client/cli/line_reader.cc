#include "client/cli/line_reader.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <utility>

#include <poll.h>
#include <unistd.h>

namespace sild::cli {
namespace {

constexpr std::size_t kReadBytes = 65536;  // What a pipe holds on Linux.
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

}  // namespace

std::optional<InputLine> LineReader::Next() {
  line_ = InputLine();
  bool is_complete = TakeLine();
  while (!is_complete && Fill()) {
    is_complete = TakeLine();
  }
  if (!is_complete && line_.text.empty()) {
    return std::nullopt;
  }
  if (line_.is_whole && line_.text.ends_with('\r')) {
    line_.text.pop_back();
  }
  return std::move(line_);
}

bool LineReader::HasWaiting() {
  while (buffer_.find('\n', begin_) == std::string::npos) {
    if (buffer_.size() - begin_ > kLongestBytes || !IsReadable()) {
      return false;
    }
    if (!Fill()) {
      return begin_ < buffer_.size();  // A last line without an end.
    }
  }
  return true;
}

bool LineReader::Fill() {
  if (is_at_end_) {
    return false;
  }
  buffer_.erase(0, begin_);
  begin_ = 0;
  std::array<char, kReadBytes> bytes;
  ssize_t size = 0;
  do {
    size = read(file_descriptor_, bytes.data(), bytes.size());
  } while (size < 0 && errno == EINTR);
  if (size <= 0) {
    is_at_end_ = true;
    return false;
  }
  buffer_.append(bytes.data(), static_cast<std::size_t>(size));
  if (std::exchange(is_at_start_, false) && buffer_.starts_with(kByteOrderMark)) {
    begin_ = kByteOrderMark.size();
  }
  return true;
}

bool LineReader::TakeLine() {
  const std::size_t newline = buffer_.find('\n', begin_);
  const std::size_t end = std::min(newline, buffer_.size());
  const std::size_t room = kLongestBytes - line_.text.size();
  line_.text.append(buffer_, begin_, std::min(end - begin_, room));
  line_.is_whole = line_.is_whole && end - begin_ <= room;
  begin_ = newline == std::string::npos ? buffer_.size() : newline + 1;
  return newline != std::string::npos;
}

bool LineReader::IsReadable() const {
  pollfd waiting{.fd = file_descriptor_, .events = POLLIN, .revents = 0};
  return poll(&waiting, 1, 0) > 0;
}

}  // namespace sild::cli
