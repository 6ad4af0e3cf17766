#include "server/service/identity.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <xxhash.h>

namespace sild::service {
namespace {

constexpr std::size_t kBytesPerPart =
    64;  // A rough measure of fields that are not counted one by one.

// Strings one after another, each with its length, so that no two lists look the same.
class Key {
 public:
  void Add(std::string_view part) { bytes_ += fmt::format("{}:{}", part.size(), part); }
  void Add(std::int64_t number) { Add(fmt::format("{}", number)); }

  std::string Hash(char prefix) const {
    const XXH128_hash_t hash = XXH3_128bits(bytes_.data(), bytes_.size());
    return fmt::format("{}{:016x}{:016x}", prefix, hash.high64, hash.low64);
  }

 private:
  std::string bytes_;
};

void AddVariant(const Variant& variant, Key& key) {
  key.Add(variant.language.str());
  key.Add(variant.segment.text);
  for (const Tag& tag : variant.segment.tags) {
    key.Add(static_cast<std::int64_t>(tag.kind));
    key.Add(tag.position);
    key.Add(tag.type);
    key.Add(tag.data);
  }
  for (const auto& hash : {variant.neighbors.previous_hash, variant.neighbors.next_hash}) {
    key.Add(hash ? fmt::format("{:x}", *hash) : "");
  }
}

}  // namespace

std::string IdentityOf(const TranslationUnit& unit) {
  Key key;
  key.Add(unit.source_language.str());
  key.Add(unit.document);
  key.Add(unit.context_id);
  for (const Property& property : unit.properties) {
    if (property.type == "tuid") {
      key.Add(property.value);
    }
  }
  std::vector<const Variant*> variants;
  for (const Variant& variant : unit.variants) {
    variants.push_back(&variant);
  }
  std::sort(variants.begin(), variants.end(),
            [](const Variant* a, const Variant* b) { return a->language < b->language; });
  for (const Variant* variant : variants) {
    AddVariant(*variant, key);
  }
  return key.Hash('i');
}

std::string IdentityOf(const Concept& entry) {
  Key key;
  key.Add(entry.subject_field);
  for (const LanguageSection& section : entry.sections) {
    key.Add(section.language.str());
    for (const Term& term : section.terms) {
      key.Add(term.text);
    }
  }
  return key.Hash('c');
}

std::size_t BytesOf(const TranslationUnit& unit) {
  std::size_t bytes = kBytesPerPart + unit.document.size() + unit.context_id.size();
  for (const Property& property : unit.properties) {
    bytes += property.type.size() + property.value.size();
  }
  for (const std::string& note : unit.notes) {
    bytes += note.size();
  }
  for (const Variant& variant : unit.variants) {
    bytes += kBytesPerPart + variant.segment.text.size();
    for (const Tag& tag : variant.segment.tags) {
      bytes += kBytesPerPart + tag.type.size() + tag.data.size();
    }
    for (const Property& property : variant.properties) {
      bytes += property.type.size() + property.value.size();
    }
    for (const std::string& note : variant.notes) {
      bytes += note.size();
    }
  }
  return bytes;
}

std::size_t BytesOf(const Concept& entry) {
  std::size_t bytes = kBytesPerPart + entry.definition.size();
  for (const LanguageSection& section : entry.sections) {
    bytes += kBytesPerPart + section.definition.size();
    for (const Term& term : section.terms) {
      bytes += kBytesPerPart + term.text.size() + term.usage_example.size() + term.source.size();
      for (const std::string& note : term.notes) {
        bytes += note.size();
      }
    }
  }
  return bytes;
}

}  // namespace sild::service
