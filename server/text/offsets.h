#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace sild::text {

// Turns byte offsets of one text into code points and back. Each call goes on from where the last
// one ended, so that sorted offsets cost one pass over the text in all; one that lies before the
// last begins again. The text must be UTF-8 and outlive the object. For one thread.
class OffsetCursor {
 public:
  explicit OffsetCursor(std::string_view text) : text_(text) {}

  // Returns how many code points begin before `byte`, which is in `[0, size]`. For an offset inside
  // a character that counts the character.
  std::uint32_t CharOf(std::uint32_t byte);

  // Returns the byte where code point `character` begins, the text's size for its length, nothing
  // beyond that.
  std::optional<std::uint32_t> ByteOf(std::uint32_t character);

 private:
  std::string_view text_;
  std::uint32_t byte_ = 0;  // Always a character's start, or the end.
  std::uint32_t char_ = 0;
};

}  // namespace sild::text
