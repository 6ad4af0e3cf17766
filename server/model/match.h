#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "server/model/text_offset.h"
#include "server/model/unit.h"

namespace sild {

// The kind of match, best first.
enum class MatchType : std::uint8_t {
  kExactId = 1,       // Same text and tags, and the same context id in the same document.
  kExactContext = 2,  // Same text and tags, and the same text before and after.
  kExact = 3,         // Same text and tags.
  kExactText = 4,     // Same text; only tags differ.
  kRepaired = 5,      // Only placeables differ. Takes no part in the order: counts as fuzzy there.
  kFuzzy = 6,         // Similar.
};

// Which way a unit was translated, seen from the query.
enum class MatchDirection : std::uint8_t {
  kForward = 1,   // From the language of the query, or it is not known.
  kReversed = 2,  // From the target language.
  kSibling = 3,   // From a third language.
};

// Why points were taken off a score. In the order in which equal ones are shown.
enum class PenaltyReason : std::uint8_t {
  kTags = 1,
  kLanguageVariety = 2,
  kReversed = 3,
  kSibling = 4,
  kDraft = 5,
  kMachine = 6,
  kPostEdited = 7,
  kAlignment = 8,
  kPivot = 9,
  kMemory = 10,
  kAge = 11,
};

struct Penalty {
  PenaltyReason reason = PenaltyReason::kTags;
  std::int32_t tenths = 0;  // Of a percent point, positive.

  friend bool operator==(const Penalty&, const Penalty&) = default;
};

enum class EditOperation : std::uint8_t { kInsert = 1, kDelete = 2, kReplace = 3 };

// What an edit changes.
enum class EditKind : std::uint8_t {
  kCase = 1,  // Upper or lower case.
  kForm = 2,  // Another form or spelling of a word; also another apostrophe, stress mark or hyphen.
  kWord = 3,
  kNumber = 4,
  kTag = 5,          // A tag or placeholder inside the text.
  kPunctuation = 6,  // Also another kind of quote or dash.
};

// One step that turns the source text of a unit into the query.
struct Edit {
  EditOperation operation = EditOperation::kReplace;
  EditKind kind = EditKind::kWord;
  ByteRange unit_range;     // In the source text of the unit as stored. Empty for an insertion.
  ByteRange query_range;    // In the query as sent. Empty for a deletion.
  std::int32_t points = 0;  // Hundredths of a word.

  friend bool operator==(const Edit&, const Edit&) = default;
};

// How a score came about: the similarity less the penalties, at least 0.
struct MatchExplanation {
  std::int32_t similarity_tenths = 0;
  std::vector<Penalty> penalties;  // Largest first.
  std::vector<Edit> edits;         // In the order of the texts; their points sum to `distance`.
  std::int32_t distance = 0;       // Hundredths of a word.
  std::int32_t weight = 0;         // Of the heavier text, in hundredths of a word.
  std::int32_t score_version = 0;

  friend bool operator==(const MatchExplanation&, const MatchExplanation&) = default;
};

// What became of a placeable.
enum class PlacementState : std::uint8_t {
  kPlaced = 1,          // It stands in the proposal.
  kLeft = 2,            // A person must see to it.
  kCheckAgreement = 3,  // It stands in the proposal, but words beside it may have to agree.
};

enum class PlacementKind : std::uint8_t {
  kNumber = 1,  // And codes with digits, and the currency or unit of an amount.
  kDate = 2,    // And times.
  kAddress = 3,
  kPlaceholder = 4,  // In the text.
  kTag = 5,          // Beside the text.
};

// What became of one placeable of the query in a proposal, or of a value in the proposal that the
// query does not have. Ranges of tags are empty.
struct Placement {
  std::optional<ByteRange> query_range;     // Nothing: the query does not have it.
  std::optional<ByteRange> proposal_range;  // Nothing: the proposal does not have it.
  PlacementState state = PlacementState::kPlaced;
  PlacementKind kind = PlacementKind::kNumber;

  friend bool operator==(const Placement&, const Placement&) = default;
};

// What leads from a unit that has no variant in the target language to one that has, and has the
// same text in a third language.
struct Bridge {
  LanguageTag language;  // The third one, of a variant of the first unit.
  std::string text;
  UnitName unit;                   // The second one, which has the target.
  std::int32_t first_tenths = 0;   // Score of the first unit for the query.
  std::int32_t second_tenths = 0;  // Score of the second one for the text of the bridge.
  Segment target;                  // As stored.

  friend bool operator==(const Bridge&, const Bridge&) = default;
};

// One target variant proposed for one query: of a unit, or of another one across a bridge.
struct Match {
  TranslationUnit unit;
  LanguageTag source_language;  // Of the variants that matched and that is proposed.
  LanguageTag target_language;
  MatchType type = MatchType::kFuzzy;
  MatchDirection direction = MatchDirection::kForward;
  std::int32_t score_tenths = 0;  // Tenths of a percent, in `[0, 1000]`, after penalties.
  bool multiple = false;          // The source has other exact translations in the target language.
  std::vector<UnitName> also_in;  // Units with the same source, target and score, in memory order.
  Segment proposal;               // The target with the placeables of the query.
  std::vector<Placement> placements;
  std::int32_t repaired_tenths = 0;             // The score of the proposal.
  std::optional<MatchExplanation> explanation;  // If it was asked for.
  std::optional<Bridge> bridge;  // If the target is not of `unit` but across a third language.

  friend bool operator==(const Match&, const Match&) = default;
};

}  // namespace sild
