#pragma once

#include <string_view>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::text {

// Finds URLs (`scheme://…`, `www.…`) and e-mail addresses in `text`, which must be UTF-8, in order
// and without overlap. Punctuation that ends a sentence or closes a bracket opened before is not
// part of them. O(n).
std::vector<ByteRange> FindAddresses(std::string_view text);

}  // namespace sild::text
