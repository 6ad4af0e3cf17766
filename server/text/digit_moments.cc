#include "server/text/digit_moments.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>

#include "server/text/char_table.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = PlaceableItem::Type;
using Field = MomentField;

constexpr std::int32_t kMaxHour = 24;
constexpr std::int32_t kNoon = 12;
constexpr std::int32_t kMaxMinute = 59;
constexpr std::int32_t kMaxDay = 31;
constexpr std::int32_t kMaxMonth = 12;

class DigitReader {
 public:
  DigitReader(const MomentItems& items, const LocaleData& locale)
      : items_(items), locale_(locale) {}

  FoundMoment Read() const {
    FoundMoment found = TwelveHours();
    return found.readings.empty() ? DigitsOnly() : found;
  }

 private:
  // An English time of twelve hours: 2 pm, 2:30 p.m.
  FoundMoment TwelveHours() const {
    if (!locale_.locale.starts_with("en") || items_.empty() || !IsDigits(items_[0], 1, 2)) {
      return {};
    }
    MomentPart hour = PartOf(items_[0], Field::kHour);
    MomentPart minute;  // Unless it is told.
    minute.field = Field::kMinute;
    minute.range = {hour.range.end, hour.range.end};
    std::size_t next = 1;
    if ((GapBefore(1) == ":" || GapBefore(1) == ".") && IsDigits(items_[1], 2, 2)) {
      minute = PartOf(items_[next++], Field::kMinute);
    }
    const std::size_t end = PeriodEnd(next);
    if (end == next || hour.value < 1 || hour.value > kNoon || minute.value > kMaxMinute) {
      return {};
    }
    MomentPart period;
    period.field = Field::kPeriod;
    period.range = {items_[next].range.begin, items_[end - 1].range.end};
    hour.value = hour.value % kNoon + (items_[next].text.starts_with('p') ? kNoon : 0);
    return {{MomentOf(PlaceableKind::kTime, {hour, minute, period})}, end};
  }

  // Behind `am`, `p.m` or the like that begins with an item; that item if there is none.
  std::size_t PeriodEnd(std::size_t begin) const {
    if (begin >= items_.size() || !(GapBefore(begin).empty() || IsBlank(GapBefore(begin)))) {
      return begin;
    }
    const std::string& word = items_[begin].text;
    if (word == "am" || word == "pm") {
      return begin + 1;
    }
    const bool is_cut = (word == "a" || word == "p") && GapBefore(begin + 1) == "." &&
                        items_[begin + 1].text == "m";
    return is_cut ? begin + 2 : begin;
  }

  // The readings of three groups of digits, or of a time.
  FoundMoment DigitsOnly() const {
    const std::string_view mark = GapBefore(1);
    if (mark == ":") {
      return Time();
    }
    const bool is_joined = mark == "." || mark == "/" || mark == "-";
    if (!is_joined || items_.size() < 3 || GapBefore(2) != mark || GapBefore(3) == mark) {
      return {};
    }
    using Fields = std::array<Field, 3>;
    // A year of two digits comes last: 29.01.22, with two digits each as 1.2.22 is a version, and
    // 1/29/22; 22-01-29 may be anything.
    const bool is_short_year =
        IsDigits(items_[2], 2, 2) && mark != "-" && !IsDigits(items_[0], 4, 4);
    const std::size_t least = is_short_year && mark == "." ? 2 : 1;
    const std::size_t year = is_short_year ? 2 : 4;
    constexpr std::array<Fields, 3> kOrders = {Fields{Field::kYear, Field::kMonth, Field::kDay},
                                               Fields{Field::kDay, Field::kMonth, Field::kYear},
                                               Fields{Field::kMonth, Field::kDay, Field::kYear}};
    FoundMoment found{{}, 3};
    for (const Fields& fields : kOrders) {
      // Of other languages only dates with slashes are borrowed.
      const bool may_be_month_first = mark == "/" || locale_.locale.starts_with("en");
      const bool is_excluded = (fields[0] == Field::kMonth && !may_be_month_first) ||
                               (is_short_year && fields[0] == Field::kYear);
      if (is_excluded) {
        continue;
      }
      std::vector<MomentPart> parts;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool is_year = fields[i] == Field::kYear;
        if (IsDigits(items_[i], is_year ? year : least, is_year ? year : 2)) {
          parts.push_back(PartOf(items_[i], fields[i]));
        }
      }
      if (parts.size() == 3 && std::all_of(parts.begin(), parts.end(), IsInRange)) {
        found.readings.push_back(MomentOf(PlaceableKind::kDate, std::move(parts)));
      }
    }
    if (found.readings.size() == 2 && locale_.first_of_date != FirstOfDate::kUnknown) {
      const bool is_month = locale_.first_of_date == FirstOfDate::kMonth;
      if (!is_month || mark != ".") {  // 03.04.2022 is European, also where 03/04/2022 is not.
        found.readings.erase(found.readings.begin() + (is_month ? 0 : 1));  // The day's is first.
      }
    }
    return found;
  }

  FoundMoment Time() const {
    std::vector<MomentPart> parts;
    for (const Field field : {Field::kHour, Field::kMinute, Field::kSecond}) {
      const std::size_t i = parts.size();
      if (i >= items_.size() || (i > 0 && GapBefore(i) != ":") || !IsDigits(items_[i], 1, 2)) {
        break;
      }
      parts.push_back(PartOf(items_[i], field));
    }
    const bool goes_on = GapBefore(parts.size()) == ":";
    if (parts.size() < 2 || goes_on || !std::all_of(parts.begin(), parts.end(), IsInRange)) {
      return {};
    }
    const std::size_t count = parts.size();
    return {{MomentOf(PlaceableKind::kTime, std::move(parts))}, count};
  }

  std::string_view GapBefore(std::size_t item) const { return items_.GapBefore(item); }

  const MomentItems& items_;
  const LocaleData& locale_;
};

}  // namespace

