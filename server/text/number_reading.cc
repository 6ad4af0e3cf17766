#include "server/text/number_reading.h"

#include <algorithm>

#include "server/text/utf8.h"

namespace sild::text {
namespace {

constexpr std::size_t kGroupDigits = 3;

bool MayMarkFraction(std::string_view mark) { return mark == "." || mark == ","; }

// Whether the first `count` of `groups` are digits grouped by one mark.
bool AreGrouped(const std::vector<DigitGroup>& groups, std::size_t count) {
  const std::string& first = groups[0].digits;
  if (first.size() > kGroupDigits || first.starts_with('0')) {
    return false;
  }
  for (std::size_t i = 1; i < count; ++i) {
    if (groups[i].digits.size() != kGroupDigits || groups[i].mark != groups[1].mark) {
      return false;
    }
  }
  return true;
}

// Reads all groups as one number; the last is the fraction if `has_fraction`.
Reading MakeNumber(const std::vector<DigitGroup>& groups, bool has_fraction) {
  Reading reading;
  reading.kind = PlaceableKind::kNumber;
  for (const DigitGroup& group : groups) {
    reading.number.digits += group.digits;
  }
  if (has_fraction) {
    reading.number.exponent = -static_cast<std::int32_t>(groups.back().digits.size());
    reading.style.decimal = groups.back().mark;
  }
  if (groups.size() > (has_fraction ? 2U : 1U)) {
    reading.style.group = groups[1].mark;
  }
  return reading;
}

std::size_t WholeDigits(const Decimal& number) {
  return number.digits.size() - static_cast<std::size_t>(-number.exponent);
}

// The mark to group digits with; empty: none.
std::string GroupMark(const Decimal& number, const NumberStyle& style, const Reading& model,
                      const LocaleData& locale) {
  const std::size_t digits = WholeDigits(number);
  const std::size_t model_digits = WholeDigits(model.number);
  const auto least = static_cast<std::size_t>(locale.minimum_grouping) + kGroupDigits;
  if (!model.style.group.empty()) {
    return digits >= std::min(least, model_digits) ? model.style.group : "";
  }
  const bool model_avoids = model_digits >= least;
  return model_avoids || style.group.empty() || digits < least ? "" : locale.group;
}

}  // namespace

std::vector<Reading> ReadNumber(const std::vector<DigitGroup>& groups, const LocaleData& locale) {
  if (groups.size() == 1) {
    return {MakeNumber(groups, false)};
  }
  const std::string& last_mark = groups.back().mark;
  const bool may_be_grouped = AreGrouped(groups, groups.size());
  if (groups.size() > 2) {
    if (may_be_grouped) {
      return {MakeNumber(groups, false)};
    }
    const bool has_fraction = MayMarkFraction(last_mark) && last_mark != groups[1].mark &&
                              AreGrouped(groups, groups.size() - 1);
    return has_fraction ? std::vector{MakeNumber(groups, true)} : std::vector<Reading>();
  }
  if (!MayMarkFraction(last_mark)) {
    return may_be_grouped ? std::vector{MakeNumber(groups, false)} : std::vector<Reading>();
  }
  if (!may_be_grouped || last_mark == locale.decimal) {
    return {MakeNumber(groups, true)};
  }
  if (last_mark == locale.group) {
    return {MakeNumber(groups, false)};
  }
  return {MakeNumber(groups, true), MakeNumber(groups, false)};
}

std::string MinusBefore(std::string_view text, std::uint32_t begin, std::uint32_t last_end) {
  constexpr std::string_view kDash = "\u2013";
  std::string_view before = text.substr(0, begin);
  for (const std::string_view sign : {std::string_view("\u2212"), std::string_view("-"), kDash}) {
    if (!before.ends_with(sign)) {
      continue;
    }
    before.remove_suffix(sign.size());
    const bool is_free =
        before.empty() || before.ends_with("\u00A0") ||
        std::string_view(" \t\n([{\"'=;,:").find(before.back()) != std::string_view::npos;
    // 10 –15
    const bool is_range = sign == kDash && last_end > 0 && last_end + 2 >= before.size();
    return is_free && !is_range ? std::string(sign) : "";
  }
  return "";
}

Decimal Shifted(const Decimal& number, std::int32_t power) {
  Decimal shifted = number;
  shifted.exponent += power;
  if (shifted.exponent > 0) {
    shifted.digits.append(static_cast<std::size_t>(shifted.exponent), '0');
    shifted.exponent = 0;
  }
  return shifted;
}

std::string NumberKey(const Decimal& number) {
  std::string_view digits = number.digits;
  std::int32_t exponent = number.exponent;
  while (exponent < 0 && digits.ends_with('0')) {
    digits.remove_suffix(1);
    ++exponent;
  }
  const std::size_t first = std::min(digits.find_first_not_of('0'), digits.size());
  digits.remove_prefix(first);
  if (digits.empty()) {
    return "0";
  }
  std::string key = number.is_negative ? "-" : "";
  return key.append(digits).append("e").append(std::to_string(exponent));
}

bool HaveOneStyle(const NumberStyle& a, const NumberStyle& b) {
  const auto differ = [](const std::string& x, const std::string& y) {
    return !x.empty() && !y.empty() && x != y;
  };
  const auto clash = [](const std::string& x, const std::string& y) {
    return !x.empty() && x == y;
  };
  return !clash(a.group, b.decimal) && !clash(a.decimal, b.group) && !differ(a.decimal, b.decimal);
}

std::string WriteDigits(std::string_view digits, char32_t zero) {
  std::string result;
  for (const char digit : digits) {
    AppendChar(zero + static_cast<char32_t>(digit - '0'), result);
  }
  return result;
}

std::string_view OrdinalEnding(std::string_view digits) {
  const bool is_teen = digits.size() > 1 && digits[digits.size() - 2] == '1';
  switch (is_teen ? '0' : digits.back()) {
    case '1':
      return "st";
    case '2':
      return "nd";
    case '3':
      return "rd";
    default:
      return "th";
  }
}

std::optional<std::string> WriteNumber(const Reading& value, const Reading& model,
                                       const LocaleData& locale) {
  const bool is_spread = model.magnitude.power == 0;
  if (!is_spread && value.magnitude.power != model.magnitude.power) {
    return std::nullopt;
  }
  const Decimal number = Shifted(value.number, is_spread ? value.magnitude.power : 0);
  const std::string_view whole = std::string_view(number.digits).substr(0, WholeDigits(number));
  const std::string_view fraction = std::string_view(number.digits).substr(whole.size());
  const std::string& decimal = model.style.decimal.empty() ? locale.decimal : model.style.decimal;
  const std::string group = GroupMark(number, value.style, model, locale);
  if (!fraction.empty() && (decimal == group || decimal == model.style.group)) {
    return std::nullopt;
  }
  if (model.style.is_ordinal && !fraction.empty()) {
    return std::nullopt;
  }
  std::string result;
  if (number.is_negative) {
    result = model.style.minus.empty() ? value.style.minus : model.style.minus;
  }
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (i > 0 && (whole.size() - i) % kGroupDigits == 0) {
      result += group;
    }
    result += WriteDigits(whole.substr(i, 1), model.style.zero);
  }
  if (!fraction.empty()) {
    result += decimal + WriteDigits(fraction, model.style.zero);
  }
  return model.style.is_ordinal ? result.append(OrdinalEnding(whole)) : result;
}

}  // namespace sild::text
