#include "server/text/currencies.h"

#include <map>
#include <set>

#include <unicode/uchar.h>
#include <unicode/ucurr.h>
#include <unicode/uenum.h>
#include <unicode/unistr.h>

namespace sild::text {
namespace {

// A sign of a currency in CLDR, where it has one; otherwise its code.
std::string SignIn(const char* locale, UCurrNameStyle style, const std::string& code) {
  UErrorCode error = U_ZERO_ERROR;
  std::int32_t length = 0;
  icu::UnicodeString terminated = icu::UnicodeString::fromUTF8(code);
  const UChar* const name =
      ucurr_getName(terminated.getTerminatedBuffer(), locale, style, nullptr, &length, &error);
  std::string sign;
  if (U_SUCCESS(error) != 0) {
    icu::UnicodeString(name, length).toUTF8String(sign);
  }
  return sign;
}

struct Currencies {
  std::set<std::string, std::less<>> codes;
  std::map<std::string, std::string, std::less<>> code_of_sign;  // Signs of one currency only.
  std::map<std::string, std::string, std::less<>> sign_of_code;
  std::map<std::string, std::string, std::less<>> narrow_sign;  // By code; it or the code.

  static const Currencies& Get() {
    static const Currencies* const currencies = new Currencies;  // Never freed, as `CharTable`.
    return *currencies;
  }

 private:
  Currencies() {
    UErrorCode error = U_ZERO_ERROR;
    UEnumeration* const names =
        ucurr_openISOCurrencies(UCURR_COMMON | UCURR_NON_DEPRECATED, &error);
    std::set<std::string> shared;
    std::int32_t length = 0;
    while (const char* const name = uenum_next(names, &length, &error)) {
      const std::string code(name, static_cast<std::size_t>(length));
      codes.insert(code);
      const std::string sign = SignIn("en", UCURR_NARROW_SYMBOL_NAME, code);
      narrow_sign.emplace(code, sign);
      if (!sign.empty() && sign != code && !code_of_sign.emplace(sign, code).second) {
        shared.insert(sign);
      }
    }
    uenum_close(names);
    std::erase_if(code_of_sign, [&shared](const auto& one) { return shared.contains(one.first); });
    for (const auto& [sign, code] : code_of_sign) {
      sign_of_code.emplace(code, sign);
    }
  }
};

std::string ValueOr(const std::map<std::string, std::string, std::less<>>& map,
                    std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? "" : found->second;
}

}  // namespace

const std::set<std::string, std::less<>>& CurrencyCodes() { return Currencies::Get().codes; }

bool IsCurrencyCode(std::string_view word) { return Currencies::Get().codes.contains(word); }

bool IsCurrencySign(char32_t c) { return u_charType(static_cast<UChar32>(c)) == U_CURRENCY_SYMBOL; }

std::string CodeOfSign(std::string_view sign) {
  return ValueOr(Currencies::Get().code_of_sign, sign);
}

std::string SignOfCode(std::string_view code) {
  return ValueOr(Currencies::Get().sign_of_code, code);
}

std::vector<std::string> CurrencyMeanings(const std::set<std::string>& codes) {
  std::set<std::string> meanings;
  for (const std::string& code : codes) {
    const std::string sign = ValueOr(Currencies::Get().narrow_sign, code);
    const std::string owner = CodeOfSign(sign);
    meanings.insert(owner.empty() ? sign : owner);
  }
  std::vector<std::string> result(meanings.begin(), meanings.end());
  if (codes.size() == 1 && result.front() != *codes.begin()) {
    result.insert(result.begin(), *codes.begin());
  } else if (result.size() > 1) {  // Neither a code nor a sign.
    std::string all;
    for (const std::string& meaning : meanings) {
      all.append(all.empty() ? "" : "/").append(meaning);
    }
    result.insert(result.begin(), all);
  }
  return result;
}

std::vector<std::string> CurrencySigns(const std::string& code) {
  return {SignIn("en", UCURR_NARROW_SYMBOL_NAME, code), SignIn("en", UCURR_SYMBOL_NAME, code),
          SignIn("root", UCURR_SYMBOL_NAME, code)};
}

}  // namespace sild::text