bool IsBlank(std::string_view gap) {
  for (std::size_t at = 0; at < gap.size();) {
    if (!IsWhiteSpace(NextChar(gap, at))) {
      return false;
    }
  }
  return !gap.empty();
}

MomentPart PartOf(const PlaceableItem& item, MomentField field) {
  MomentPart part;
  part.field = field;
  part.range = item.range;
  part.digits = static_cast<std::int32_t>(item.text.size());
  // At most four digits, by the checks of all callers.
  std::from_chars(item.text.data(), item.text.data() + item.text.size(), part.value);
  return part;
}

bool IsDigits(const PlaceableItem& item, std::size_t least, std::size_t most) {
  return item.type == Type::kDigits && item.zero == U'0' && item.text.size() >= least &&
         item.text.size() <= most;
}

bool IsYear(const PlaceableItem& item) { return IsDigits(item, 4, 4) || IsDigits(item, 2, 2); }

bool IsInRange(const MomentPart& part) {
  switch (part.field) {
    case MomentField::kDay:
    case MomentField::kLastDay:
      return part.value >= 1 && part.value <= kMaxDay;
    case MomentField::kMonth:
      return part.value >= 1 && part.value <= kMaxMonth;
    case MomentField::kHour:
      return part.value <= kMaxHour;
    case MomentField::kMinute:
    case MomentField::kSecond:
      return part.digits == 2 && part.value <= kMaxMinute;
    case MomentField::kYear:
    case MomentField::kPeriod:
      break;
  }
  return true;
}

Reading MomentOf(PlaceableKind kind, std::vector<MomentPart> parts) {
  Reading reading;
  reading.kind = kind;
  reading.parts = std::move(parts);
  return reading;
}

FoundMoment ReadDigitMoment(const MomentItems& items, const LocaleData& locale) {
  return DigitReader(items, locale).Read();
}

std::vector<Reading> ReadShortMoment(const PlaceableItem& first, const PlaceableItem& second) {
  std::vector<Reading> readings;
  if (!IsDigits(first, 1, 2) || !IsDigits(second, 2, 2)) {
    return readings;
  }
  for (const auto& [kind, left, right] :
       {std::tuple(PlaceableKind::kTime, MomentField::kHour, MomentField::kMinute),
        std::tuple(PlaceableKind::kDate, MomentField::kDay, MomentField::kMonth)}) {
    std::vector<MomentPart> parts = {PartOf(first, left), PartOf(second, right)};
    if (std::all_of(parts.begin(), parts.end(), IsInRange)) {
      readings.push_back(MomentOf(kind, std::move(parts)));
    }
  }
  return readings;
}

}  // namespace sild::text
