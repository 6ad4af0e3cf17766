#include "server/storage/content_hash.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

namespace sild::storage {
namespace {

// Strings one after another, each with its length, so that no two lists look the same.
class Content {
 public:
  void Add(std::string_view part) { bytes_ += fmt::format("{}:{}", part.size(), part); }
  void Add(std::int64_t number) { Add(fmt::format("{}", number)); }

  absl::uint128 Hash() const {
    const XXH128_hash_t hash = XXH3_128bits(bytes_.data(), bytes_.size());
    return absl::MakeUint128(hash.high64, hash.low64);
  }

 private:
  std::string bytes_;
};

void AddVariant(const Variant& variant, Content& content) {
  content.Add(variant.language.str());
  content.Add(variant.segment.text);
  for (const Tag& tag : variant.segment.tags) {
    content.Add(static_cast<std::int64_t>(tag.kind));
    content.Add(tag.position);
    content.Add(tag.type);
    content.Add(tag.data);
  }
  for (const auto& hash : {variant.neighbors.previous_hash, variant.neighbors.next_hash}) {
    content.Add(hash ? fmt::format("{:x}", *hash) : "");
  }
}

}  // namespace

absl::uint128 ContentHash(const TranslationUnit& unit) {
  Content content;
  content.Add(unit.source_language.str());
  content.Add(unit.document);
  content.Add(unit.context_id);
  for (const Property& property : unit.properties) {
    if (property.type == "tuid") {
      content.Add(property.value);
    }
  }
  std::vector<const Variant*> variants;
  for (const Variant& variant : unit.variants) {
    variants.push_back(&variant);
  }
  std::sort(variants.begin(), variants.end(),
            [](const Variant* a, const Variant* b) { return a->language < b->language; });
  for (const Variant* variant : variants) {
    AddVariant(*variant, content);
  }
  return content.Hash();
}

absl::uint128 ContentHash(const Concept& entry) {
  Content content;
  content.Add(entry.subject_field);
  for (const LanguageSection& section : entry.sections) {
    content.Add(section.language.str());
    for (const Term& term : section.terms) {
      content.Add(term.text);
    }
  }
  return content.Hash();
}

}  // namespace sild::storage
