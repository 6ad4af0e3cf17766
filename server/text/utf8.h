#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <absl/status/status.h>

namespace sild::text {

// A place in a text that is not what the server takes.
struct TextProblem {
  std::size_t byte_offset = 0;  // Of the first byte that is wrong; all before it is right.
  std::string problem;          // What stands there, as "a byte that is not UTF-8".
  std::string remedy;           // What to do, as "send UTF-8".
};

// Returns the first place in `text` that is not well-formed UTF-8 (overlong forms, surrogates and
// cut characters among it) or holds a character that XML 1.0 cannot carry: NUL, control characters
// other than tab and line ends, U+FFFE, U+FFFF.
std::optional<TextProblem> FindTextProblem(std::string_view text);

// Checks a text from outside: `FindTextProblem`, and at most `max_chars` code points.
// `InvalidArgument` names `field`, the character, the problem and the remedy, and quotes no text.
absl::Status CheckText(std::string_view text, std::string_view field, std::size_t max_chars);

// Returns the number of code points of `text`, which must be UTF-8.
std::size_t CountChars(std::string_view text);

// Whether `byte` begins a character, in UTF-8.
constexpr bool IsCharStart(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) != 0x80; }

// Returns the code point at `offset` and moves `offset` behind it. `text` must be UTF-8 and
// `offset` a character's start inside it.
inline char32_t NextChar(std::string_view text, std::size_t& offset) {
  const auto byte = [&text](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  const unsigned char first = byte(offset);
  if (first < 0x80) {
    return text[offset++] & 0x7F;
  }
  char32_t c = first < 0xE0 ? first & 0x1FU : first < 0xF0 ? first & 0x0FU : first & 0x07U;
  const int more = first < 0xE0 ? 1 : first < 0xF0 ? 2 : 3;
  ++offset;
  for (int i = 0; i < more && offset < text.size(); ++i) {
    c = c << 6 | (byte(offset++) & 0x3FU);
  }
  return c;
}

// Appends `c`, a code point, to `text`.
inline void AppendChar(char32_t c, std::string& text) {
  const auto put = [&text](char32_t byte) { text += static_cast<char>(byte); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | c >> 6);
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | c >> 12);
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | c >> 18);
    put(0x80 | (c >> 12 & 0x3F));
    put(0x80 | (c >> 6 & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

// Returns the code points of `text`, which must be UTF-8.
std::u32string ToUtf32(std::string_view text);

}  // namespace sild::text
