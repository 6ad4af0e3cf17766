#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/language_tag.h"
#include "server/model/text_offset.h"

namespace sild::text {

// What a placeable is: a piece of a text that is not translated but carried over.
enum class PlaceableKind : std::uint8_t {
  kNumber,       // 5, −1 234,5; of percentages, amounts and ranges the numbers alone.
  kCode,         // MP3, 12B, x86_64, 1.2.3, 007: letters or parts with digits; XXI; and telephone
                 // numbers, accounts and the like: see `FindIdentifiers`.
  kDate,         // 29.01.2022, 29. jaanuaril 2022, 12–14 March; of the fields at least two.
  kTime,         // 14:30; in English 2:30 p.m. too
  kCurrency,     // €, EUR or euros beside a number, or behind a word as million.
  kUnit,         // km or kilometres behind a number.
  kAddress,      // URLs and e-mail addresses.
  kMarkup,       // `<b>`: a tag in the text.
  kPlaceholder,  // What else `PlaceholderLength` takes.
};

// A decimal number, exactly as written: `digits` times ten to the power of `exponent`.
struct Decimal {
  bool is_negative = false;
  std::string digits;         // ASCII, with the zeros that were written. Never empty.
  std::int32_t exponent = 0;  // Never positive; −exponent digits are behind the decimal mark.
};

// How a number is written.
struct NumberStyle {
  std::string group;        // The mark between groups of digits. Empty: none was written.
  std::string decimal;      // The decimal mark. Empty: none was written.
  std::string minus;        // The sign. Empty: none was written.
  char32_t zero = U'0';     // The digit 0 of the script.
  bool is_ordinal = false;  // With an English ending: 1st.
};

// A word behind a number that says how large it is: million, mln.
struct Magnitude {
  std::int32_t power = 0;  // Of ten. 0: there is none.
  bool is_short = false;   // An abbreviation, which does not inflect.
};

// A field of a date or time. `kLastDay` is that of a range of days, and `kPeriod` tells whether an
// hour is before noon or after it.
enum class MomentField : std::uint8_t {
  kYear,
  kMonth,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kLastDay,
  kPeriod
};

// A field as it stands in a text.
struct MomentPart {
  MomentField field = MomentField::kDay;
  std::int32_t value = 0;   // Of an hour: in `[0, 24]`, also of 2 p.m.; of a year '22: 22.
  ByteRange range;          // In the text as sent. Empty: minutes that are not told, as of 2 p.m.
  std::int32_t digits = 0;  // As written, with zeros in front. 0: a name, or nothing.
  bool is_ordinal = false;  // With an English ending, which `range` takes in: 29th.
  std::vector<std::uint8_t> month_forms;  // Of a name: the columns of `MonthNames` that it may be.
};

// One way to understand a placeable.
struct Reading {
  PlaceableKind kind = PlaceableKind::kNumber;
  Decimal number;                 // Of a number.
  NumberStyle style;              // Of a number.
  Magnitude magnitude;            // Of a number.
  std::vector<MomentPart> parts;  // Of a date or time, in the order of the text.
  std::string verbatim;           // Of any other.
  std::string meaning;            // Of a currency or unit: the same in all languages. Of a code
                                  // that may be written in several ways: the same for all.
  bool is_word = false;           // Of these: not a sign, code or abbreviation, so it inflects.
};

struct Placeable {
  ByteRange range;                // In the text as sent.
  std::vector<Reading> readings;  // One or more, the likeliest first: `1.234`, `01/02/2022`.
  ByteRange whole;                // `range`, and of a number the word of its magnitude behind it.

  PlaceableKind kind() const { return readings.front().kind; }
};

// Finds the placeables of `text`, which must be UTF-8, in order and without overlap. Decimal marks,
// grouping and the names of months, currencies and units are those of `language` in CLDR, and forms
// of the names derived from them; marks that the language does not use leave several readings, and
// so do day and month in English of no region. Of currencies and units, the readings but the first
// are what they may be too: $ of USD. O(n).
std::vector<Placeable> FindPlaceables(std::string_view text, const LanguageTag& language);

// Whether what stands between two numbers says that they are the ends of a range: `–`, `kuni`.
bool JoinsRange(std::string_view gap);

// Returns a string that is the same for two readings just if they are of one kind and value,
// however written.
std::string ValueKey(const Reading& reading);

// Whether two readings may be understood by the same rules: no mark groups digits in one and begins
// the fraction in the other, and fields made of digits stand in one order.
bool AreWrittenAlike(const Reading& a, const Reading& b);

// Whether two times both count twelve hours, or both 24.
bool AreOfOneClock(const Reading& a, const Reading& b);

// Writes `value` in the manner of `model`, a reading of what stands in `text`, a text in
// `language`: with its marks and sign, its order of fields, width and form of month. What the model
// does not show (how it would group or mark a fraction) is the language's; a group is made only if
// `value` was grouped. The words behind a number stay: 2.5 of `2.5 million` is 2,5 before the
// model's `miljonit` and 2500000 where there is no such word. Nothing if it cannot be told: other
// kind, other fields, a year of two digits for one of four, another magnitude, a month whose form
// may be several, a currency or unit where the model is a word.
std::optional<std::string> WriteLike(const Reading& value, const Reading& model,
                                     std::string_view text, const LanguageTag& language);

// Returns the decimal mark of a language.
const std::string& DecimalMark(const LanguageTag& language);

// Whether a word counted by the numbers may have to change in `language` when one takes the place
// of the other: CLDR puts them into different plural categories (Russian 1, 2, 5).
bool MayDisagree(const Decimal& before, const Decimal& after, const LanguageTag& language);

}  // namespace sild::text
