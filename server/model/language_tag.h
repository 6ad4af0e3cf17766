#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>

namespace sild {

// A BCP 47 language tag in canonical form, such as `et`, `zh-Hant` or `pt-BR`. A default-made one
// is empty and means "none". Only `text::ParseLanguageTag` makes others from outside input.
class LanguageTag {
 public:
  LanguageTag() = default;

  // Takes `tag`, which must be canonical: for storage, which kept what the parser gave, and tests.
  static LanguageTag FromCanonical(std::string tag) {
    LanguageTag result;
    result.tag_ = std::move(tag);
    return result;
  }

  const std::string& str() const { return tag_; }
  bool empty() const { return tag_.empty(); }

  // The first subtag: `pt` of `pt-BR`.
  std::string_view language() const { return std::string_view(tag_).substr(0, tag_.find('-')); }

  friend auto operator<=>(const LanguageTag&, const LanguageTag&) = default;

 private:
  std::string tag_;
};

}  // namespace sild
