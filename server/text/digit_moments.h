#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "server/text/locale_data.h"
#include "server/text/moment_reading.h"
#include "server/text/placeable_items.h"
#include "server/text/placeables.h"

namespace sild::text {

// Items of a text, with what stands between them.
struct MomentItems {
  std::string_view text;
  std::span<const PlaceableItem> items;

  std::size_t size() const { return items.size(); }
  bool empty() const { return items.empty(); }
  const PlaceableItem& operator[](std::size_t item) const { return items[item]; }

  // What stands before an item. Empty before the first and behind the last.
  std::string_view GapBefore(std::size_t item) const {
    if (item == 0 || item >= items.size()) {
      return "";
    }
    const std::size_t begin = items[item - 1].range.end;
    return text.substr(begin, items[item].range.begin - begin);
  }
};

// Whether `gap` is white space, and not empty.
bool IsBlank(std::string_view gap);

// Whether an item is from `least` to `most` ASCII digits; whether four or two, as years are.
bool IsDigits(const PlaceableItem& item, std::size_t least, std::size_t most);
bool IsYear(const PlaceableItem& item);

// Returns an item of at most four digits as a field.
MomentPart PartOf(const PlaceableItem& item, MomentField field);

// Whether a field has a value that it may have.
bool IsInRange(const MomentPart& part);

Reading MomentOf(PlaceableKind kind, std::vector<MomentPart> parts);

// Reads a date or time that is written in digits, also with `am` or `pm`, as `ReadMoment` does.
// Empty if there is none.
FoundMoment ReadDigitMoment(const MomentItems& items, const LocaleData& locale);

}  // namespace sild::text
