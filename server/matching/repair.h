#pragma once

#include <cstdint>
#include <vector>

#include "server/model/language_tag.h"
#include "server/model/match.h"
#include "server/model/segment.h"
#include "server/text/placeables.h"

namespace sild::matching {

constexpr std::int32_t kRepairedTenths = 990;      // Of texts that differ only in placeables.
constexpr std::int32_t kLeftPlaceableTenths = 50;  // For each that could not be placed.

// A stored translation that carries the placeables of a query.
struct Repair {
  Segment proposal;
  std::vector<Placement> placements;  // By place in the query; what it does not have comes last.
  bool differs_only_in_placeables = false;  // Source and query; not if they are equal.
  std::int32_t score_tenths = 0;            // Before penalties.
};

// Puts the placeables of one query into the translations of its matches. A query's placeable takes
// the place of what stands for its counterpart in the source:
// - query and source: in order if the texts are equal but for placeables, otherwise as the cheapest
//   edit script puts them one for another, if they are of one kind;
// - source and target: by value, however written. It is certain where a value stands once on either
//   side, or in the source as often or more often and all of it becomes one value, or where order
//   tells equal values apart: see `GroupByValue`. Everything else is left;
// - a number that is part of a word (12AB, F-16) is left if the word differs, but for case;
// - a placeable that may be read in several ways is written only if all readings that agree with
//   source and target give one text, and that is read as the query's value where it is put.
// The new value is written as the target wrote the old one: see `text::WriteLike`. Words never
// change. Tags beside the text: see `CarryTags`.
//
// Placements: those of the query that are not translated in words, what was left with the word of
// its magnitude; and, left, the values in the
// proposal that neither query nor unchanged text of it accounts for. `kCheckAgreement` if a word
// that is counted follows, not a sign or abbreviation, and the plural category of the language
// changes, or if an ending is joined to the digits by a hyphen. A sign of a currency or unit
// that is some other word in query and source alike is not told of.
//
// Score: 100 % for equal segments; 99 % if they differ only in placeables; otherwise what the words
// give, at most that. 5 points less for each placeable that is left.
class Repairer {
 public:
  // `query` must outlive this object. Its text must be UTF-8, as that of all segments.
  Repairer(const Segment& query, const LanguageTag& language);

  // Makes the proposal. `source` and `target` are variants of one unit. O(n · d) time for texts of
  // n tokens at distance d.
  Repair Make(const Segment& source, const LanguageTag& source_language, const Segment& target,
              const LanguageTag& target_language) const;

 private:
  const Segment& query_;
  LanguageTag language_;
  std::vector<text::Placeable> placeables_;
};

}  // namespace sild::matching
