#pragma once

#include <optional>
#include <vector>

#include "server/model/segment.h"

namespace sild::matching {

// A tag of the query that stands in a target, and where there: in bytes of the target's text.
struct CarriedTag {
  std::size_t query_tag = 0;  // Index in the query's tags.
  std::uint32_t position = 0;
};

// Finds where the tags of a query go in a target. `source_tags[i]` is the tag of the source that
// stands where tag i of the query does. Results are in the order of the target; a tag of the query
// that is not among them is left.
//
// A tag goes where the target has the counterpart of the source's tag: of one kind, and of one id
// (TMX `x`), or one type and native code, or one type, or alone of its kind on both sides. Several
// such are certain only if there are equally many and the query's tags for them are the same, or
// the same as the source's. A pair that holds the whole query, and has no counterpart in the
// source, holds the whole target. Of a pair either both tags are carried or none.
std::vector<CarriedTag> CarryTags(const Segment& query,
                                  const std::vector<std::optional<std::size_t>>& source_tags,
                                  const Segment& source, const Segment& target);

}  // namespace sild::matching
