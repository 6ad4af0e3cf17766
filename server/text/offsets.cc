#include "server/text/offsets.h"

#include "server/text/utf8.h"

namespace sild::text {

std::uint32_t OffsetCursor::CharOf(std::uint32_t byte) {
  if (byte < byte_) {
    byte_ = char_ = 0;
  }
  while (byte_ < byte && byte_ < text_.size()) {
    ++char_;
    do {
      ++byte_;
    } while (byte_ < text_.size() && !IsCharStart(text_[byte_]));
  }
  return char_;
}

std::optional<std::uint32_t> OffsetCursor::ByteOf(std::uint32_t character) {
  if (character < char_) {
    byte_ = char_ = 0;
  }
  while (char_ < character) {
    if (byte_ >= text_.size()) {
      return std::nullopt;
    }
    CharOf(byte_ + 1);
  }
  return byte_;
}

}  // namespace sild::text
