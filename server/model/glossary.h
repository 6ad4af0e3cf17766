#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "server/model/unit.h"

namespace sild {

// Whether to use a term (TBX `administrativeStatus`). On disk: do not change the numbers.
enum class TermStatus : std::uint8_t {
  kPreferred = 1,
  kAdmitted = 2,
  kSuperseded = 3,
  kDeprecated = 4
};

// How far a term has come in the house (TBX `processStatus`). On disk: do not change the numbers.
enum class ProcessStatus : std::uint8_t { kProposed = 1, kApproved = 2, kRejected = 3 };

// The shape of a term (TBX `termType`). On disk: do not change the numbers.
enum class TermType : std::uint8_t {
  kFullForm = 1,
  kAcronym = 2,
  kAbbreviation = 3,
  kShortForm = 4,
  kVariant = 5
};

// How a term is found in running text. On disk: do not change the numbers.
enum class TermMatching : std::uint8_t { kInflected = 1, kExact = 2, kCaseSensitive = 3 };

// A word or phrase that names a concept (TBX `termSec`).
struct Term {
  std::string id;    // Unique in the concept, and kept when the term is edited.
  std::string text;  // In its base form, 1 to 500 code points.
  TermStatus status = TermStatus::kAdmitted;
  ProcessStatus process_status = ProcessStatus::kApproved;
  TermType type = TermType::kFullForm;
  TermMatching matching = TermMatching::kInflected;
  bool match_compounds = false;
  std::vector<std::string> extra_forms;   // Found besides those that the server makes.
  std::vector<std::string> banned_forms;  // Never found.
  std::string part_of_speech;
  std::string grammatical_gender;
  std::string grammatical_number;
  std::string usage_example;
  std::string source;
  std::vector<std::string> notes;
  std::vector<Property> properties;

  friend bool operator==(const Term&, const Term&) = default;
};

// The terms of a concept in one language (TBX `langSec`).
struct LanguageSection {
  LanguageTag language;
  std::string definition;
  std::string definition_source;
  std::vector<Term> terms;  // 1 to 100, preferred ones first.
  std::vector<std::string> notes;
  std::vector<Property> properties;

  friend bool operator==(const LanguageSection&, const LanguageSection&) = default;
};

// How a concept relates to another. On disk: do not change the numbers.
enum class RelationType : std::uint8_t { kBroader = 1, kNarrower = 2, kRelated = 3, kAntonym = 4 };

struct Relation {
  RelationType type = RelationType::kRelated;
  ConceptName target;  // Need not exist.

  friend bool operator==(const Relation&, const Relation&) = default;
};

// One meaning with its terms in N languages (TBX `conceptEntry`), and the unit of atomic writing.
struct Concept {
  ConceptName name;
  std::string subject_field;
  std::string definition;
  std::string definition_source;
  std::vector<LanguageSection> sections;  // 1 to 100, one for each language tag.
  bool do_not_translate = false;
  std::vector<Relation> relations;
  std::vector<Property> properties;
  std::vector<std::string> notes;
  Timestamp create_time;
  Timestamp update_time;
  std::string creator;
  std::string updater;
  Revision revision;  // Of the last write. Set by storage.

  friend bool operator==(const Concept&, const Concept&) = default;
};

// A termbase: a set of concepts.
struct Glossary {
  GlossaryName name;
  std::string display_name;
  Labels labels;
  Timestamp create_time;
  Timestamp update_time;
  Revision revision;  // Of the last write of its own fields. Set by storage.

  friend bool operator==(const Glossary&, const Glossary&) = default;
};

}  // namespace sild
