#include "client/cli/progress_line.h"

#include <algorithm>

#include <fmt/format.h>

#include "client/cli/display_text.h"

namespace sild::cli {
namespace {

constexpr std::size_t kBarColumns = 12;
constexpr std::size_t kNameColumns = 14;
constexpr std::string_view kClearLine = "\r\x1b[K";  // ECMA-48, "erase in line".

// The last columns of a name that is too long, where it differs from others.
std::string ShortName(std::string_view path) {
  const std::string name = Visible(path.substr(path.rfind('/') + 1));
  if (WidthOf(name) <= kNameColumns) {
    return name;
  }
  std::size_t begin = name.size() - std::min(name.size(), kNameColumns - 3);
  while (begin < name.size() && (static_cast<unsigned char>(name[begin]) & 0xc0U) == 0x80) {
    ++begin;  // Never cuts a character.
  }
  return "..." + name.substr(begin);
}

std::string Bar(std::int64_t done, std::int64_t all) {
  const double share = std::clamp(static_cast<double>(done) / static_cast<double>(all), 0.0, 1.0);
  const auto filled = static_cast<std::size_t>(share * kBarColumns);
  return fmt::format("[{}{}] {:3d} %  ", std::string(filled, '#'),
                     std::string(kBarColumns - filled, ' '), static_cast<int>(share * 100));
}

}  // namespace

std::string ProgressText(const Progress& progress) {
  std::string text = ShortName(progress.name) + "  ";
  if (progress.all_bytes > 0) {
    text += Bar(progress.bytes, progress.all_bytes);
  }
  text += fmt::format("{:.1f} MB  {} {}", static_cast<double>(progress.bytes) / 1e6, progress.items,
                      progress.item_name);
  if (progress.elapsed.count() > 0) {
    text += fmt::format("  {}/s", progress.items * 1000 / progress.elapsed.count());
  }
  return text;
}

void ProgressLine::Draw(Progress progress) {
  if (!is_shown_) {
    return;
  }
  progress.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
      std::chrono::steady_clock::now() - start_);
  err_ << kClearLine << ProgressText(progress);
  err_.flush();
  is_drawn_ = true;
}

void ProgressLine::Clear() {
  if (is_drawn_) {
    err_ << kClearLine;
    err_.flush();
    is_drawn_ = false;
  }
}

}  // namespace sild::cli
