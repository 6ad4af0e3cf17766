#include "server/text/utf8.h"

#include <algorithm>

#include <fmt/format.h>

namespace sild::text {
namespace {

bool IsContinuation(std::string_view text, std::size_t at) {
  return at < text.size() && !IsCharStart(text[at]);
}

// The length of the well-formed character at `at` (Unicode, table 3-7), or 0.
std::size_t CharLength(std::string_view text, std::size_t at) {
  const auto first = static_cast<unsigned char>(text[at]);
  if (first < 0x80) {
    return 1;
  }
  const std::size_t length = first >= 0xC2 && first < 0xE0   ? 2
                             : first >= 0xE0 && first < 0xF0 ? 3
                             : first >= 0xF0 && first < 0xF5 ? 4
                                                             : 0;
  for (std::size_t i = 1; i < length; ++i) {
    if (!IsContinuation(text, at + i)) {
      return 0;
    }
  }
  if (length < 3) {
    return length;
  }
  const auto second = static_cast<unsigned char>(text[at + 1]);
  const bool is_overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool is_surrogate = first == 0xED && second >= 0xA0;
  const bool is_too_large = first == 0xF4 && second >= 0x90;
  return is_overlong || is_surrogate || is_too_large ? 0 : length;
}

bool IsXmlChar(char32_t c) {
  return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
}

}  // namespace

std::optional<TextProblem> FindTextProblem(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = CharLength(text, at);
    if (length == 0) {
      return TextProblem{at, "a byte that is not UTF-8", "send UTF-8"};
    }
    std::size_t next = at;
    const char32_t c = NextChar(text, next);
    if (!IsXmlChar(c)) {
      return TextProblem{
          at, fmt::format("U+{:04X}, which XML 1.0 cannot carry", static_cast<std::uint32_t>(c)),
          "take it out"};
    }
    at = next;
  }
  return std::nullopt;
}

absl::Status CheckText(std::string_view text, std::string_view field, std::size_t max_chars) {
  if (const std::optional<TextProblem> found = FindTextProblem(text)) {
    return absl::InvalidArgumentError(fmt::format("{}: character {} is {}; {}", field,
                                                  CountChars(text.substr(0, found->byte_offset)),
                                                  found->problem, found->remedy));
  }
  if (text.size() > max_chars) {  // Otherwise there cannot be too many.
    if (const std::size_t chars = CountChars(text); chars > max_chars) {
      return absl::InvalidArgumentError(
          fmt::format("{}: has {} characters, and at most {} are taken; split or shorten it", field,
                      chars, max_chars));
    }
  }
  return absl::OkStatus();
}

std::size_t CountChars(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), IsCharStart));
}

std::u32string ToUtf32(std::string_view text) {
  std::u32string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    result += NextChar(text, at);
  }
  return result;
}

}  // namespace sild::text
