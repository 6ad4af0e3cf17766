#pragma once

#include <cstddef>
#include <string_view>

namespace sild::text {

// Returns the length in bytes of the tag or placeholder that begins at `offset` of `text`, or 0.
// Taken are `<name …>` and `</name>`, `%s %1$d %n %1 %L1 %(x)s %{x} %PRODUCTNAME`, `{0} {name} ${x}
// $(x) $x`, and character references such as `&lt;` and `&#160;`. All are ASCII at their ends.
std::size_t PlaceholderLength(std::string_view text, std::size_t offset);

}  // namespace sild::text
