#include "server/matching/value_writer.h"

#include <algorithm>
#include <set>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "server/matching/agreement.h"

namespace sild::matching {
namespace {

using text::Placeable;
using text::PlaceableKind;
using text::Reading;

// The decimal mark of a text, if all its numbers that have one have the same. Empty: unknown.
std::string CommonDecimal(std::span<const Placeable> placeables) {
  std::set<std::string> marks;
  for (const Placeable& placeable : placeables) {
    for (const Reading& reading : placeable.readings) {
      marks.insert(reading.style.decimal);
    }
  }
  marks.erase("");
  return marks.size() == 1 ? *marks.begin() : "";
}

// Of currencies and units all but the first say only what else they may be.
std::span<const Reading> WritableReadings(const Placeable& value) {
  const bool is_name =
      value.kind() == PlaceableKind::kCurrency || value.kind() == PlaceableKind::kUnit;
  return std::span(value.readings).first(is_name ? 1 : value.readings.size());
}

void MoveParts(Reading& reading, std::uint32_t from, std::uint32_t to) {
  for (text::MomentPart& part : reading.parts) {
    part.range = {part.range.begin - from + to, part.range.end - from + to};
  }
}

bool HasDigit(std::string_view text) {
  return text.find_first_of("0123456789") != std::string_view::npos;  // XX has none.
}

// Whether only the query's region says which of its numbers is the day, and the digits of `shown`
// have the other order: 03/04/2022 beside 29/01/2022.
bool MayBeSwapped(const Reading& date, const Reading& shown) {
  const auto has_one_way = [](const Reading& of) {
    constexpr std::int32_t kMonths = 12;
    return std::any_of(of.parts.begin(), of.parts.begin() + 2,
                       [](const text::MomentPart& part) { return part.value > kMonths; });
  };
  const auto is_digits = [](const Reading& of) {
    return of.parts.size() == 3 && of.parts[0].digits > 0 && of.parts[1].digits > 0 &&
           of.parts[0].field != text::MomentField::kYear;
  };
  return is_digits(date) && is_digits(shown) && !has_one_way(date) && has_one_way(shown) &&
         date.parts[0].field != shown.parts[0].field;
}

}  // namespace

bool HaveOneValue(const Placeable& a, const Placeable& b) {
  bool is_any = false;
  for (const Reading& x : a.readings) {
    for (const Reading& y : b.readings) {
      if (text::AreWrittenAlike(x, y)) {
        is_any = true;
        if (text::ValueKey(x) != text::ValueKey(y)) {
          return false;
        }
      }
    }
  }
  return is_any;
}

bool HaveCommonValue(const Placeable& a, const Placeable& b) {
  return std::any_of(a.readings.begin(), a.readings.end(), [&b](const Reading& x) {
    return std::any_of(b.readings.begin(), b.readings.end(),
                       [&x](const Reading& y) { return text::ValueKey(x) == text::ValueKey(y); });
  });
}

ValueWriter::ValueWriter(const SegmentPlaceables& query, const SegmentPlaceables& source,
                         const SegmentPlaceables& target, const LanguageTag& query_language,
                         const LanguageTag& target_language)
    : query_(query),
      source_(source),
      target_(target),
      query_language_(query_language),
      language_(target_language),
      decimal_(CommonDecimal(target.placeables)) {}

std::optional<std::string> ValueWriter::Write(std::size_t query, std::size_t source,
                                              std::size_t target) const {
  const Placeable& old = source_.placeables[source];
  const Placeable& model = target_.placeables[target];
  const Placeable& value = query_.placeables[query];
  const bool is_copy = source_.TextOf(old) == target_.TextOf(model);
  const bool is_code = old.kind() == PlaceableKind::kCode && value.kind() == PlaceableKind::kCode;
  if (is_copy && is_code && HasDigit(query_.TextOf(value))) {
    return std::string(query_.TextOf(value));  // 61000-4-30, not grouped as 60034-30-1.
  }
  std::set<std::string> texts;
  std::set<std::string> other_texts;  // Of a date that can be read in one way only, in any order.
  const bool is_date = value.readings.size() == 1 && value.kind() == PlaceableKind::kDate;
  for (const Reading& a : old.readings) {
    for (Reading b : is_copy ? std::vector<Reading>{a} : model.readings) {
      if (text::ValueKey(a) != text::ValueKey(b)) {
        continue;
      }
      if (b.style.decimal.empty()) {
        b.style.decimal = decimal_;
      }
      if (is_copy) {
        MoveParts(b, old.range.begin, model.range.begin);
      }
      for (const Reading& c : WritableReadings(value)) {
        if (is_copy && a.kind == PlaceableKind::kTime && c.kind == PlaceableKind::kTime &&
            text::AreOfOneClock(a, c)) {
          texts.emplace(query_.TextOf(value));  // With seconds or without.
        } else if (text::AreWrittenAlike(a, c)) {
          texts.insert(WriteWithMark(value, c, b));
        } else if (is_date && a.kind == PlaceableKind::kDate && !MayBeSwapped(c, a)) {
          other_texts.insert(WriteWithMark(value, c, b));
        }
      }
    }
  }
  if (texts.empty()) {
    texts = std::move(other_texts);
  }
  const bool is_one = texts.size() == 1 && !texts.begin()->empty();
  return is_one ? std::optional(*texts.begin()) : std::nullopt;
}

std::string ValueWriter::WriteWithMark(const Placeable& value, const Reading& reading,
                                       Reading model) const {
  const std::string& mark = reading.style.decimal;
  if (!mark.empty() && model.style.decimal.empty()) {
    if (mark != text::DecimalMark(query_language_)) {
      model.style.decimal = mark;
    } else if (!IsCounted(query_.segment.text, value.range)) {
      return "";
    }
  }
  return text::WriteLike(reading, model, target_.segment.text, language_).value_or("");
}

}  // namespace sild::matching
