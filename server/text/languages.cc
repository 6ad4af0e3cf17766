#include "server/text/languages.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/region.h>

#include "server/text/subtags.h"

namespace sild::text {
namespace {

constexpr std::size_t kMaxShownLength = 63;

icu::Locale LocaleOf(const LanguageTag& tag) {
  UErrorCode error = U_ZERO_ERROR;
  icu::Locale locale = icu::Locale::forLanguageTag(tag.str(), error);
  return locale;
}

}  // namespace

absl::StatusOr<LanguageTag> ParseLanguageTag(std::string_view tag) {
  if (std::optional<LanguageTag> parsed = ParseRegisteredTag(tag)) {
    return *std::move(parsed);
  }
  const std::string shown(tag.substr(0, kMaxShownLength));
  if (const std::optional<LanguageTag> meant = LenientLanguageTag(tag)) {
    return absl::InvalidArgumentError(
        fmt::format("\"{}\" is not BCP 47; use \"{}\"", shown, meant->str()));
  }
  return absl::InvalidArgumentError(
      fmt::format("\"{}\" is not a registered BCP 47 language tag; use one such as \"et\", "
                  "\"en-GB\" or \"zh-Hant\"",
                  shown));
}

LanguageKey LanguageKeyOf(const LanguageTag& tag) {
  icu::Locale locale = LocaleOf(tag);
  UErrorCode error = U_ZERO_ERROR;
  locale.addLikelySubtags(error);
  const std::string_view language = locale.getLanguage();
  const std::string_view script = locale.getScript();
  if (U_FAILURE(error) || script.empty()) {
    return {std::string(tag.language())};
  }
  return {fmt::format("{}-{}", language, script)};
}

std::string_view RegionOf(const LanguageTag& tag) {
  std::string_view rest = tag.str();
  rest.remove_prefix(tag.language().size());
  while (rest.size() > 1) {
    rest.remove_prefix(1);  // The hyphen.
    const std::string_view subtag = rest.substr(0, rest.find('-'));
    const bool is_number = subtag.size() == 3 && subtag[0] >= '0' && subtag[0] <= '9';
    if (subtag.size() == 2 || is_number) {
      return subtag;
    }
    if (subtag.size() != 4 || (subtag[0] >= '0' && subtag[0] <= '9')) {
      break;  // Not a script, so no region can follow.
    }
    rest.remove_prefix(subtag.size());
  }
  return {};
}

int VarietyRank(const LanguageTag& want, const LanguageTag& have) {
  if (want == have) {
    return 0;
  }
  const std::string have_region(RegionOf(have));
  if (have_region.empty()) {
    return 1;
  }
  const std::string want_region(RegionOf(want));
  if (want_region == have_region) {
    return 2;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Region* wanted = icu::Region::getInstance(want_region.c_str(), error);
  const icu::Region* had = icu::Region::getInstance(have_region.c_str(), error);
  const bool is_near = U_SUCCESS(error) && wanted != nullptr && had != nullptr &&
                       (wanted->contains(*had) != 0 || had->contains(*wanted) != 0);
  return is_near ? 2 : 3;
}

}  // namespace sild::text
