#include "server/text/subtags.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <unicode/locid.h>
#include <unicode/uloc.h>
#include <unicode/unistr.h>
#include <unicode/ures.h>

namespace sild::text {
namespace {

struct CloseBundle {
  void operator()(UResourceBundle* bundle) const { ures_close(bundle); }
};
using Bundle = std::unique_ptr<UResourceBundle, CloseBundle>;
using Subtags = std::set<std::string, std::less<>>;

// Adds what an entry stands for: `aa`, or a range `aaa~i` whose end replaces the last letters.
void AddEntry(const std::string& entry, Subtags& subtags) {
  const std::size_t tilde = entry.find('~');
  std::string subtag = entry.substr(0, tilde);
  subtags.insert(subtag);
  if (tilde == std::string::npos) {
    return;
  }
  const char last = entry.back();
  while (subtag.back() < last) {  // CLDR's ranges run over the last letter only.
    ++subtag.back();
    subtags.insert(subtag);
  }
}

// All subtags of a kind, deprecated and private ones too. Empty if ICU's data lacks them.
Subtags Load(const char* kind) {
  Subtags subtags;
  UErrorCode error = U_ZERO_ERROR;
  const Bundle root(ures_openDirect(nullptr, "supplementalData", &error));
  const Bundle validity(ures_getByKey(root.get(), "idValidity", nullptr, &error));
  const Bundle states(ures_getByKey(validity.get(), kind, nullptr, &error));
  for (std::int32_t i = 0; U_SUCCESS(error) && i < ures_getSize(states.get()); ++i) {
    const Bundle entries(ures_getByIndex(states.get(), i, nullptr, &error));
    for (std::int32_t j = 0; U_SUCCESS(error) && j < ures_getSize(entries.get()); ++j) {
      std::int32_t length = 0;
      const UChar* entry = ures_getStringByIndex(entries.get(), j, &length, &error);
      if (U_SUCCESS(error)) {
        std::string utf8;
        AddEntry(icu::UnicodeString(entry, length).toUTF8String(utf8), subtags);
      }
    }
  }
  return subtags;
}

bool IsKnownLanguage(std::string_view subtag) {
  static const Subtags& subtags = *new Subtags(Load("language"));
  return subtags.contains(subtag);
}

bool IsKnownScript(std::string_view subtag) {
  static const Subtags& subtags = *new Subtags(Load("script"));
  return subtags.contains(subtag);
}

bool IsKnownRegion(std::string_view subtag) {
  static const Subtags& subtags = *new Subtags(Load("region"));
  return subtags.contains(subtag);
}

bool IsKnownVariant(std::string_view subtag) {
  static const Subtags& subtags = *new Subtags(Load("variant"));
  return subtags.contains(subtag);
}

// Whether `id` has the ISO 639-2 code of a language that has a code of two letters, as `est`. ICU
// takes and shortens it, but in BCP 47 only the shorter code is right.
bool IsLongForm(std::string_view id, const icu::Locale& locale) {
  const std::string_view code = id.substr(0, id.find_first_of("_@"));
  return code.size() == 3 && std::string_view(locale.getLanguage()).size() == 2 &&
         code == locale.getISO3Language();
}

constexpr std::size_t kMaxTagLength = 63;

// Whether `tag` has nothing but what a BCP 47 tag may have: then ICU's parser decides.
bool HasTagCharacters(std::string_view tag) {
  return !tag.empty() && tag.size() <= kMaxTagLength &&
         std::all_of(tag.begin(), tag.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-';
         });
}

bool HasKnownVariants(std::string_view variants) {
  while (!variants.empty()) {
    std::string variant(variants.substr(0, variants.find('_')));
    variants.remove_prefix(std::min(variants.size(), variant.size() + 1));
    std::transform(variant.begin(), variant.end(), variant.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (!IsKnownVariant(variant)) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::optional<LanguageTag> ParseRegisteredTag(std::string_view tag) {
  if (!HasTagCharacters(tag)) {
    return std::nullopt;
  }
  const std::string name(tag);
  char id[ULOC_FULLNAME_CAPACITY];
  std::int32_t parsed = 0;
  UErrorCode error = U_ZERO_ERROR;
  uloc_forLanguageTag(name.c_str(), id, sizeof id, &parsed, &error);
  if (U_FAILURE(error) || static_cast<std::size_t>(parsed) != tag.size()) {
    return std::nullopt;
  }
  icu::Locale locale(id);
  const std::string_view language = locale.getLanguage();
  const std::string_view script = locale.getScript();
  const std::string_view region = locale.getCountry();
  if ((!language.empty() && !IsKnownLanguage(language)) ||
      (!script.empty() && !IsKnownScript(script)) || (!region.empty() && !IsKnownRegion(region)) ||
      !HasKnownVariants(locale.getVariant()) || IsLongForm(id, locale)) {
    return std::nullopt;
  }
  locale.canonicalize(error);
  std::string canonical = locale.toLanguageTag<std::string>(error);
  if (U_FAILURE(error)) {
    return std::nullopt;
  }
  return LanguageTag::FromCanonical(std::move(canonical));
}

}  // namespace sild::text
