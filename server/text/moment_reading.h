#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/text/locale_data.h"
#include "server/text/placeable_items.h"
#include "server/text/placeables.h"

namespace sild::text {

// What `ReadMoment` found: the readings, and how many items they take.
struct FoundMoment {
  std::vector<Reading> readings;
  std::size_t items = 0;
};

// Reads the date or time that begins with the first of `items`, which are of `text`: written
// (29 January 2022, 29. jaanuaril, 2022 m. sausio 29), of digits (2022-01-29, 29.01.2022,
// 01/29/2022; 29.01.22, 29/01/22, January '22, whose century nobody knows), with a range of days
// (12–14 March, kovo 12–14, 12.–14.03.2022, с 12 по 14 марта) or a time (14:30, 14:30:05; in
// English 2:30 p.m., 2 pm). Where day and month may be either, there is a reading for each. Nothing
// if there is none. Looks at a few items only.
std::optional<FoundMoment> ReadMoment(std::string_view text, std::span<const PlaceableItem> items,
                                      const LocaleData& locale);

// Returns the readings as a date or time of two groups of digits with a full stop between them, as
// `14.30` or `29.01`, beside that as a number.
std::vector<Reading> ReadShortMoment(const PlaceableItem& first, const PlaceableItem& second);

// Whether a time has `am` or `pm`.
bool IsTwelveHours(const Reading& reading);

// Writes a date or time as `WriteLike` says.
std::optional<std::string> WriteMoment(const Reading& value, const Reading& model,
                                       std::string_view text, const LocaleData& locale);

}  // namespace sild::text
