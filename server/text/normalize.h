#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::text {

// All functions here take UTF-8 that `FindTextProblem` would pass.

// Whether `text` is in Unicode normal form C. Reads Latin and Cyrillic at more than 0.5 GB/s.
bool IsNfc(std::string_view text);

// Returns the normal form C of `text`.
std::string Nfc(std::string_view text);

// Returns `text` with each run of Unicode White_Space as one space, and none at the ends.
std::string CollapseWhiteSpace(std::string_view text);

// Returns `text` with Unicode's default full case folding (ß becomes ss), which makes texts equal
// that differ only in case. Not normalized again.
std::string FoldCase(std::string_view text);

// The normal form C of a text, and where its pieces came from.
class NormalizedText {
 public:
  explicit NormalizedText(std::string_view original);

  const std::string& text() const { return text_; }

  // Returns the bytes of the original that became `range` of `text()`. Where a range cuts what
  // normalization joined or reordered, the result takes in the whole of it. O(log n) if
  // normalization changed anything, otherwise O(1).
  ByteRange ToOriginal(ByteRange range) const;

  // Returns the offset in `text()` of what begins at byte `offset` of the original; where that was
  // joined to something before it, of the whole. O(log n).
  std::uint32_t FromOriginal(std::uint32_t offset) const;

 private:
  // A piece that normalization changed. Both ranges are in ascending order and never overlap.
  struct Change {
    ByteRange original;
    ByteRange normal;
  };

  std::string text_;
  std::vector<Change> changes_;
};

}  // namespace sild::text
