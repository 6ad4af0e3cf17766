#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace sild::cli {

// One line of input, without its end (`\n` or `\r\n`).
struct InputLine {
  std::string text;      // Cut off at `LineReader::kLongestBytes`.
  bool is_whole = true;  // False if it was cut off.
};

// Reads lines from a file descriptor as they come, so that whoever types a line gets its answer at
// once, and a file or a fast pipe can be taken in batches.
class LineReader {
 public:
  // More than a segment may have by far (10,000 code points); the rest of such a line is skipped.
  static constexpr std::size_t kLongestBytes = std::size_t{1024} * 1024;

  // The descriptor must stay open.
  explicit LineReader(int file_descriptor) : file_descriptor_(file_descriptor) {}

  // Waits for the next line. None: the input is at its end (a last line needs no `\n`). A byte
  // order mark at the very beginning is no part of the first line.
  std::optional<InputLine> Next();

  // Whether `Next` would return at once with a line.
  bool HasWaiting();

 private:
  // Reads more into the buffer. Returns false at the end.
  bool Fill();

  // Takes what can be taken of the current line. Returns true once it is complete.
  bool TakeLine();

  // Whether reading would not block.
  bool IsReadable() const;

  const int file_descriptor_;
  std::string buffer_;
  std::size_t begin_ = 0;  // What stands before it in the buffer has been taken.
  InputLine line_;         // Taken so far.
  bool is_at_start_ = true;
  bool is_at_end_ = false;
};

}  // namespace sild::cli
