#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "server/model/segment.h"
#include "server/model/unit.h"

namespace sild {

// Returns roughly the memory in bytes that a segment takes.
inline std::size_t SizeBytes(const Segment& segment) {
  std::size_t bytes = sizeof(Segment) + segment.text.size();
  for (const Tag& tag : segment.tags) {
    bytes += sizeof(Tag) + tag.type.size() + tag.data.size();
  }
  return bytes;
}

// Likewise of notes and properties.
inline std::size_t SizeBytes(const std::vector<std::string>& notes,
                             const std::vector<Property>& properties) {
  std::size_t bytes = 0;
  for (const std::string& note : notes) {
    bytes += sizeof(std::string) + note.size();
  }
  for (const Property& property : properties) {
    bytes += sizeof(Property) + property.type.size() + property.value.size();
  }
  return bytes;
}

// Likewise of a unit: no less than its texts, notes, properties and labels, so that many units can
// be held to a limit. What people and documents are called is not counted.
inline std::size_t SizeBytes(const TranslationUnit& unit) {
  std::size_t bytes = sizeof(TranslationUnit) + SizeBytes(unit.notes, unit.properties);
  for (const Variant& variant : unit.variants) {
    bytes +=
        sizeof(Variant) + SizeBytes(variant.segment) + SizeBytes(variant.notes, variant.properties);
  }
  for (const auto& [key, value] : unit.labels) {
    bytes += sizeof(Labels::value_type) + key.size() + value.size();
  }
  return bytes;
}

}  // namespace sild
