#pragma once

#include <cstdint>
#include <string_view>

namespace sild::text {

// Returns the hash by which a neighbour of a variant is known: XXH3-64 with seed 0 of the UTF-8 of
// `text` in normal form C, with runs of White_Space as one space and none at the ends. Tags and
// case are not touched. Stored and sent: version 1 is frozen, do not change it.
std::uint64_t ContextHash(std::string_view text);

}  // namespace sild::text
