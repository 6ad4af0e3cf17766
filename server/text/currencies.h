#pragma once

#include <string>
#include <string_view>

namespace sild::text {

// Whether `word` is the ISO 4217 code of a currency in use, as `EUR`, by ICU's data.
bool IsCurrencyCode(std::string_view word);

// Whether `c` is a sign of a currency.
bool IsCurrencySign(char32_t c);

// Returns the code that a sign stands for, and the sign of a code. Empty if several currencies have
// the sign in CLDR, as `$` and `£`, or none has.
std::string CodeOfSign(std::string_view sign);
std::string SignOfCode(std::string_view code);

}  // namespace sild::text
