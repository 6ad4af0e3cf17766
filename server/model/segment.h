#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sild {

// The kind of an inline tag. On disk: do not change the numbers.
enum class TagKind : std::uint8_t {
  kOpen = 1,           // TMX `bpt`
  kClose = 2,          // TMX `ept`
  kPlaceholder = 3,    // TMX `ph`
  kIsolatedOpen = 4,   // TMX `it pos="begin"`
  kIsolatedClose = 5,  // TMX `it pos="end"`
};

// An inline tag, held beside the text so that the text is only language.
struct Tag {
  TagKind kind = TagKind::kPlaceholder;
  std::uint32_t position = 0;  // In bytes of `Segment::text`; the tag stands before that byte.
  std::int32_t pair = 0;       // Joins open to close within one segment (TMX `i`). 0: none.
  std::int32_t id = 0;  // Joins a tag to its counterpart in other variants (TMX `x`). 0: none.
  std::string type;     // "bold", "link", … (TMX `type`). May be empty.
  std::string data;     // The native code, such as `<b>`. Never matched, always given back.

  friend bool operator==(const Tag&, const Tag&) = default;
};

// A piece of text in one language with its inline tags.
struct Segment {
  std::string text;  // UTF-8, as sent, at most 10,000 code points. Empty only if there are tags.
  std::vector<Tag> tags;  // By position; tags at one position keep their order.

  friend bool operator==(const Segment&, const Segment&) = default;
};

}  // namespace sild
