#include "server/text/context_hash.h"

#include <xxhash.h>

#include "server/text/normalize.h"

namespace sild::text {

std::uint64_t ContextHash(std::string_view text) {
  const std::string normal = CollapseWhiteSpace(Nfc(text));
  return XXH3_64bits(normal.data(), normal.size());
}

}  // namespace sild::text
