#include "client/cli/utf8.h"

#include <algorithm>

namespace sild::cli {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xc0U) == 0x80; }

// How a sequence begins: its length, the bits of its first byte, and the least code point that may
// be written so long (less is an overlong form). Length 0: no sequence begins so.
struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;
};

Lead LeadOf(unsigned char byte) {
  if (byte < 0x80) {
    return {1, byte, 0};
  }
  if (byte >= 0xc2 && byte < 0xe0) {
    return {2, byte & 0x1fU, 0x80};
  }
  if (byte >= 0xe0 && byte < 0xf0) {
    return {3, byte & 0x0fU, 0x800};
  }
  if (byte >= 0xf0 && byte < 0xf5) {
    return {4, byte & 0x07U, 0x10000};
  }
  return {0, 0, 0};
}

// The byte offset of code point `index`.
std::size_t ByteOffset(std::string_view text, std::int32_t index) {
  std::size_t offset = 0;
  for (; index > 0 && offset < text.size(); --index) {
    do {
      ++offset;
    } while (offset < text.size() && IsContinuation(text[offset]));
  }
  return offset;
}

}  // namespace

std::optional<char32_t> TakeCodePoint(std::string_view& text) {
  const Lead lead = LeadOf(static_cast<unsigned char>(text.front()));
  char32_t code_point = lead.bits;
  bool is_right = lead.length > 0 && lead.length <= text.size();
  for (std::size_t i = 1; is_right && i < lead.length; ++i) {
    is_right = IsContinuation(text[i]);
    code_point = (code_point << 6) | (static_cast<unsigned char>(text[i]) & 0x3fU);
  }
  const bool is_surrogate = code_point >= 0xd800 && code_point < 0xe000;
  if (!is_right || code_point < lead.least || is_surrogate || code_point > 0x10ffff) {
    text.remove_prefix(1);
    return std::nullopt;
  }
  text.remove_prefix(lead.length);
  return code_point;
}

bool IsUtf8(std::string_view text) {
  while (!text.empty()) {
    if (!TakeCodePoint(text).has_value()) {
      return false;
    }
  }
  return true;
}

std::size_t CountCodePoints(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char byte) { return !IsContinuation(byte); }));
}

std::string_view SliceCodePoints(std::string_view text, std::int32_t begin, std::int32_t end) {
  text.remove_prefix(ByteOffset(text, begin));
  return text.substr(0, ByteOffset(text, end - begin));
}

}  // namespace sild::cli
