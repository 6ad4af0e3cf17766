#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sild::cli {

// Takes the first code point off `text`, which must not be empty. Returns nothing, and takes one
// byte off, where `text` is not UTF-8: overlong forms and surrogates are none.
std::optional<char32_t> TakeCodePoint(std::string_view& text);

// Whether `text` is UTF-8 throughout, as every string of the API must be.
bool IsUtf8(std::string_view text);

// The number of code points of `text`, which must be UTF-8. O(n).
std::size_t CountCodePoints(std::string_view text);

// The part of `text`, which must be UTF-8, from code point `begin` to before `end`. Offsets beyond
// the end count as the end. O(n).
std::string_view SliceCodePoints(std::string_view text, std::int32_t begin, std::int32_t end);

}  // namespace sild::cli
