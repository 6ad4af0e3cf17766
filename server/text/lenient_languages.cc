#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <string>
#include <utility>

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include "server/text/languages.h"
#include "server/text/subtags.h"

namespace sild::text {
namespace {

using Names = std::map<std::string, std::string, std::less<>>;

std::string Lowered(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

std::string_view Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos) {
    return {};
  }
  return text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
}

// What tools write that neither BCP 47 nor CLDR's English names explain, in lower case.
constexpr std::array<std::pair<std::string_view, std::string_view>, 21> kLegacy{{
    {"zh-chs", "zh-Hans"},
    {"zh-cht", "zh-Hant"},
    {"zh_chs", "zh-Hans"},
    {"zh_cht", "zh-Hant"},
    {"chinese (simplified)", "zh-Hans"},
    {"chinese (traditional)", "zh-Hant"},
    {"chinese (prc)", "zh-CN"},
    {"chinese (taiwan)", "zh-TW"},
    {"simplified chinese", "zh-Hans"},
    {"traditional chinese", "zh-Hant"},
    {"farsi", "fa"},
    {"norwegian (bokmal)", "nb"},
    {"norwegian (nynorsk)", "nn"},
    {"portuguese (brazilian)", "pt-BR"},
    {"spanish (modern sort)", "es-ES"},
    {"spanish (international sort)", "es-ES"},
    {"serbian (latin)", "sr-Latn"},
    {"serbian (cyrillic)", "sr-Cyrl"},
    {"english (us)", "en-US"},
    {"english (uk)", "en-GB"},
    {"english (usa)", "en-US"},
}};

// English names in lower case and the codes they stand for.
Names NamesOf(const char* const* codes, const char* prefix) {
  Names names;
  for (; *codes != nullptr; ++codes) {
    const icu::Locale locale((std::string(prefix) + *codes).c_str());
    icu::UnicodeString name;
    if (*prefix == '\0') {
      locale.getDisplayLanguage(icu::Locale::getEnglish(), name);
    } else {
      locale.getDisplayCountry(icu::Locale::getEnglish(), name);
    }
    std::string utf8;
    names.try_emplace(Lowered(name.toUTF8String(utf8)), *codes);
  }
  return names;
}

std::optional<std::string> FindName(const Names& names, std::string_view name) {
  const auto found = names.find(Lowered(Trimmed(name)));
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

// `English`, `English (United States)`, `English_United States`, `English - United States`
std::optional<std::string> FromEnglishName(std::string_view name) {
  static const Names& languages = *new Names(NamesOf(uloc_getISOLanguages(), ""));
  static const Names& regions = *new Names(NamesOf(uloc_getISOCountries(), "und_"));
  const std::size_t split = name.find_first_of("(_-,");
  const std::optional<std::string> language = FindName(languages, name.substr(0, split));
  if (!language || split == std::string_view::npos) {
    return language;
  }
  std::string_view rest = name.substr(split + 1);
  rest = rest.substr(0, rest.find(')'));
  const std::optional<std::string> region = FindName(regions, rest);
  return region ? std::optional(*language + "-" + *region) : std::nullopt;
}

// Windows' language identifiers, in decimal or as `0x409`.
std::optional<std::string> FromWindowsNumber(std::string_view tag) {
  const bool is_hex = tag.starts_with("0x") || tag.starts_with("0X");
  const std::string_view digits = is_hex ? tag.substr(2) : tag;
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, is_hex ? 16 : 10);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  std::array<char, ULOC_FULLNAME_CAPACITY> id{};
  UErrorCode status = U_ZERO_ERROR;
  uloc_getLocaleForLCID(number, id.data(), static_cast<std::int32_t>(id.size()), &status);
  if (U_FAILURE(status) || id[0] == '\0') {
    return std::nullopt;
  }
  return std::string(id.data());
}

// Brings what is nearly BCP 47 to its form: hyphens, and the alias `UK`; `est` becomes `et`.
std::optional<std::string> Repaired(std::string_view tag) {
  std::string repaired(tag.substr(0, tag.find_first_of(".@")));  // `et_EE.UTF-8`
  std::replace(repaired.begin(), repaired.end(), '_', '-');
  UErrorCode error = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(repaired, error);
  locale.canonicalize(error);
  std::string canonical = locale.toLanguageTag<std::string>(error);
  return U_SUCCESS(error) && !repaired.empty() ? std::optional(canonical) : std::nullopt;
}

std::optional<LanguageTag> Checked(const std::optional<std::string>& tag) {
  if (!tag) {
    return std::nullopt;
  }
  std::string hyphenated = *tag;
  std::replace(hyphenated.begin(), hyphenated.end(), '_', '-');
  return ParseRegisteredTag(hyphenated);
}

}  // namespace

std::optional<LanguageTag> LenientLanguageTag(std::string_view tag) {
  tag = Trimmed(tag);
  if (tag.empty() || tag.size() > 100) {
    return std::nullopt;
  }
  if (std::optional<LanguageTag> strict = ParseRegisteredTag(tag)) {
    return strict;
  }
  const std::string lowered = Lowered(tag);
  for (const auto& [name, meaning] : kLegacy) {
    if (lowered == name) {
      return LanguageTag::FromCanonical(std::string(meaning));
    }
  }
  if (auto number = Checked(FromWindowsNumber(tag))) {
    return number;
  }
  if (auto named = Checked(FromEnglishName(tag))) {
    return named;
  }
  return Checked(Repaired(tag));
}

}  // namespace sild::text
