#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/matching/candidate_source.h"
#include "server/model/try.h"
#include "server/text/normalize.h"

namespace sild::test {

inline LanguageTag Tagged(std::string tag) { return LanguageTag::FromCanonical(std::move(tag)); }

inline Variant MakeVariant(std::string tag, std::string text) {
  Variant variant;
  variant.language = Tagged(std::move(tag));
  variant.segment.text = std::move(text);
  return variant;
}

inline TranslationUnit MakeUnit(std::string memory, std::string id, std::vector<Variant> variants) {
  TranslationUnit unit;
  unit.name = {std::move(memory), std::move(id)};
  unit.variants = std::move(variants);
  return unit;
}

// Units in memory. A memory exists if a unit is in it.
class UnitSource : public matching::CandidateSource {
 public:
  explicit UnitSource(std::vector<TranslationUnit> units) : units_(std::move(units)) {}

  const std::vector<TranslationUnit>& units() const { return units_; }

  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    bool exists = false;
    for (const TranslationUnit& unit : units_) {
      if (unit.name.parent() == memory) {
        exists = true;
        if (!visit(unit)) {
          break;
        }
      }
    }
    return exists ? absl::OkStatus() : absl::NotFoundError(memory.str());
  }

  absl::Status ForEachUnitWithText(
      const MemoryName& memory, const text::LanguageKey& key, std::string_view text,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    return ForEachUnit(memory, [&](const TranslationUnit& unit) {
      const bool has_text =
          std::any_of(unit.variants.begin(), unit.variants.end(), [&](const Variant& variant) {
            return text::LanguageKeyOf(variant.language) == key &&
                   text::CollapseWhiteSpace(text::Nfc(variant.segment.text)) ==
                       text::CollapseWhiteSpace(text::Nfc(text));
          });
      return !has_text || visit(unit);
    });
  }

  absl::StatusOr<bool> MayHave(const MemoryName& memory,
                               const text::LanguageKey& key) const override {
    bool has = false;
    SILD_CHECK_OK(ForEachUnit(memory, [&](const TranslationUnit& unit) {
      has = std::any_of(unit.variants.begin(), unit.variants.end(), [&](const Variant& variant) {
        return text::LanguageKeyOf(variant.language) == key;
      });
      return !has;
    }));
    return has;
  }

  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override {
    const auto found = std::find_if(units_.begin(), units_.end(),
                                    [&](const TranslationUnit& unit) { return unit.name == name; });
    return found == units_.end() ? absl::StatusOr<TranslationUnit>(absl::NotFoundError(name.str()))
                                 : *found;
  }

  absl::Status FillUsage(TranslationUnit& unit) const override {
    const auto stored = GetUnit(unit.name);
    if (stored.ok()) {
      unit.usage_count = stored->usage_count;
      unit.last_use_time = stored->last_use_time;
    }
    return stored.status();
  }

 private:
  std::vector<TranslationUnit> units_;
};

}  // namespace sild::test
