#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "server/model/language_tag.h"
#include "server/model/names.h"
#include "server/model/revision.h"

namespace sild {

// What a check of terms says of a place. On disk: do not change the numbers.
enum class FindingKind : std::uint8_t {
  kMissing = 1,       // No term of the concept stands in the translation.
  kPossiblyUsed = 2,  // None does, but something that may be a form of one.
  kForbidden = 3,     // A deprecated term stands there.
  kSuperseded = 4,    // A superseded one does.
  kInconsistent = 5,  // The document mostly uses another term of the concept.
  kTranslated = 6,    // A term that must not be translated was.
  kNameChanged = 7,   // A name is written otherwise than in the glossary.
  kUsed = 8,          // A term of the concept stands there: nothing is wrong.
};

// A finding that a person has set aside, on record.
struct Exception {
  ExceptionName name;
  std::string concept_id;           // Of a concept of the same glossary.
  std::optional<FindingKind> kind;  // Absent: any.
  LanguageTag language;             // Of the translation. Empty: any.
  std::string document;             // Empty: any.
  std::string segment_text;         // Of the source or the translation. Empty: any.
  std::string reason;
  std::string creator;
  Timestamp create_time;
  Revision revision;  // Of the write. Set by storage.

  friend bool operator==(const Exception&, const Exception&) = default;
};

}  // namespace sild
