#pragma once

#include <cstdint>
#include <vector>

#include "server/model/match.h"
#include "server/model/unit.h"

namespace sild::matching {

// What a look-up takes off a score, in tenths of a percent point.
struct PenaltyTable {
  std::int32_t language_variety = 10;  // For each of source and target: both regions are present
                                       // and differ.
  std::int32_t reversed = 10;
  std::int32_t sibling = 0;
  std::int32_t draft = 50;
  std::int32_t machine = 50;
  std::int32_t post_edited = 0;
  std::int32_t alignment = 20;
  std::int32_t pivot = 30;
  std::int32_t age_per_year = 0;  // For each whole year since the target last changed.
};

// Penalties of one match as they are found. Those of 0 points are left out.
class PenaltyList {
 public:
  void Add(PenaltyReason reason, std::int32_t tenths) {
    if (tenths > 0) {
      penalties_.push_back({reason, tenths});
      total_tenths_ += tenths;
    }
  }

  // Adds all of another list; of one reason the sum is told.
  void Add(const PenaltyList& others);

  std::int32_t total_tenths() const { return total_tenths_; }

  // Returns the penalties, the largest first, those of one size by reason.
  std::vector<Penalty> Sorted() const;

 private:
  std::vector<Penalty> penalties_;
  std::int32_t total_tenths_ = 0;
};

// Adds what direction and target variant cost: status, origin, age. `now` is for the age; a variant
// whose dates are not known has none.
void AddTargetPenalties(const PenaltyTable& table, MatchDirection direction, const Variant& target,
                        Timestamp now, PenaltyList& penalties);

// Adds what it costs that text in `have` stands for text in `want`. An empty `want` takes any.
void AddVarietyPenalty(const PenaltyTable& table, const LanguageTag& want, const LanguageTag& have,
                       PenaltyList& penalties);

// Returns the score that is left: `similarity_tenths` less the penalties, at least 0.
std::int32_t ScoreTenths(std::int32_t similarity_tenths, std::int32_t penalty_tenths);

}  // namespace sild::matching
