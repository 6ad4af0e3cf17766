#include "server/formats/languages.h"

#include <algorithm>
#include <string>

#include <absl/strings/ascii.h>

#include "server/text/languages.h"

namespace sild::formats {

std::optional<LanguageTag> LanguageOf(const ReadOptions& options, std::string_view spelling) {
  const absl::string_view stripped =
      absl::StripAsciiWhitespace(absl::string_view(spelling.data(), spelling.size()));
  const auto mapped = options.language_map.find(absl::AsciiStrToLower(stripped));
  if (mapped != options.language_map.end()) {
    return mapped->second;
  }
  return text::LenientLanguageTag(std::string_view(stripped.data(), stripped.size()));
}

bool IsSameSpelling(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto fold = [](char c) {
      return c == '_' ? '-' : absl::ascii_tolower(static_cast<unsigned char>(c));
    };
    return fold(x) == fold(y);
  });
}

}  // namespace sild::formats
