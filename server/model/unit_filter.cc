#include "server/model/unit_filter.h"

#include <algorithm>

namespace sild {

bool CoversLanguage(const LanguageTag& want, const LanguageTag& have) {
  const std::string& prefix = want.str();
  const std::string& tag = have.str();
  return tag.starts_with(prefix) && (tag.size() == prefix.size() || tag[prefix.size()] == '-');
}

bool UnitFilter::MatchesUnit(const TranslationUnit& unit) const {
  const auto has_language = [&unit](const LanguageTag& want) {
    return std::any_of(unit.variants.begin(), unit.variants.end(), [&want](const Variant& variant) {
      return CoversLanguage(want, variant.language);
    });
  };
  const auto has_label = [&unit](const auto& label) {
    const auto found = unit.labels.find(label.first);
    return found != unit.labels.end() && found->second == label.second;
  };
  return std::all_of(languages.begin(), languages.end(), has_language) &&
         std::all_of(labels.begin(), labels.end(), has_label) &&
         (document.empty() || document == unit.document) &&
         (updater.empty() || updater == unit.updater) &&
         (!updated_since || unit.update_time >= *updated_since) &&
         (!updated_before || unit.update_time < *updated_before);
}

bool UnitFilter::MatchesTarget(const Variant& variant) const {
  return (!minimum_status || variant.status >= *minimum_status) &&
         (origins.empty() ||
          std::find(origins.begin(), origins.end(), variant.origin) != origins.end());
}

bool UnitFilter::Matches(const TranslationUnit& unit) const {
  if (!MatchesUnit(unit)) {
    return false;
  }
  if (!minimum_status && origins.empty()) {
    return true;
  }
  return std::any_of(unit.variants.begin(), unit.variants.end(), [&](const Variant& variant) {
    return variant.language != unit.source_language && MatchesTarget(variant);
  });
}

}  // namespace sild
