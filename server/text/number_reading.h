#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/text/locale_data.h"
#include "server/text/placeables.h"

namespace sild::text {

// Digits that stand together, with the mark before them: `.234` of `1.234`.
struct DigitGroup {
  std::string mark;    // Before the digits. Of the first group: empty.
  std::string digits;  // ASCII.
};

// Returns the readings of digits that single marks join: one number, with what groups its digits
// and marks its fraction. Two if one mark may be either and the locale uses it for neither. Empty
// if they are no one number. `style.zero` and `style.minus` are the caller's to add.
std::vector<Reading> ReadNumber(const std::vector<DigitGroup>& groups, const LocaleData& locale);

// Returns the sign that stands before a number that begins at `begin` of `text`, and joins nothing
// to it: a minus, a hyphen, or an en dash, unless the number behind which a range may go on ends at
// `last_end` (0: there is none). Empty if there is no such sign.
std::string MinusBefore(std::string_view text, std::uint32_t begin, std::uint32_t last_end);

// Returns `number` times ten to the power of `power`, which is not negative.
Decimal Shifted(const Decimal& number, std::int32_t power);

// Returns the value of a number as a string that tells equal ones: without needless zeros.
std::string NumberKey(const Decimal& number);

// Whether no mark has one task in `a` and another in `b`.
bool HaveOneStyle(const NumberStyle& a, const NumberStyle& b);

// Writes a number as `WriteLike` says. `model_digits` are the digits before the decimal mark of the
// model.
std::optional<std::string> WriteNumber(const Reading& value, const Reading& model,
                                       const LocaleData& locale);

// Writes digits with the zero of a script, and with English `st`, `nd`, `rd`, `th` if asked.
std::string WriteDigits(std::string_view digits, char32_t zero);
std::string_view OrdinalEnding(std::string_view digits);

}  // namespace sild::text
