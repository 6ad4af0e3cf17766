#include "server/formats/tmx_join.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "server/model/limits.h"
#include "server/text/context_hash.h"

namespace sild::formats {
namespace {

// A `tu` has no more `tuv`, and each part has one at least.
constexpr std::size_t kMaxParts = kMaxVariants;

std::vector<Property>::const_iterator FindSplit(const TranslationUnit& unit) {
  return std::find_if(unit.properties.begin(), unit.properties.end(),
                      [](const Property& property) { return property.type == own::kSplit; });
}

std::size_t ParseCount(std::string_view digits) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc() && end == digits.data() + digits.size() ? value : 0;
}

// The unit without what its parts may differ in.
TranslationUnit ShellOf(const TranslationUnit& unit) {
  TranslationUnit shell = unit;
  const std::optional<SplitPart> part = SplitPartOf(unit);
  for (Property& property : shell.properties) {
    if (property.type == own::kSplit) {
      property.value = part ? part->key : "";
      break;
    }
  }
  TranslationUnit derived = WithoutDerived(unit);
  DeriveFields({}, {}, derived);
  const auto forget = [](auto& value, const auto& derived_value) {
    if (value == derived_value) {
      value = {};
    }
  };
  forget(shell.create_time, derived.create_time);
  forget(shell.update_time, derived.update_time);
  forget(shell.creator, derived.creator);
  forget(shell.updater, derived.updater);
  shell.name = {};
  shell.revision = {};
  shell.variants.clear();
  return shell;
}

}  // namespace

std::optional<SplitPart> SplitPartOf(const TranslationUnit& unit) {
  const auto property = FindSplit(unit);
  if (property == unit.properties.end()) {
    return std::nullopt;
  }
  const std::string_view value = property->value;
  const std::size_t colon = value.find(':');
  const std::size_t slash = value.find('/', std::min(colon, value.size()));
  if (colon == std::string_view::npos || slash == std::string_view::npos) {
    return std::nullopt;
  }
  const std::size_t part = ParseCount(value.substr(colon + 1, slash - colon - 1));
  const std::size_t parts = ParseCount(value.substr(slash + 1));
  if (part < 1 || part > parts || parts < 2 || parts > kMaxParts) {
    return std::nullopt;
  }
  return SplitPart{std::string(value.substr(0, colon)), part - 1, parts};
}

Property SplitProperty(const SplitPart& part) {
  return {std::string(own::kSplit), fmt::format("{}:{}/{}", part.key, part.part + 1, part.parts)};
}

std::string SplitKey(const std::vector<std::vector<Variant>>& parts) {
  std::set<std::string> texts;
  for (const std::vector<Variant>& variants : parts) {
    for (const Variant& variant : variants) {
      texts.insert(variant.language.str() + "\n" + variant.segment.text);
    }
  }
  std::string all;
  for (const std::string& text : texts) {
    all.append(text).append("\n");
  }
  return fmt::format("{:016x}", text::ContextHash(all));
}

std::vector<std::vector<Variant>> SplitVariants(std::vector<Variant> variants,
                                                const LanguageTag& source) {
  std::map<LanguageTag, std::size_t> counts;
  std::size_t parts = 1;
  for (const Variant& variant : variants) {
    parts = std::max(parts, ++counts[variant.language]);
  }
  std::vector<std::vector<Variant>> units(parts);
  if (parts == 1) {
    units[0] = std::move(variants);
    return units;
  }
  const LanguageTag anchor = counts.count(source) > 0 ? source : variants.front().language;
  std::optional<Variant> last_anchor;
  std::map<LanguageTag, std::size_t> seen;
  for (Variant& variant : variants) {
    if (variant.language == anchor) {
      last_anchor = variant;
    }
    units[seen[variant.language]++].push_back(std::move(variant));
  }
  for (std::size_t i = counts[anchor]; i < parts; ++i) {
    units[i].insert(units[i].begin(), *last_anchor);
  }
  return units;
}

std::optional<TranslationUnit> JoinUnits(const std::vector<TranslationUnit>& units) {
  const TranslationUnit shell = ShellOf(units.front());
  std::vector<std::vector<Variant>> parts;
  bool has_source = false;
  for (const TranslationUnit& unit : units) {
    if (ShellOf(unit) != shell) {
      return std::nullopt;
    }
    parts.push_back(unit.variants);
    has_source = has_source || unit.Find(unit.source_language) != nullptr;
  }
  TranslationUnit joined = shell;
  joined.variants = units.front().variants;
  if (joined.variants.empty()) {
    return std::nullopt;
  }
  const LanguageTag anchor = has_source ? joined.source_language : joined.variants.front().language;
  for (std::size_t i = 1; i < units.size(); ++i) {
    for (const Variant& variant : units[i].variants) {
      const Variant* const before = units[i - 1].Find(variant.language);
      if (variant.language != anchor || before == nullptr || *before != variant) {
        joined.variants.push_back(variant);
      }
    }
  }
  const bool keeps_times =
      std::all_of(units.begin(), units.end(), [&joined](const TranslationUnit& unit) {
        TranslationUnit derived = WithoutDerived(unit);
        DeriveFields({}, JoinedTimes(joined), derived);
        return unit.create_time == derived.create_time && unit.update_time == derived.update_time &&
               unit.creator == derived.creator && unit.updater == derived.updater;
      });
  if (!keeps_times || SplitVariants(joined.variants, joined.source_language) != parts) {
    return std::nullopt;
  }
  return joined;
}

UnitTimes JoinedTimes(const TranslationUnit& joined) {
  UnitTimes times;
  const auto choose = [](const auto& value, auto& chosen) {
    if (value != std::decay_t<decltype(value)>()) {
      chosen = value;
    }
  };
  choose(joined.create_time, times.create_time);
  choose(joined.update_time, times.update_time);
  choose(joined.creator, times.creator);
  choose(joined.updater, times.updater);
  return times;
}

TranslationUnit WithoutDerived(TranslationUnit unit) {
  unit.document.clear();
  unit.context_id.clear();
  const Variant blank;
  for (Variant& variant : unit.variants) {
    variant.status = blank.status;
    variant.origin = blank.origin;
    variant.neighbors = {};
  }
  return unit;
}

}  // namespace sild::formats
