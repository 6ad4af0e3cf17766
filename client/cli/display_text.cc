#include "client/cli/display_text.h"

#include <clocale>
#include <cwchar>
#include <optional>

#include <fmt/format.h>

#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

// C0, DEL and C1 controls (U+009B alone begins an escape sequence), line and paragraph separators,
// and the marks that turn the direction of what follows on the line.
bool IsUnsafe(char32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0) ||
         (code_point >= 0x2028 && code_point <= 0x202e) ||
         (code_point >= 0x2066 && code_point <= 0x2069);
}

std::string Escaped(char32_t code_point) {
  switch (code_point) {
    case U'\n':
      return "\\n";
    case U'\r':
      return "\\r";
    case U'\t':
      return "\\t";
    default:
      return code_point < 0x80 ? fmt::format("\\x{:02x}", static_cast<unsigned>(code_point))
                               : fmt::format("\\u{{{:x}}}", static_cast<unsigned>(code_point));
  }
}

}  // namespace

std::string Visible(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::string_view before = text;
    const std::optional<char32_t> code_point = TakeCodePoint(text);
    if (!code_point.has_value()) {
      result += fmt::format("\\x{:02x}", static_cast<unsigned char>(before.front()));
    } else if (IsUnsafe(*code_point)) {
      result += Escaped(*code_point);
    } else {
      result += before.substr(0, before.size() - text.size());
    }
  }
  return result;
}

std::size_t WidthOf(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    const std::optional<char32_t> code_point = TakeCodePoint(text);
    const int columns = wcwidth(static_cast<wchar_t>(code_point.value_or(U'?')));
    width += columns < 0 ? 1U : static_cast<std::size_t>(columns);
  }
  return width;
}

std::string PaddedTo(std::size_t width, std::string_view text) {
  std::string result(text);
  const std::size_t taken = WidthOf(text);
  result.append(width > taken ? width - taken : 0, ' ');
  return result;
}

void UseUtf8Locale() { std::setlocale(LC_CTYPE, "C.UTF-8"); }

}  // namespace sild::cli
