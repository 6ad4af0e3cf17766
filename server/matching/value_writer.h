#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "server/matching/placeable_pairs.h"
#include "server/model/language_tag.h"
#include "server/text/placeables.h"

namespace sild::matching {

// Whether two placeables have one value, in whatever way both are read.
bool HaveOneValue(const text::Placeable& a, const text::Placeable& b);

// Whether two placeables can be read as one value.
bool HaveCommonValue(const text::Placeable& a, const text::Placeable& b);

// Writes values of a query as a target writes those of a source. Arguments are indexes of
// placeables. What it is made of must outlive it.
class ValueWriter {
 public:
  ValueWriter(const SegmentPlaceables& query, const SegmentPlaceables& source,
              const SegmentPlaceables& target, const LanguageTag& query_language,
              const LanguageTag& target_language);

  // Returns what stands for `query` where the target has `target` for `source`: the one text that
  // all readings give that agree. Nothing if there are several or none.
  std::optional<std::string> Write(std::size_t query, std::size_t source, std::size_t target) const;

 private:
  // Writes `reading` of `value`; empty if it cannot be told how. Where the target does not show how
  // it marks a fraction, 5 may become 5,5 if something is counted, but not in a version or the
  // number of a heading; and a mark that is not the query's language's (1.2 in Estonian) stays.
  std::string WriteWithMark(const text::Placeable& value, const text::Reading& reading,
                            text::Reading model) const;

  const SegmentPlaceables& query_;
  const SegmentPlaceables& source_;
  const SegmentPlaceables& target_;
  const LanguageTag& query_language_;
  const LanguageTag& language_;  // Of the target.
  std::string decimal_;          // The mark that the target uses. Empty: unknown.
};

}  // namespace sild::matching
