#include "server/formats/tmx_unit.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "server/formats/dates.h"
#include "server/formats/languages.h"
#include "server/formats/tmx_fields.h"
#include "server/formats/tmx_join.h"
#include "server/formats/tmx_segment.h"
#include "server/model/labels.h"
#include "server/text/languages.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

constexpr std::string_view kAnyLanguage = "*all*";

template <typename Number>
std::optional<Number> ParseNumber(std::string_view digits, int base = 10) {
  Number value = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  return is_number ? std::optional(value) : std::nullopt;
}

bool IsPropertyAttribute(std::string_view name) {
  return std::find(kPropertyAttributes.begin(), kPropertyAttributes.end(), name) !=
         kPropertyAttributes.end();
}

// Takes an attribute that `tu` and `tuv` share. A date that cannot be read is kept as it is.
void TakeAttribute(const XmlAttribute& attribute, TmxFields& fields,
                   std::vector<Property>& others) {
  const std::string_view name = attribute.name;
  if (name == "creationid") {
    fields.creator = std::string(attribute.value);
  } else if (name == "changeid") {
    fields.updater = std::string(attribute.value);
  } else if (name == "creationdate" || name == "changedate") {
    auto& time = name == "creationdate" ? fields.create_time : fields.update_time;
    time = ParseDate(attribute.value);
    if (!time) {
      others.push_back({std::string(name), std::string(attribute.value)});
    }
  } else if (IsPropertyAttribute(name)) {
    fields.attributes.push_back({std::string(name), std::string(attribute.value)});
  } else if (attribute.prefix.empty()) {
    others.push_back({std::string(name), std::string(attribute.value)});
  }
}

// Puts the attributes that are kept as properties into their order, the unknown ones last.
void OrderAttributes(std::vector<Property> others, TmxFields& fields) {
  const auto rank = [](const Property& property) {
    return std::find(kPropertyAttributes.begin(), kPropertyAttributes.end(), property.type);
  };
  std::stable_sort(fields.attributes.begin(), fields.attributes.end(),
                   [&](const Property& a, const Property& b) { return rank(a) < rank(b); });
  std::move(others.begin(), others.end(), std::back_inserter(fields.attributes));
}

// Returns the value of the last property of an own type, or null.
const std::string* FindOwn(const std::vector<Property>& properties, std::string_view type) {
  const auto found =
      std::find_if(properties.rbegin(), properties.rend(),
                   [type](const Property& property) { return property.type == type; });
  return found == properties.rend() ? nullptr : &found->value;
}

void AddMicroseconds(const std::vector<Property>& properties, std::optional<Timestamp>& create_time,
                     std::optional<Timestamp>& update_time) {
  const std::string* const value = FindOwn(properties, own::kMicroseconds);
  if (value == nullptr) {
    return;
  }
  const std::size_t space = std::min(value->find(' '), value->size());
  const auto create = ParseNumber<std::uint32_t>(std::string_view(*value).substr(0, space));
  const auto update = ParseNumber<std::uint32_t>(
      std::string_view(*value).substr(std::min(space + 1, value->size())));
  if (create_time && create && *create < 1'000'000) {
    *create_time += std::chrono::microseconds(*create);
  }
  if (update_time && update && *update < 1'000'000) {
    *update_time += std::chrono::microseconds(*update);
  }
}

// Removes the own properties, which have been read, and undoes the escape of those that are not
// own.
void FinishProperties(std::vector<Property>& properties) {
  const auto is_escaped = [](const Property& property) {
    return std::string_view(property.type).substr(own::kPrefix.size()).starts_with(own::kPrefix);
  };
  std::erase_if(properties, [&](const Property& property) {
    return IsOwnProperty(property.type) && !is_escaped(property);
  });
  for (Property& property : properties) {
    if (IsOwnProperty(property.type)) {
      property.type.erase(0, own::kPrefix.size());
    }
  }
}

std::optional<std::uint64_t> ParseHash(const std::string& hex) {
  return hex.size() == 16 ? ParseNumber<std::uint64_t>(hex, 16) : std::nullopt;
}

void TakeVariantProperties(Variant& variant) {
  std::vector<Property>& properties = variant.properties;
  if (const auto* const status = FindOwn(properties, own::kStatus)) {
    variant.status = ParseStatus(*status).value_or(variant.status);
  }
  if (const auto* const origin = FindOwn(properties, own::kOrigin)) {
    variant.origin = ParseOrigin(*origin).value_or(variant.origin);
  }
  if (const auto* const hash = FindOwn(properties, own::kPrevious)) {
    variant.neighbors.previous_hash = ParseHash(*hash);
  }
  if (const auto* const hash = FindOwn(properties, own::kNext)) {
    variant.neighbors.next_hash = ParseHash(*hash);
  }
  FinishProperties(properties);
}

