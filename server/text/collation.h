#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "server/model/language_tag.h"

namespace sild::text {

// The order of the words of a language: Unicode collation as CLDR tailors it, which puts *š* and
// *ž* where Estonian has them and *y* beside *i* in Lithuanian. For one thread.
class Collation {
 public:
  // Of a language that has no order of its own: the common one. What extensions of the tag ask for,
  // as *u-co-phonebk*, is set aside. Takes some microseconds, at the first call for a language
  // milliseconds.
  explicit Collation(const LanguageTag& language);
  ~Collation();
  Collation(Collation&&) noexcept;
  Collation& operator=(Collation&&) noexcept;
  Collation(const Collation&) = delete;
  Collation& operator=(const Collation&) = delete;

  // Returns bytes that compare as the texts do. Equal for texts that the order does not tell apart,
  // such as a decomposed one and its normal form.
  std::string SortKey(std::string_view text) const;

  // Sort keys between which are those of the texts that begin with a prefix.
  struct Bounds {
    std::string lower;  // At or above it.
    std::string upper;  // Below it.
  };

  // Returns the bounds for `prefix`, case set aside, and accents where they do not make another
  // letter in the language.
  Bounds PrefixBounds(std::string_view prefix) const;

 private:
  class Collator;
  std::unique_ptr<const Collator> collator_;
};

}  // namespace sild::text
