#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "server/model/language_tag.h"
#include "server/model/names.h"
#include "server/model/revision.h"
#include "server/model/segment.h"

namespace sild {

// Short facets to filter on. At most 32; keys match `[a-z][a-z0-9_-]{0,62}`, values up to 63 code
// points.
using Labels = std::map<std::string, std::string>;

// A named value that the server keeps but does not interpret (TMX `prop`). Types may repeat.
struct Property {
  std::string type;
  std::string value;

  friend bool operator==(const Property&, const Property&) = default;
};

// How far a variant may be trusted, least first. On disk: do not change the numbers.
enum class VariantStatus : std::uint8_t {
  kDraft = 1,
  kTranslated = 2,
  kReviewed = 3,
  kApproved = 4
};

// Where a variant's text came from. On disk: do not change the numbers.
enum class Origin : std::uint8_t {
  kUnknown = 0,
  kHuman = 1,
  kMachine = 2,
  kPostEdited = 3,
  kAlignment = 4
};

// How much text a unit holds (TMX `segtype`). On disk: do not change the numbers.
enum class SegmentType : std::uint8_t { kBlock = 1, kParagraph = 2, kSentence = 3, kPhrase = 4 };

// What stands beside a variant, as `text::ContextHash`. Absent: unknown, which is never held
// against a match.
struct Neighbors {
  std::optional<std::uint64_t> previous_hash;
  std::optional<std::uint64_t> next_hash;

  friend bool operator==(const Neighbors&, const Neighbors&) = default;
};

// The text of a unit in one language (TMX `tuv`).
struct Variant {
  LanguageTag language;
  Segment segment;
  VariantStatus status = VariantStatus::kTranslated;
  Origin origin = Origin::kUnknown;
  std::optional<Timestamp> create_time;  // As the writer gave it; absent: not known.
  std::optional<Timestamp> update_time;
  std::string creator;
  std::string updater;
  std::vector<Property> properties;
  std::vector<std::string> notes;
  Neighbors neighbors;

  friend bool operator==(const Variant&, const Variant&) = default;
};

// One meaning in N languages (TMX `tu`), and the unit of atomic writing.
struct TranslationUnit {
  UnitName name;
  LanguageTag source_language;    // Empty: any variant may be the source (TMX `*all*`).
  std::vector<Variant> variants;  // 1 to 100, at most one for each language tag.
  std::string document;           // Empty: unknown.
  std::string context_id;         // Unique in the document. Empty: unknown.
  SegmentType segment_type = SegmentType::kSentence;
  Labels labels;
  std::vector<Property> properties;
  std::vector<std::string> notes;
  Timestamp create_time;  // When the unit was first stored, unless imported with a date.
  Timestamp update_time;  // When the unit or any variant last changed, unless imported with a date.
  std::string creator;
  std::string updater;
  std::int64_t usage_count = 0;            // Outside etag, revision and history, as is:
  std::optional<Timestamp> last_use_time;  // Absent: not known.
  Revision revision;                       // Of the last write. Set by storage.

  // The variant in `language` exactly as tagged, or null.
  const Variant* Find(const LanguageTag& language) const {
    for (const Variant& variant : variants) {
      if (variant.language == language) {
        return &variant;
      }
    }
    return nullptr;
  }

  friend bool operator==(const TranslationUnit&, const TranslationUnit&) = default;
};

// What imports and confirmed segments do to units with the same source. On disk: do not change the
// numbers.
enum class WritePolicy : std::uint8_t {
  kKeepAll = 1,
  kOverwriteSameContext = 2,
  kKeepNewest = 3,
  kKeepReviewed = 4,
};

// A translation memory: a set of units that are written and searched together.
struct Memory {
  MemoryName name;
  std::string display_name;
  LanguageTag source_language;  // A default for import. Empty: none.
  WritePolicy write_policy = WritePolicy::kKeepAll;
  Labels labels;
  Timestamp create_time;
  Timestamp update_time;
  Revision revision;  // Of the last write of its own fields. Set by storage.

  friend bool operator==(const Memory&, const Memory&) = default;
};

}  // namespace sild
