#pragma once

#include <compare>
#include <cstdint>

namespace sild {

// A half-open range `[begin, end)` of a text in bytes of its UTF-8 form, cut at code points. Inside
// the server every offset is in bytes; `text/offsets.h` turns them into the code points of the API.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool empty() const { return begin == end; }
  friend auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

}  // namespace sild
