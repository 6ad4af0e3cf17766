#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/model/language_tag.h"
#include "server/text/amount_names.h"
#include "server/text/placeables.h"

namespace sild::text {

// The names of the months of a language in CLDR, and the case forms that are derived from them for
// Estonian, Lithuanian and Russian. A column is one form of all twelve: the genitive, say. The
// same name may stand in several columns.
class MonthNames {
 public:
  struct Name {
    std::int32_t month = 0;  // In `[1, 12]`.
    std::vector<std::uint8_t> forms;
  };

  explicit MonthNames(const std::string& locale);

  // Returns what a folded word is, or null if it is no name of a month. A full stop behind an
  // abbreviation is not part of the word.
  const Name* Find(std::string_view folded) const;

  // Returns the name of `month` in the form that a name has whose columns are `forms`. Empty if
  // that may be several, or would need a full stop where that name has none, or the reverse.
  std::string InForm(std::int32_t month, const std::vector<std::uint8_t>& forms) const;

 private:
  using Column = std::array<std::string, 12>;

  void Add(const Column& column);
  void AddDerived(std::string_view language, const Column& genitive, const Column& nominative);

  std::vector<Column> columns_;  // The full names first.
  std::size_t full_columns_ = 0;
  std::unordered_map<std::string, Name> by_word_;
};

// Which of day and month stands first where both are digits.
enum class FirstOfDate : std::uint8_t { kUnknown, kDay, kMonth };

// What placeables need to know of a language. Made once for each locale that ICU has, never freed.
struct LocaleData {
  std::string locale;   // Of ICU.
  std::string decimal;  // Marks.
  std::string group;
  std::int32_t minimum_grouping = 1;  // Digits before the first mark for groups to be made.
  FirstOfDate first_of_date =
      FirstOfDate::kUnknown;  // Also where it is the year, as in Lithuanian.
  MonthNames months;
  AmountNames names;

  // Returns the data of the nearest locale. Thread-safe. Tens of milliseconds at the first call.
  static const LocaleData& Get(const LanguageTag& language);

  bool HasSpaceGroups() const;

  // The CLDR plural category of a number.
  std::string PluralCategory(const Decimal& number) const;

  // Returns `word` in the letter case of `model`: all capitals, a first capital, or as it is.
  std::string InCaseOf(std::string_view model, const std::string& word) const;
};

}  // namespace sild::text
