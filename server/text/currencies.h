#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sild::text {

// The ISO 4217 codes of the currencies in use, by ICU's data.
const std::set<std::string, std::less<>>& CurrencyCodes();

// Whether `word` is one of these, as `EUR`.
bool IsCurrencyCode(std::string_view word);

// Whether `c` is a sign of a currency.
bool IsCurrencySign(char32_t c);

// Returns the code that a sign stands for, and the sign of a code. Empty if several currencies have
// the sign in CLDR, as `$` and `£`, or none has.
std::string CodeOfSign(std::string_view sign);
std::string SignOfCode(std::string_view code);

// Returns what a name may mean that all of `codes` have, at least one: codes, and signs for what
// has a sign together with others. The first is a code if it is certain, or a sign if that is. Two
// names may be of one currency if their meanings have one in common: dollars, $ and USD.
std::vector<std::string> CurrencyMeanings(const std::set<std::string>& codes);

// Returns the signs by which CLDR tells a currency in English, as `$`, `US$` and `CA$`.
std::vector<std::string> CurrencySigns(const std::string& code);

}  // namespace sild::text
