#include <algorithm>

#include "server/text/moment_reading.h"
#include "server/text/number_reading.h"

namespace sild::text {
namespace {

constexpr std::int32_t kNoon = 12;

// Returns `pm` or `am` in the manner of `model`.
std::string WritePeriod(std::int32_t hour, std::string_view model) {
  const bool is_morning = hour % (2 * kNoon) < kNoon;
  const bool is_capital = model.front() == 'A' || model.front() == 'P';
  std::string period(model);
  period.front() = is_morning ? (is_capital ? 'A' : 'a') : (is_capital ? 'P' : 'p');
  return period;
}

std::string TwoDigits(std::int32_t value) {
  const std::string digits = std::to_string(value);
  return digits.size() == 1 ? "0" + digits : digits;
}

std::string WriteDigits(const MomentPart& value, const MomentPart& model, bool is_twelve_hours) {
  const bool is_twelve = is_twelve_hours && model.field == MomentField::kHour;
  const auto shown = [is_twelve](std::int32_t number) {
    return std::to_string(is_twelve ? (number + kNoon - 1) % kNoon + 1 : number);
  };
  std::string digits = shown(value.value);
  // A model of one digit shows that none is put in front; one of two that begins with 0, that one
  // is. Otherwise it is as in `value`, but for hours of another count.
  const bool is_padded = model.digits > static_cast<std::int32_t>(shown(model.value).size());
  const bool may_be_padded = model.digits == 2 && value.digits == 2 && !is_twelve;
  const bool is_minute = model.field == MomentField::kMinute;
  if (digits.size() == 1 && (is_padded || may_be_padded || is_minute)) {
    digits.insert(digits.begin(), '0');
  }
  return model.is_ordinal ? digits.append(OrdinalEnding(digits)) : digits;
}

std::optional<std::string> WritePart(const MomentPart& value, const MomentPart& model,
                                     bool is_twelve_hours, std::string_view text,
                                     const LocaleData& locale) {
  if (model.field == MomentField::kMinute && model.digits == 0) {
    return value.value == 0 ? "" : ":" + TwoDigits(value.value);
  }
  if (model.field == MomentField::kYear && value.digits != model.digits) {
    return std::nullopt;  // Of 22 nobody knows the century.
  }
  if (model.digits == 0) {
    const std::string name = locale.months.InForm(value.value, model.month_forms);
    const ByteRange range = model.range;
    return name.empty() ? std::nullopt
                        : std::optional(locale.InCaseOf(
                              text.substr(range.begin, range.end - range.begin), name));
  }
  return WriteDigits(value, model, is_twelve_hours);
}

}  // namespace

bool IsTwelveHours(const Reading& reading) {
  return std::any_of(reading.parts.begin(), reading.parts.end(),
                     [](const MomentPart& part) { return part.field == MomentField::kPeriod; });
}

std::optional<std::string> WriteMoment(const Reading& value, const Reading& model,
                                       std::string_view text, const LocaleData& locale) {
  const auto find = [&value](MomentField field) {
    const auto found =
        std::find_if(value.parts.begin(), value.parts.end(),
                     [field](const MomentPart& part) { return part.field == field; });
    return found == value.parts.end() ? nullptr : &*found;
  };
  const bool is_twelve_hours = IsTwelveHours(model);
  const std::size_t value_fields = value.parts.size() - (IsTwelveHours(value) ? 1 : 0);
  if (value_fields != model.parts.size() - (is_twelve_hours ? 1 : 0)) {
    return std::nullopt;
  }
  std::string result;
  std::uint32_t at = model.parts.front().range.begin;
  for (const MomentPart& part : model.parts) {
    const bool is_period = part.field == MomentField::kPeriod;
    const MomentPart* const found = find(is_period ? MomentField::kHour : part.field);
    if (found == nullptr) {
      return std::nullopt;
    }
    const std::string_view old = text.substr(part.range.begin, part.range.end - part.range.begin);
    const auto written = is_period ? std::optional(WritePeriod(found->value, old))
                                   : WritePart(*found, part, is_twelve_hours, text, locale);
    if (!written) {
      return std::nullopt;
    }
    result.append(text.substr(at, part.range.begin - at)).append(*written);
    at = part.range.end;
  }
  return result;
}

}  // namespace sild::text
