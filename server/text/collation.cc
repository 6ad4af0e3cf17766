#include "server/text/collation.h"

#include <cassert>
#include <cstdint>
#include <vector>

#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>

namespace sild::text {
namespace {

icu::UnicodeString ToIcu(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}

std::string Bound(const std::string& key, UColBoundMode mode) {
  std::string bound(key.size() + 8, '\0');  // A bound adds a few bytes at most.
  UErrorCode status = U_ZERO_ERROR;
  const std::int32_t size = icu::Collator::getBound(
      reinterpret_cast<const std::uint8_t*>(key.data()), static_cast<std::int32_t>(key.size()),
      mode, 1, reinterpret_cast<std::uint8_t*>(bound.data()),
      static_cast<std::int32_t>(bound.size()), status);
  bound.resize(static_cast<std::size_t>(size));
  return bound;
}

}  // namespace

class Collation::Collator {
 public:
  explicit Collator(const LanguageTag& language) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(language.str(), status);
    // Without its keywords: ICU makes no collator for one with a value that it does not know.
    status = U_ZERO_ERROR;
    collator_.reset(icu::Collator::createInstance(icu::Locale(locale.getBaseName()), status));
    if (collator_ == nullptr) {
      status = U_ZERO_ERROR;
      collator_.reset(icu::Collator::createInstance(icu::Locale::getRoot(), status));
    }
    // Fails only where ICU's data are missing, and then nothing of the server would run.
    assert(collator_ != nullptr);
    collator_->setAttribute(UCOL_NORMALIZATION_MODE, UCOL_ON, status);
  }

  std::string SortKey(std::string_view text) const {
    const icu::UnicodeString utf16 = ToIcu(text);
    std::string key(text.size() * 2 + 16, '\0');
    while (true) {
      const std::int32_t size =
          collator_->getSortKey(utf16, reinterpret_cast<std::uint8_t*>(key.data()),
                                static_cast<std::int32_t>(key.size()));
      const bool fits = static_cast<std::size_t>(size) <= key.size();
      key.resize(static_cast<std::size_t>(size));
      if (fits) {
        return key;
      }
    }
  }

 private:
  std::unique_ptr<icu::Collator> collator_;
};

Collation::Collation(const LanguageTag& language)
    : collator_(std::make_unique<const Collator>(language)) {}
Collation::~Collation() = default;
Collation::Collation(Collation&&) noexcept = default;
Collation& Collation::operator=(Collation&&) noexcept = default;

std::string Collation::SortKey(std::string_view text) const { return collator_->SortKey(text); }

Collation::Bounds Collation::PrefixBounds(std::string_view prefix) const {
  const std::string key = SortKey(prefix);
  // The first level, letters whatever their case and accents, ends with 1. What has none begins
  // every text.
  if (key.empty() || key[0] <= 1) {
    return {"", "\xFF\xFF\xFF"};
  }
  return {Bound(key, UCOL_BOUND_LOWER), Bound(key, UCOL_BOUND_UPPER_LONG)};
}

}  // namespace sild::text
