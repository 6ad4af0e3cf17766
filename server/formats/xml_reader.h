#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>

#include "server/formats/cleaner.h"
#include "server/formats/reader.h"

namespace sild::formats {

// An attribute, without its namespace but with its prefix: `xml` and `lang`.
struct XmlAttribute {
  std::string_view prefix;
  std::string_view name;
  std::string_view value;
};

// A start tag. Valid during the call that gets it.
struct XmlElement {
  std::string_view prefix;
  std::string_view name;  // Without the prefix.
  std::string_view name_space;
  std::vector<XmlAttribute> attributes;
  Place place;

  // The value of the attribute of that name, whatever its prefix.
  std::optional<std::string_view> Find(std::string_view attribute) const;

  // `xml:lang`, else `lang`.
  std::optional<std::string_view> Language() const;
};

// What a repair did, for a person: `HTML entities were decoded: 2, the first &nbsp;`.
std::string Describe(const Repair& repair);

// Makes units of an XML file's elements.
class XmlHandler {
 public:
  virtual ~XmlHandler() = default;

  // An error from one of these ends the reading.
  virtual absl::Status OnStart(const XmlElement& element) = 0;
  virtual absl::Status OnEnd(std::string_view name, std::int64_t end_bytes) = 0;

  // Text comes in pieces.
  virtual void OnText(std::string_view text) = 0;

  // Something was repaired in the text before the next start or end.
  virtual void OnRepair(const Repair& repair) = 0;

  // Something is to be said of the file, or of the element at hand.
  virtual void OnNotice(std::string message) = 0;

  virtual std::int64_t last_unit_end_bytes() const = 0;
};

// Returns a reader that decompresses, decodes, repairs and parses a file for `handler`. Entities,
// network and other files are never touched. Elements deeper than 64 are refused.
std::unique_ptr<FileReader> NewXmlReader(const ReadOptions& options,
                                         std::unique_ptr<XmlHandler> handler);

}  // namespace sild::formats
