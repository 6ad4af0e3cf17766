#pragma once

#include <optional>
#include <string>
#include <vector>

#include "server/formats/entry_problems.h"
#include "server/formats/languages.h"
#include "server/formats/reader.h"
#include "server/formats/xml_reader.h"
#include "server/model/unit.h"

namespace sild::formats {

// What `tu` and `tuv` have alike, as it stands in the file.
struct TmxFields {
  std::vector<Property> attributes;  // Those that are kept as properties, in their order.
  std::vector<Property> properties;
  std::vector<std::string> notes;
  std::optional<Timestamp> create_time;
  std::optional<Timestamp> update_time;
  std::optional<std::string> creator;
  std::optional<std::string> updater;
};

// A `tuv`.
struct TmxVariant {
  std::optional<std::string> language;
  TmxFields fields;
  Segment segment;
};

// A `tu` as it stands in the file, before its languages and properties are understood.
struct TmxUnit {
  Place place;
  std::string tuid;
  std::optional<std::string> source_language;
  std::optional<SegmentType> segment_type;
  std::int64_t usage_count = 0;
  std::optional<Timestamp> last_use_time;
  TmxFields fields;
  std::vector<TmxVariant> variants;
};

// What the header says that units inherit.
struct TmxDefaults {
  std::optional<std::string> source_language;
  SegmentType segment_type = SegmentType::kSentence;
  bool is_ours = false;  // Sild wrote the file, so that nothing needs to be guessed.
};

// Takes the attributes of the header, and puts those that are no defaults into `header`.
TmxDefaults ParseTmxHeader(const XmlElement& element, Languages& languages, FileHeader& header);

// Takes the attributes of a `tu` and of a `tuv`.
TmxUnit ParseTmxUnit(const XmlElement& element);
TmxVariant ParseTmxVariant(const XmlElement& element);

// Makes the units of a `tu`: none if nothing is left of it, several if a language occurs more than
// once. What is left out is said in `problems`. O(n log n) in what the `tu` holds, for each unit.
std::vector<TranslationUnit> MakeUnits(TmxUnit tu, const TmxDefaults& defaults,
                                       const ReadOptions& options, Languages& languages,
                                       EntryProblems& problems);

}  // namespace sild::formats