// Takes the unit's name from a file that Sild wrote: `x-sild-id` if it is there, else the `tuid`,
// which then is no property.
void TakeName(TranslationUnit& unit) {
  std::vector<Property>& properties = unit.properties;
  if (const auto* const id = FindOwn(properties, own::kId)) {
    unit.name.unit = IsResourceId(*id) ? *id : "";
  } else if (!properties.empty() && properties[0].type == "tuid" &&
             IsResourceId(properties[0].value)) {
    unit.name.unit = properties[0].value;
    properties.erase(properties.begin());
  }
}

void TakeLabels(const UnitLimits& limits, TranslationUnit& unit) {
  for (const Property& property : unit.properties) {
    const std::size_t equals = property.value.find('=');
    if (property.type != own::kLabel || equals == std::string::npos ||
        unit.labels.size() >= limits.labels) {
      continue;
    }
    const std::string key = property.value.substr(0, equals);
    const std::string value = property.value.substr(equals + 1);
    if (IsLabelKey(key) && text::CountChars(value) <= kMaxLabelValueChars) {
      unit.labels[key] = value;
    }
  }
}

void TakeUnitProperties(const UnitLimits& limits, TranslationUnit& unit) {
  std::vector<Property>& properties = unit.properties;
  if (const auto* const document = FindOwn(properties, own::kDocument);
      document != nullptr && text::CountChars(*document) <= limits.field_chars) {
    unit.document = *document;
  }
  if (const auto* const context = FindOwn(properties, own::kContextId);
      context != nullptr && text::CountChars(*context) <= limits.field_chars) {
    unit.context_id = *context;
  }
  TakeLabels(limits, unit);
  FinishProperties(properties);
}

std::vector<Property> JoinProperties(TmxFields& fields) {
  std::vector<Property> all = std::move(fields.attributes);
  std::move(fields.properties.begin(), fields.properties.end(), std::back_inserter(all));
  return all;
}

// The language of a `tuv`, or nothing after saying why it is left out.
std::optional<LanguageTag> VariantLanguage(const TmxVariant& tuv, Languages& languages,
                                           EntryProblems& problems) {
  if (!tuv.language) {
    problems.Add("a tuv has no xml:lang and was left out");
    return std::nullopt;
  }
  auto language = languages.Find(*tuv.language);
  if (!language) {
    problems.Add(
        fmt::format("language \"{}\" is not known and its tuv was left out; map it with "
                    "language_map",
                    Clip(*tuv.language)));
  }
  return language;
}

// Makes the variants of a `tu`, in the order of the file, without those that cannot be taken.
std::vector<Variant> MakeVariants(std::vector<TmxVariant>& tuvs, Languages& languages,
                                  EntryProblems& problems) {
  std::vector<Variant> variants;
  for (TmxVariant& tuv : tuvs) {
    const auto language = VariantLanguage(tuv, languages, problems);
    if (!language) {
      continue;
    }
    if (tuv.segment.text.empty() && tuv.segment.tags.empty()) {
      problems.Add(fmt::format("the {} tuv has no text and was left out", language->str()));
      continue;
    }
    Variant variant;
    variant.language = *language;
    variant.segment = std::move(tuv.segment);
    variant.notes = std::move(tuv.fields.notes);
    variant.properties = JoinProperties(tuv.fields);
    if (!IsSameSpelling(*tuv.language, language->str())) {
      variant.properties.push_back({std::string(own::kLanguage), *tuv.language});
    }
    AddMicroseconds(variant.properties, tuv.fields.create_time, tuv.fields.update_time);
    variant.create_time = tuv.fields.create_time;
    variant.update_time = tuv.fields.update_time;
    variant.creator = tuv.fields.creator.value_or("");
    variant.updater = tuv.fields.updater.value_or("");
    variants.push_back(std::move(variant));
  }
  return variants;
}

// The language of the source variant: that of the unit, else of the header, else of the options. If
// no variant has it exactly, that of the one variant whose language is the same but for region.
LanguageTag SourceLanguage(const TmxUnit& tu, const TmxDefaults& defaults,
                           const LanguageTag& fallback, const std::vector<Variant>& variants,
                           Languages& languages, EntryProblems& problems) {
  const auto& spelling = tu.source_language ? tu.source_language : defaults.source_language;
  if (spelling && absl::AsciiStrToLower(*spelling) == kAnyLanguage) {
    return {};
  }
  auto language = spelling && !spelling->empty() ? languages.Find(*spelling)
                                                 : std::optional<LanguageTag>(fallback);
  if (!language) {
    if (tu.source_language) {
      problems.Add(
          fmt::format("source language \"{}\" is not known and was left out", Clip(*spelling)));
    }
    language = fallback;
  }
  if (language->empty() || defaults.is_ours) {
    return *language;
  }
  std::vector<LanguageTag> have;
  have.reserve(variants.size());
  for (const Variant& variant : variants) {
    have.push_back(variant.language);
  }
  const LanguageTag best = languages.BestOf(*language, have);
  return best.empty() ? *language : best;
}

}  // namespace

