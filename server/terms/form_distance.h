#pragma once

#include <cstddef>
#include <string_view>

namespace sild::terms {

// Returns how many letters must be put in, taken out or replaced to make `b` of `a`, or some number
// not below `limit` if that is so. Both must be UTF-8. O(|a|·|b|).
std::size_t FormDistance(std::string_view a, std::string_view b, std::size_t limit);
std::size_t FormDistance(std::u32string_view from, std::u32string_view to, std::size_t limit);

}  // namespace sild::terms
