#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "server/text/placeables.h"

namespace sild::text {

inline LanguageTag Language(std::string_view tag) {
  return LanguageTag::FromCanonical(std::string(tag));
}

// Each placeable as `text=key|key`.
inline std::vector<std::string> Find(std::string_view text, std::string_view language) {
  std::vector<std::string> found;
  for (const Placeable& placeable : FindPlaceables(text, Language(language))) {
    std::string shown(
        text.substr(placeable.range.begin, placeable.range.end - placeable.range.begin));
    for (std::size_t i = 0; i < placeable.readings.size(); ++i) {
      shown.append(i == 0 ? "=" : "|").append(ValueKey(placeable.readings[i]));
    }
    found.push_back(shown);
  }
  return found;
}

// The key of a date.
inline std::string Date(int year, int month, int day) {
  return "d" + std::to_string(year) + "," + std::to_string(month) + "," + std::to_string(day) +
         ",-1,-1,-1,";
}

inline std::string Time(int hour, int minute) {
  return "t-1,-1,-1," + std::to_string(hour) + "," + std::to_string(minute) + ",-1,";
}

}  // namespace sild::text
