#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace sild::cli {

// Returns `text` as it may be shown to a person: what could steer a terminal or break a line is
// written out, as `\n`, `\x1b` or `\u{9b}`; bytes that are not UTF-8 as `\xff`. All text from
// outside goes through here before it is printed.
std::string Visible(std::string_view text);

// The columns that `text`, which must be `Visible`, takes up on a terminal: two for wide
// characters, none for combining marks. Needs a UTF-8 locale (`UseUtf8Locale`).
std::size_t WidthOf(std::string_view text);

// Returns `text` with spaces after it up to `width` columns.
std::string PaddedTo(std::size_t width, std::string_view text);

// Makes the C library know the widths of Unicode characters.
void UseUtf8Locale();

}  // namespace sild::cli
