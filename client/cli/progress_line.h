#pragma once

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>

namespace sild::cli {

// How far a transfer has come.
struct Progress {
  std::string name;            // The file.
  std::int64_t bytes = 0;      // Of the file.
  std::int64_t all_bytes = 0;  // 0: not known, so no bar is shown.
  std::int64_t items = 0;      // Units or concepts.
  std::string item_name;       // `units` or `concepts`.
  std::chrono::milliseconds elapsed{0};
};

// Returns one line of at most 79 columns that shows `progress`.
std::string ProgressText(const Progress& progress);

// A line on a terminal that is drawn again and again in its place.
class ProgressLine {
 public:
  // Draws nothing unless `is_shown`. `err` must outlive the line.
  ProgressLine(std::ostream& err, bool is_shown) : err_(err), is_shown_(is_shown) {}
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;
  ProgressLine(ProgressLine&&) = delete;
  ProgressLine& operator=(ProgressLine&&) = delete;
  ~ProgressLine() { Clear(); }

  // Draws `progress`, whose `elapsed` is filled in, in place of what stood there.
  void Draw(Progress progress);

  // Takes the line away.
  void Clear();

 private:
  std::ostream& err_;
  const bool is_shown_;
  const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  bool is_drawn_ = false;
};

}  // namespace sild::cli
