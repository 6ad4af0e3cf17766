#include <algorithm>
#include <array>
#include <string_view>

#include "server/text/currencies.h"
#include "server/text/identifiers.h"
#include "server/text/locale_data.h"
#include "server/text/moment_reading.h"
#include "server/text/number_reading.h"
#include "server/text/placeables.h"
#include "server/text/utf8.h"

namespace sild::text {
namespace {

constexpr std::int32_t kShortYear = -100;  // Less a year of two digits: none of four digits.

// Whether a text begins in Latin letters or ASCII signs.
bool IsAscii(std::string_view text) { return (text.front() & 0x80) == 0; }

std::vector<MomentField> FieldsOf(const Reading& reading) {
  std::vector<MomentField> fields;
  for (const MomentPart& part : reading.parts) {
    if (part.field != MomentField::kPeriod) {
      fields.push_back(part.field);
    }
  }
  return fields;
}

bool HaveOneOrder(const Reading& a, const Reading& b) {
  const std::vector<MomentField> fields = FieldsOf(a);
  const std::vector<MomentField> others = FieldsOf(b);
  const auto has_name = [](const MomentPart& part) {
    return part.field == MomentField::kMonth && part.digits == 0;
  };
  const bool is_named = std::any_of(a.parts.begin(), a.parts.end(), has_name) ||
                        std::any_of(b.parts.begin(), b.parts.end(), has_name);
  return is_named ? fields.size() == others.size() : fields == others;
}

// Whether a name of a currency is a sign: € or US$, not lei or dollars.
bool EndsWithSign(std::string_view name) {
  char32_t last = 0;
  for (std::size_t at = 0; at < name.size();) {
    last = NextChar(name, at);
  }
  return IsCurrencySign(last);
}

// Writes a currency as a sign or as a code, as `model` is.
std::optional<std::string> WriteCurrency(const Reading& value, const Reading& model) {
  const bool wants_code = IsCurrencyCode(model.verbatim);
  if (model.is_word || (!wants_code && !EndsWithSign(model.verbatim))) {
    return std::nullopt;  // Also `долл.`, which has a full stop of its own.
  }
  if (wants_code ? IsCurrencyCode(value.verbatim) : EndsWithSign(value.verbatim)) {
    return value.verbatim;
  }
  const std::string code = IsCurrencyCode(value.meaning) ? value.meaning : "";
  const std::string other = wants_code ? code : code.empty() ? value.meaning : SignOfCode(code);
  const bool is_certain = wants_code ? !code.empty() : EndsWithSign(other);
  return is_certain ? std::optional(other) : std::nullopt;
}

// Writes a code: an identifier with the marks of the model, a Roman numeral in its letters.
std::string WriteCode(const Reading& value, const Reading& model) {
  const bool has_digits = value.meaning.find_first_of("0123456789") != std::string::npos;
  if (value.meaning.empty() || has_digits) {
    return value.meaning.empty() ? value.verbatim : WriteIdentifier(value.verbatim, model.verbatim);
  }
  return IsAscii(model.verbatim) ? value.meaning : value.verbatim;
}

// Whether a unit is written with a sign only where it is customary: in English.
bool IsImperial(const std::string& unit) {
  constexpr std::array<std::string_view, 6> kUnits = {"mile", "foot",        "yard",
                                                      "acre", "square-mile", "mile-per-hour"};
  return std::find(kUnits.begin(), kUnits.end(), unit) != kUnits.end();
}

// Writes a unit with the sign of the language of `model`, or as it is if that is one there too and
// of one script with it.
std::optional<std::string> WriteUnit(const Reading& value, const Reading& model,
                                     const LocaleData& locale) {
  const std::string sign = locale.names.SignOfUnit(value.meaning);
  const bool is_customary =
      !IsImperial(value.meaning) || IsImperial(model.meaning) || locale.locale.starts_with("en");
  if (model.is_word || sign.empty() || !is_customary) {
    return std::nullopt;
  }
  const auto same = locale.names.FindBehind(value.verbatim, 0);
  const bool is_known = same && same->name.is_short && same->range.end == value.verbatim.size() &&
                        same->name.meanings.front() == value.meaning &&
                        IsAscii(value.verbatim) == IsAscii(sign);
  return is_known ? value.verbatim : sign;
}

}  // namespace

std::string ValueKey(const Reading& reading) {
  switch (reading.kind) {
    case PlaceableKind::kNumber:
      return "n" + NumberKey(Shifted(reading.number, reading.magnitude.power));
    case PlaceableKind::kDate:
    case PlaceableKind::kTime: {
      std::vector<std::int32_t> values(6, -1);
      for (const MomentPart& part : reading.parts) {
        if (part.field == MomentField::kLastDay) {
          values.push_back(part.value);
        } else if (part.field == MomentField::kYear && part.digits == 2) {
          values[0] = kShortYear - part.value;
        } else if (part.field != MomentField::kPeriod) {  // It is in the hour.
          values[static_cast<std::size_t>(part.field)] = part.value;
        }
      }
      std::string key = reading.kind == PlaceableKind::kDate ? "d" : "t";
      for (const std::int32_t value : values) {
        key.append(std::to_string(value)).append(",");
      }
      return key;
    }
    case PlaceableKind::kCode:
      return "c" + (reading.meaning.empty() ? reading.verbatim : reading.meaning);
    case PlaceableKind::kCurrency:
      return "m" + reading.meaning;
    case PlaceableKind::kUnit:
      return "u" + reading.meaning;
    case PlaceableKind::kAddress:
      return "a" + reading.verbatim;
    case PlaceableKind::kMarkup:
    case PlaceableKind::kPlaceholder:
      break;
  }
  return "p" + reading.verbatim;
}

bool AreWrittenAlike(const Reading& a, const Reading& b) {
  if (a.kind != b.kind) {
    return false;
  }
  return a.kind == PlaceableKind::kNumber
             ? HaveOneStyle(a.style, b.style) && a.magnitude.power == b.magnitude.power
             : HaveOneOrder(a, b);
}

bool AreOfOneClock(const Reading& a, const Reading& b) {
  return IsTwelveHours(a) == IsTwelveHours(b);
}

std::optional<std::string> WriteLike(const Reading& value, const Reading& model,
                                     std::string_view text, const LanguageTag& language) {
  if (value.kind != model.kind) {
    return std::nullopt;
  }
  switch (value.kind) {
    case PlaceableKind::kNumber:
      return WriteNumber(value, model, LocaleData::Get(language));
    case PlaceableKind::kDate:
    case PlaceableKind::kTime:
      return WriteMoment(value, model, text, LocaleData::Get(language));
    case PlaceableKind::kCurrency:
      return WriteCurrency(value, model);
    case PlaceableKind::kUnit:
      return WriteUnit(value, model, LocaleData::Get(language));
    case PlaceableKind::kCode:
      return WriteCode(value, model);
    default:
      return value.verbatim;
  }
}

const std::string& DecimalMark(const LanguageTag& language) {
  return LocaleData::Get(language).decimal;
}

bool MayDisagree(const Decimal& before, const Decimal& after, const LanguageTag& language) {
  const LocaleData& locale = LocaleData::Get(language);
  return locale.PluralCategory(before) != locale.PluralCategory(after);
}

}  // namespace sild::text