TmxDefaults ParseTmxHeader(const XmlElement& element, Languages& languages, FileHeader& header) {
  TmxDefaults defaults;
  for (const XmlAttribute& attribute : element.attributes) {
    const std::string value(attribute.value);
    if (attribute.name == "srclang") {
      defaults.source_language = value;
      if (value != kAnyLanguage) {
        header.source_language = languages.Find(value).value_or(LanguageTag());
      }
    } else if (attribute.name == "segtype") {
      defaults.segment_type = ParseSegmentType(value).value_or(SegmentType::kSentence);
    } else if (attribute.name == "creationtool") {
      header.tool = value;
      defaults.is_ours = value == "Sild";
    } else {
      header.properties.push_back({std::string(attribute.name), value});
    }
  }
  return defaults;
}

TmxUnit ParseTmxUnit(const XmlElement& element) {
  TmxUnit tu;
  tu.place = element.place;
  std::vector<Property> others;
  for (const XmlAttribute& attribute : element.attributes) {
    const std::string_view value = attribute.value;
    if (attribute.name == "tuid") {
      tu.tuid = std::string(value);
      tu.fields.attributes.push_back({"tuid", tu.tuid});
    } else if (attribute.name == "srclang") {
      tu.source_language = std::string(value);
    } else if (attribute.name == "segtype" && ParseSegmentType(value)) {
      tu.segment_type = ParseSegmentType(value);
    } else if (const auto count = ParseNumber<std::int64_t>(value);
               attribute.name == "usagecount" && count && *count >= 0) {
      tu.usage_count = *count;
    } else if (const auto date = ParseUseDate(value); attribute.name == "lastusagedate" && date) {
      tu.last_use_time = date;
    } else {
      TakeAttribute(attribute, tu.fields, others);
    }
  }
  OrderAttributes(std::move(others), tu.fields);
  return tu;
}

TmxVariant ParseTmxVariant(const XmlElement& element) {
  TmxVariant tuv;
  if (const auto language = element.Language()) {
    tuv.language = std::string(*language);
  }
  std::vector<Property> others;
  for (const XmlAttribute& attribute : element.attributes) {
    if (attribute.name != "lang") {
      TakeAttribute(attribute, tuv.fields, others);
    }
  }
  OrderAttributes(std::move(others), tuv.fields);
  return tuv;
}

std::vector<TranslationUnit> MakeUnits(TmxUnit tu, const TmxDefaults& defaults,
                                       const ReadOptions& options, Languages& languages,
                                       EntryProblems& problems) {
  std::vector<Variant> variants = MakeVariants(tu.variants, languages, problems);
  if (variants.empty()) {
    return {};
  }
  TranslationUnit unit;
  unit.source_language =
      SourceLanguage(tu, defaults, options.default_source_language, variants, languages, problems);
  unit.segment_type = tu.segment_type.value_or(defaults.segment_type);
  unit.usage_count = tu.usage_count;
  unit.last_use_time = tu.last_use_time;
  unit.notes = std::move(tu.fields.notes);
  unit.properties = JoinProperties(tu.fields);
  AddMicroseconds(unit.properties, tu.fields.create_time, tu.fields.update_time);
  auto parts = SplitVariants(std::move(variants), unit.source_language);
  const bool is_split = parts.size() > 1;
  if (defaults.is_ours && !is_split) {
    TakeName(unit);
  }
  const std::string new_key = is_split ? SplitKey(parts) : "";
  std::vector<TranslationUnit> units(parts.size() - 1, unit);
  units.push_back(std::move(unit));
  for (std::size_t i = 0; i < parts.size(); ++i) {
    TranslationUnit& part = units[i];
    part.variants = std::move(parts[i]);
    DeriveFields(
        options.limits,
        {tu.fields.create_time, tu.fields.update_time, tu.fields.creator, tu.fields.updater}, part);
    TakeUnitProperties(options.limits, part);
    std::for_each(part.variants.begin(), part.variants.end(), TakeVariantProperties);
    if (is_split) {
      const std::string* const old_key = FindOwn(part.properties, own::kSplit);
      const std::string key = old_key == nullptr ? new_key : *old_key;
      std::erase_if(part.properties,
                    [](const Property& property) { return property.type == own::kSplit; });
      part.properties.push_back(SplitProperty({key.substr(0, key.find(':')), i, parts.size()}));
    }
  }
  return units;
}

}  // namespace sild::formats
