#include "server/text/moment_reading.h"

#include <algorithm>
#include <array>

#include "server/text/char_table.h"
#include "server/text/digit_moments.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

using Type = PlaceableItem::Type;

bool IsDotBlank(std::string_view gap) {
  return gap == "." || (gap.starts_with('.') && IsBlank(gap.substr(1)));
}

bool IsCommaBlank(std::string_view gap) { return gap.starts_with(',') && IsBlank(gap.substr(1)); }

// Whether only an apostrophe stands before the digits of a year, and white space or a comma before
// it.
bool IsApostrophe(std::string_view gap) {
  const bool is_typed = gap.ends_with('\'');
  if (!is_typed && !gap.ends_with("\u2019") && !gap.ends_with("\u2018")) {
    return false;
  }
  gap.remove_suffix(is_typed ? 1 : std::string_view("\u2019").size());
  return IsBlank(gap) || IsCommaBlank(gap);
}

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

// Reads items one after another, and knows what stands between them.
class MomentReader {
 public:
  MomentReader(std::string_view text, std::span<const PlaceableItem> items,
               const LocaleData& locale)
      : items_{text, items}, locale_(locale) {}

  std::optional<FoundMoment> Read() {
    for (const auto read :
         {&MomentReader::DayFirst, &MomentReader::MonthFirst, &MomentReader::YearFirst}) {
      at_ = 0;
      parts_.clear();
      if ((this->*read)()) {
        return FoundMoment{{MomentOf(PlaceableKind::kDate, parts_)}, at_};
      }
    }
    FoundMoment found = ReadDigitMoment(items_, locale_);
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
    if (!is_near || !TakeDay() || IsInNumber()) {
      return false;
    }
    if (!TakeLastDayBehindMonth()) {
      return false;
    }
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
      if (!IsBlank(Gap()) || !TakeDay() || IsInNumber()) {
        Restore(after_month, 2);
        return true;
      }
      if (!TakeLastDayBehindMonth() || FollowsYear()) {
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

  // Whether the digits just taken are no day: the first group of a number, as in oktoobris 5 000,
  // the beginning of a decimal, as in aprillis 2,5 tonni, or of a share or amount, as in May 6% or
  // May 6 million.
  bool IsInNumber() const {
    const bool is_grouped = at_ < items_.size() && IsDigits(items_[at_], 3, 3) && IsBlank(Gap());
    const std::string_view behind = std::string_view(items_.text).substr(items_[at_ - 1].range.end);
    std::size_t at = 0;
    const bool has_space = !behind.empty() && IsWhiteSpace(NextChar(behind, at));
    return is_grouped || IsDecimal() || behind.substr(has_space ? at : 0).starts_with('%') ||
           IsShare() || IsAmount();
  }

  // Whether a word for percent follows the digits just taken.
  bool IsShare() const {
    constexpr std::array<std::string_view, 6> kWords = {"percent", "pct",  "protsen",
                                                        "procent", "proc", "процент"};
    if (at_ >= items_.size() || items_[at_].type != Type::kWord || !IsBlank(Gap())) {
      return false;
    }
    const std::string_view word = items_[at_].text;
    const bool is_cut = word == "per" && at_ + 1 < items_.size() && items_[at_ + 1].text == "cent";
    return is_cut || std::any_of(kWords.begin(), kWords.end(),
                                 [word](std::string_view one) { return word.starts_with(one); });
  }

  // Whether a magnitude or a unit follows them.
  bool IsAmount() const {
    const auto name = locale_.names.FindBehind(items_.text, items_[at_ - 1].range.end);
    return name && name->name.type != AmountName::Type::kCurrency;
  }

  // Whether the digits just taken go on behind a decimal mark; not if a year follows, as in May
  // 29,2022.
  bool IsDecimal() const {
    return at_ < items_.size() && items_[at_].type == Type::kDigits &&
           items_[at_].text.size() < 4 && (Gap() == "." || Gap() == ",");
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

  // The English ending of the day just taken; the Russian one, 29-го, stays as it is with any day.
  void TakeOrdinal() {
    if (Gap() == "-" && items_[at_].text == "го" && locale_.locale.starts_with("ru")) {
      ++at_;
      return;
    }
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
  // of a time do. False if it shows that both are numbers, as in May 2–3.5%.
  bool TakeLastDayBehindMonth() {
    const std::size_t before = at_;
    if (!TakeLastDay({})) {
      return true;
    }
    if (IsInNumber()) {
      return false;
    }
    if (FollowsYear()) {
      Restore(before, parts_.size() - 1);
    }
    return true;
  }

  // `.03.2022` or `.03.22` behind a range of days.
  bool TakeDigitMonth() {
    if (at_ + 1 >= items_.size() || Gap() != "." || items_.GapBefore(at_ + 1) != "." ||
        !IsDigits(items_[at_], 1, 2) || !IsYear(items_[at_ + 1]) ||
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

  // A year behind a day or month, also '22. 2022 of `2022.5` is none.
  bool TakeYear() {
    if (at_ < items_.size() && IsDigits(items_[at_], 2, 2) && IsApostrophe(Gap())) {
      Take(Field::kYear);
      return true;
    }
    if (at_ >= items_.size() || !IsDigits(items_[at_], 4, 4) ||
        !(IsBlank(Gap()) || IsCommaBlank(Gap()) || IsDotBlank(Gap()))) {
      return false;
    }
    Take(Field::kYear);
    if (IsDecimal()) {
      Restore(at_ - 1, parts_.size() - 1);
      return false;
    }
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
  std::string_view Gap() const { return items_.GapBefore(at_); }

  MomentItems items_;
  const LocaleData& locale_;
  std::size_t at_ = 0;
  std::vector<MomentPart> parts_;
};

}  // namespace

std::optional<FoundMoment> ReadMoment(std::string_view text, std::span<const PlaceableItem> items,
                                      const LocaleData& locale) {
  return MomentReader(text, items, locale).Read();
}

}  // namespace sild::text
