#include "server/text/moment_reading.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "server/text/char_table.h"
#include "server/text/number_reading.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = PlaceableItem::Type;

constexpr std::int32_t kMaxHour = 24;
constexpr std::int32_t kNoon = 12;
constexpr std::int32_t kMaxMinute = 59;
constexpr std::int32_t kMaxDay = 31;
constexpr std::int32_t kMaxMonth = 12;

bool IsBlank(std::string_view gap) {
  for (std::size_t at = 0; at < gap.size();) {
    if (!IsWhiteSpace(NextChar(gap, at))) {
      return false;
    }
  }
  return !gap.empty();
}

bool IsDotBlank(std::string_view gap) {
  return gap == "." || (gap.starts_with('.') && IsBlank(gap.substr(1)));
}

bool IsCommaBlank(std::string_view gap) { return gap.starts_with(',') && IsBlank(gap.substr(1)); }

// Whether what stands between two days is a dash; the first may have a full stop, as in Estonian.
bool IsRangeDash(std::string_view gap) {
  std::string marks;
  for (std::size_t at = 0; at < gap.size();) {
    const std::size_t begin = at;
    if (!IsWhiteSpace(NextChar(gap, at))) {
      marks += gap.substr(begin, at - begin);
    }
  }
  if (marks.starts_with('.')) {
    marks.erase(0, 1);
  }
  return marks == "-" || marks == "\u2013" || marks == "\u2014";
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

// Reads items one after another, and knows what stands between them.
class MomentReader {
 public:
  MomentReader(std::string_view text, std::span<const PlaceableItem> items,
               const LocaleData& locale)
      : text_(text), items_(items), locale_(locale) {}

  std::optional<FoundMoment> Read() {
    for (const auto read :
         {&MomentReader::DayFirst, &MomentReader::MonthFirst, &MomentReader::YearFirst}) {
      at_ = 0;
      parts_.clear();
      if ((this->*read)()) {
        return FoundMoment{{MomentOf(PlaceableKind::kDate, parts_)}, at_};
      }
    }
    FoundMoment found = TwelveHours();
    if (found.readings.empty()) {
      found = DigitsOnly();
    }
    return found.readings.empty() ? std::nullopt : std::optional(std::move(found));
  }

 private:
  using Field = MomentField;

  // 29 January 2022, 29th of January, 29. jaanuaril, 29 января, 12–14 March, 12 to 14 March
  bool DayFirst() {
    if (!TakeDay()) {
      return false;
    }
    if (TakeLastDay({"to", "kuni", "iki", "по", "до"}) && TakeDigitMonth()) {
      return true;
    }
    SkipWord({"of"});
    if (!(IsBlank(Gap()) || IsDotBlank(Gap())) || !TakeMonth()) {
      return false;
    }
    TakeYear();
    return true;
  }

  // January 29, 2022; January 2022; sausio 29, sausio 12–14
  bool MonthFirst() {
    if (!TakeMonth()) {
      return false;
    }
    if (TakeYear()) {
      return true;
    }
    const bool is_near = IsBlank(Gap()) || IsDotBlank(Gap());  // Jan. 29
    if (!is_near || !TakeDay()) {
      return false;
    }
    TakeLastDayBehindMonth();
    TakeYear();
    return true;
  }

  // 2022 m. sausio 29, 2022. aasta 29. jaanuar
  bool YearFirst() {
    if (at_ != 0 || items_.empty() || !IsDigits(items_[0], 4, 4)) {
      return false;
    }
    Take(Field::kYear);
    const bool has_word = SkipWord({"m", "metų", "metais", "aasta", "aastal"});
    if (!IsBlank(Gap()) && !(IsDotBlank(Gap()) && has_word)) {
      return false;
    }
    const std::size_t before = at_;
    if (TakeMonth()) {
      const std::size_t after_month = at_;
      if (!IsBlank(Gap()) || !TakeDay()) {
        Restore(after_month, 2);
        return true;
      }
      TakeLastDayBehindMonth();
      if (FollowsYear()) {
        Restore(after_month, 2);
      }
      return true;
    }
    at_ = before;
    if (!TakeDay()) {
      return false;
    }
    TakeLastDay({"kuni"});
    return (IsBlank(Gap()) || IsDotBlank(Gap())) && TakeMonth();
  }

  // Whether the digits just taken are the beginning of something longer.
  bool FollowsYear() const {
    return at_ < items_.size() && items_[at_].type == Type::kDigits && Gap().size() == 1 &&
           !IsBlank(Gap());
  }

  bool TakeDay() {
    if (at_ >= items_.size() || !IsDigits(items_[at_], 1, 2)) {
      return false;
    }
    const MomentPart day = PartOf(items_[at_], Field::kDay);
    if (!IsInRange(day)) {
      return false;
    }
    parts_.push_back(day);
    ++at_;
    TakeOrdinal();
    return true;
  }

  // The English ending of the day just taken.
  void TakeOrdinal() {
    if (at_ < items_.size() && items_[at_].type == Type::kWord && Gap().empty()) {
      const std::string& ending = items_[at_].text;
      if (locale_.locale.starts_with("en") &&
          (ending == "st" || ending == "nd" || ending == "rd" || ending == "th")) {
        parts_.back().is_ordinal = true;
        parts_.back().range.end = items_[at_].range.end;
        ++at_;
      }
    }
  }

  // The end of a range of days, behind a dash or one of `words`.
  bool TakeLastDay(std::initializer_list<std::string_view> words) {
    const std::size_t before = at_;
    if ((IsRangeDash(Gap()) || (SkipWord(words) && IsBlank(Gap()))) && at_ < items_.size() &&
        IsDigits(items_[at_], 1, 2)) {
      const MomentPart day = PartOf(items_[at_], Field::kLastDay);
      if (IsInRange(day) && day.value > parts_.back().value) {
        parts_.push_back(day);
        ++at_;
        TakeOrdinal();
        return true;
      }
    }
    at_ = before;
    return false;
  }

  // The same where no month follows that shows it to be a day. None if the digits go on, as those
  // of a time do.
  void TakeLastDayBehindMonth() {
    const std::size_t before = at_;
    if (TakeLastDay({}) && FollowsYear()) {
      Restore(before, parts_.size() - 1);
    }
  }

  // `.03.2022` behind a range of days.
  bool TakeDigitMonth() {
    if (at_ + 1 >= items_.size() || Gap() != "." || GapBefore(at_ + 1) != "." ||
        !IsDigits(items_[at_], 1, 2) || !IsDigits(items_[at_ + 1], 4, 4) ||
        !IsInRange(PartOf(items_[at_], Field::kMonth))) {
      return false;
    }
    Take(Field::kMonth);
    Take(Field::kYear);
    return true;
  }

  bool TakeMonth() {
    if (at_ >= items_.size() || items_[at_].type != Type::kWord) {
      return false;
    }
    const MonthNames::Name* name = locale_.months.Find(items_[at_].text);
    if (name == nullptr || (locale_.locale.starts_with("en") && !items_[at_].is_capital)) {
      return false;
    }
    MomentPart part;
    part.field = Field::kMonth;
    part.value = name->month;
    part.range = items_[at_].range;
    part.month_forms = name->forms;
    parts_.push_back(std::move(part));
    ++at_;
    return true;
  }

  // A year behind a day or month. 2022 of `2022.5` is none.
  bool TakeYear() {
    if (at_ >= items_.size() || !IsDigits(items_[at_], 4, 4) ||
        !(IsBlank(Gap()) || IsCommaBlank(Gap()) || IsDotBlank(Gap()))) {
      return false;
    }
    Take(Field::kYear);
    return true;
  }

  void Take(Field field) {
    parts_.push_back(PartOf(items_[at_], field));
    ++at_;
  }

  bool SkipWord(std::initializer_list<std::string_view> words) {
    const bool is_there = at_ < items_.size() && items_[at_].type == Type::kWord &&
                          (IsBlank(Gap()) || IsDotBlank(Gap())) &&
                          std::find(words.begin(), words.end(), items_[at_].text) != words.end();
    at_ += is_there ? 1 : 0;
    return is_there;
  }

  void Restore(std::size_t at, std::size_t parts) {
    at_ = at;
    parts_.resize(parts);
  }

  // What stands before the item at hand.
  std::string_view Gap() const { return GapBefore(at_); }
  std::string_view GapBefore(std::size_t item) const {
    if (item == 0 || item >= items_.size()) {
      return "";
    }
    const std::size_t begin = items_[item - 1].range.end;
    return text_.substr(begin, items_[item].range.begin - begin);
  }

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
    constexpr std::array<Fields, 3> kOrders = {Fields{Field::kYear, Field::kMonth, Field::kDay},
                                               Fields{Field::kDay, Field::kMonth, Field::kYear},
                                               Fields{Field::kMonth, Field::kDay, Field::kYear}};
    FoundMoment found{{}, 3};
    for (const Fields& fields : kOrders) {
      const bool is_american = fields[0] == Field::kMonth;
      if (is_american && mark != "/") {
        continue;
      }
      std::vector<MomentPart> parts;
      for (std::size_t i = 0; i < fields.size(); ++i) {
        const bool is_year = fields[i] == Field::kYear;
        if (IsDigits(items_[i], is_year ? 4 : 1, is_year ? 4 : 2)) {
          parts.push_back(PartOf(items_[i], fields[i]));
        }
      }
      if (parts.size() == 3 && std::all_of(parts.begin(), parts.end(), IsInRange)) {
        found.readings.push_back(MomentOf(PlaceableKind::kDate, std::move(parts)));
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

  std::string_view text_;
  std::span<const PlaceableItem> items_;
  const LocaleData& locale_;
  std::size_t at_ = 0;
  std::vector<MomentPart> parts_;
};

}  // namespace

std::optional<FoundMoment> ReadMoment(std::string_view text, std::span<const PlaceableItem> items,
                                      const LocaleData& locale) {
  return MomentReader(text, items, locale).Read();
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
