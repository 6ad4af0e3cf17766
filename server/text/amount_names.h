#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::text {

// What stands beside a number and says of what: million, $, EUR, euros, km², kilometres.
struct AmountName {
  enum class Type : std::uint8_t { kMagnitude, kCurrency, kUnit };
  Type type = Type::kUnit;
  std::int32_t power = 0;             // Of a magnitude: the power of ten.
  std::vector<std::string> meanings;  // Of the others: see `Reading::meaning`; one or more.
  bool is_short = false;              // A sign, code or abbreviation, which has no other forms.
};

struct FoundAmountName {
  AmountName name;
  ByteRange range;
};

// The names of magnitudes, currencies and units of measure of a language in CLDR, and the case
// forms that are derived from them for Estonian, Lithuanian and Russian. Not those of durations,
// whose words are counted as any.
class AmountNames {
 public:
  explicit AmountNames(const std::string& locale);

  // Returns the longest name that begins at `place` of `text`, a text in normal form C, with one
  // white space before it at most, or before a word a hyphen. Abbreviations and signs must be as in
  // CLDR; words may be in any letter case. Looks at 48 characters at most.
  std::optional<FoundAmountName> FindBehind(std::string_view text, std::uint32_t place) const;

  // Returns the sign or code of a currency that ends at `place`, with one white space behind it at
  // most.
  std::optional<FoundAmountName> FindBefore(std::string_view text, std::uint32_t place) const;

  // Returns the sign that the language has for a unit. `unit` is a meaning.
  std::string SignOfUnit(const std::string& unit) const;

 private:
  void AddMagnitudes(const std::string& locale);
  void AddCurrencySigns();
  void AddCurrencyWords(const std::string& locale);
  void AddUnits(const std::string& locale);
  void AddUnitSigns(const std::string& locale);
  void AddShort(const std::string& text, AmountName name);
  void AddWord(std::string_view text, AmountName name);

  const AmountName* Find(const std::string& exact, const std::string& folded) const;

  std::string language_;
  std::unordered_map<std::string, AmountName> shorts_;  // By text without multiplication dots.
  std::unordered_map<std::string, AmountName> words_;   // By folded text.
  std::map<std::string, std::string> unit_signs_;       // By meaning.
};

}  // namespace sild::text
