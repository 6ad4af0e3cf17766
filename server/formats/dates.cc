#include "server/formats/dates.h"

#include <chrono>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

namespace sild::formats {
namespace {

// Takes numbers off the beginning of a text.
class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}

  // The number of exactly `count` digits at the beginning, taken off. Nothing if there are fewer.
  std::optional<int> Take(std::size_t count) {
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (i >= text_.size() || text_[i] < '0' || text_[i] > '9') {
        return std::nullopt;
      }
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(count);
    return value;
  }

  // Takes off one of `chars` if it is next, and returns it, else 0.
  char TakeOneOf(std::string_view chars) {
    if (text_.empty() || chars.find(text_[0]) == std::string_view::npos) {
      return 0;
    }
    const char c = text_[0];
    text_.remove_prefix(1);
    return c;
  }

  bool empty() const { return text_.empty(); }

 private:
  std::string_view text_;
};

// A fraction of a second, as much of it as microseconds hold.
std::chrono::microseconds TakeFraction(Digits& digits) {
  std::int64_t value = 0;
  std::int64_t unit = 1'000'000;
  while (const auto digit = digits.Take(1)) {
    unit /= 10;
    value += *digit * unit;
  }
  return std::chrono::microseconds(value);
}

// `±hh:mm`, `±hhmm`, `±hh`, `Z` or nothing. Nothing if it is none of them.
std::optional<std::chrono::minutes> TakeZone(Digits& digits) {
  const char sign = digits.TakeOneOf("Zz+-");
  if (sign == 0 || sign == 'Z' || sign == 'z') {
    return std::chrono::minutes(0);
  }
  const auto hours = digits.Take(2);
  digits.TakeOneOf(":");
  const int minutes = digits.Take(2).value_or(0);
  if (!hours || *hours > 24 || minutes > 59) {
    return std::nullopt;
  }
  return std::chrono::minutes((sign == '-' ? -1 : 1) * (*hours * 60 + minutes));
}

}  // namespace

std::optional<Timestamp> ParseDate(std::string_view date) {
  const absl::string_view stripped =
      absl::StripAsciiWhitespace(absl::string_view(date.data(), date.size()));
  Digits digits(std::string_view(stripped.data(), stripped.size()));
  const auto year = digits.Take(4);
  digits.TakeOneOf("-/.");
  const auto month = digits.Take(2);
  digits.TakeOneOf("-/.");
  const auto day = digits.Take(2);
  if (!year || *year == 0 || !month || !day) {
    return std::nullopt;
  }
  const std::chrono::year_month_day ymd{std::chrono::year(*year),
                                        std::chrono::month(static_cast<unsigned>(*month)),
                                        std::chrono::day(static_cast<unsigned>(*day))};
  if (!ymd.ok()) {
    return std::nullopt;
  }
  Timestamp time = std::chrono::sys_days(ymd);
  if (digits.TakeOneOf("Tt ") != 0) {
    const auto hour = digits.Take(2);
    digits.TakeOneOf(":");
    const auto minute = digits.Take(2);
    digits.TakeOneOf(":");
    const int second = digits.Take(2).value_or(0);
    if (!hour || *hour > 23 || !minute || *minute > 59 || second > 60) {
      return std::nullopt;
    }
    time +=
        std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(second);
    if (digits.TakeOneOf(".,") != 0) {
      time += TakeFraction(digits);
    }
  }
  const auto zone = TakeZone(digits);
  if (!zone || !digits.empty()) {
    return std::nullopt;
  }
  time -= *zone;
  const auto utc_year =
      std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(time)).year();
  return utc_year >= std::chrono::year(1) && utc_year <= std::chrono::year(9999)
             ? std::optional(time)
             : std::nullopt;
}

namespace {

struct Parts {
  std::chrono::year_month_day day;
  std::chrono::hh_mm_ss<std::chrono::microseconds> time;
};

Parts Split(Timestamp time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day(day),
          std::chrono::hh_mm_ss<std::chrono::microseconds>(time - day)};
}

}  // namespace

std::string FormatTmxDate(Timestamp time) {
  const auto [day, clock] = Split(time);
  return fmt::format("{:04}{:02}{:02}T{:02}{:02}{:02}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string FormatIsoDate(Timestamp time) {
  const auto [day, clock] = Split(time);
  const std::int64_t micros = clock.subseconds().count();
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}Z", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count(),
                     micros == 0 ? "" : fmt::format(".{:06}", micros));
}

}  // namespace sild::formats
