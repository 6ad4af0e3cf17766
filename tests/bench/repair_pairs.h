#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/matching/repair.h"
#include "server/model/language_tag.h"
#include "server/model/segment.h"

namespace sild::bench {

// A stored unit, and a query that differs from its source only in placeables.
struct RepairPair {
  Segment source;
  Segment target;
  Segment query;
  Segment truth;                   // What a person made of the query.
  bool truth_has_values = false;   // It shows all values of the query.
  bool has_same_words = false;     // It is `target` but for numbers and tags.
  bool target_has_values = false;  // `target` shows all values of `source`.
};

// Returns pairs of the software texts of the shared data, `source` and `target` being of
// `kRealLanguages`: texts that are equal once placeables are replaced by their kind, each with at
// most `most` others before it. `with_tags`: `<…>` are made tags beside the text. Empty if the data
// are not there.
std::vector<RepairPair> RepairPairs(const std::string& source, const std::string& target,
                                    std::size_t most, bool with_tags);

// What became of the repair of pairs.
struct RepairTally {
  std::size_t pairs = 0;
  std::size_t equal = 0;        // The proposal is the truth.
  std::size_t told = 0;         // It is not, and something was left or is to be checked.
  std::size_t untold = 0;       // It is not, and nothing was said.
  std::size_t strangers = 0;    // Proposals with a value that the query does not have, unsaid.
  std::size_t other_words = 0;  // Proposals with words that the target does not have.

  void Add(const RepairTally& other);
};

// Returns the repair of a pair in these languages.
matching::Repair RepairOf(const RepairPair& pair, const LanguageTag& source,
                          const LanguageTag& target);

// Repairs one pair and counts what became of it.
RepairTally TryRepair(const RepairPair& pair, const LanguageTag& source, const LanguageTag& target);

// The words of a text without those that have digits: what a repair must not change, but for the
// names of months.
std::vector<std::string> WordsOf(std::string_view text);

}  // namespace sild::bench
