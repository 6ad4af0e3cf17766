#include "server/formats/languages.h"

#include <algorithm>

#include <absl/strings/ascii.h>

namespace sild::formats {
namespace {

// A file that has more languages than these is nonsense, and is read all the same.
constexpr std::size_t kMaxRemembered = 1000;

// No tag is longer, nor any name of a language.
constexpr std::size_t kMaxSpellingBytes = 200;

}  // namespace

std::optional<LanguageTag> Languages::Find(std::string_view spelling) {
  if (const auto found = found_.find(spelling); found != found_.end()) {
    return found->second;
  }
  if (spelling.size() > kMaxSpellingBytes) {
    return std::nullopt;
  }
  const absl::string_view stripped =
      absl::StripAsciiWhitespace(absl::string_view(spelling.data(), spelling.size()));
  const auto mapped = language_map_.find(absl::AsciiStrToLower(stripped));
  auto language = mapped != language_map_.end()
                      ? mapped->second
                      : text::LenientLanguageTag({stripped.data(), stripped.size()});
  if (found_.size() < kMaxRemembered) {
    found_.emplace(spelling, language);
  }
  return language;
}

const text::LanguageKey& Languages::KeyOf(const LanguageTag& tag) {
  if (keys_.size() > kMaxRemembered) {
    keys_.clear();
  }
  auto [key, is_new] = keys_.try_emplace(tag);
  if (is_new) {
    key->second = text::LanguageKeyOf(tag);
  }
  return key->second;
}

LanguageTag Languages::BestOf(const LanguageTag& want, const std::vector<LanguageTag>& have) {
  if (std::find(have.begin(), have.end(), want) != have.end()) {
    return want;
  }
  const text::LanguageKey key = KeyOf(want);
  const LanguageTag* best = nullptr;
  for (const LanguageTag& tag : have) {
    if (KeyOf(tag) == key &&
        (best == nullptr || text::VarietyRank(want, tag) < text::VarietyRank(want, *best))) {
      best = &tag;
    }
  }
  return best == nullptr ? LanguageTag() : *best;
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
