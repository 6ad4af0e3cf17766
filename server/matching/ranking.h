#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "server/matching/score.h"
#include "server/model/match.h"

namespace sild::matching {

// What a text is known by; equal keys mean equal texts.
using TextKey = std::array<std::uint64_t, 2>;

// A match by what decides its place.
struct RankedHit {
  // The order, most important first.
  std::int32_t score_tenths = 0;
  MatchType type = MatchType::kFuzzy;
  std::int32_t char_distance = 0;
  int same_context = 0;  // How many of the neighbours and the context id are the same.
  VariantStatus status = VariantStatus::kTranslated;
  Timestamp update_time;  // Of the target; the beginning of time if it is not known.
  Revision revision;
  UnitName name;
  LanguageTag target_language;
  UnitName second;  // Which has the target, if it is found across a third language.

  // What else is told of it.
  std::shared_ptr<const TranslationUnit> unit;  // Null for a large one, which is read again.
  LanguageTag source_language;
  MatchDirection direction = MatchDirection::kForward;
  std::size_t memory = 0;
  Similarity similarity;
  std::int32_t tag_tenths = 0;  // Of what was taken off.
  std::vector<Penalty> penalties;
  LanguageTag bridge_language;
  std::int32_t first_tenths = 0;  // Of the scores on either side of the bridge.
  std::int32_t second_tenths = 0;

  // What makes it the same proposal as another one, if scores are equal too.
  TextKey source_key{};
  TextKey target_key{};       // Text and tags.
  TextKey target_text_key{};  // Text alone.

  bool is_exact() const { return type <= MatchType::kExact; }
  bool is_pivot() const { return !second.unit.empty(); }
};

// Whether `a` stands before `b` in an answer. A total order on hits of different units or target.
bool StandsBefore(const RankedHit& a, const RankedHit& b);

// A match that is sent, for itself and for others that propose the same.
struct RankedMatch {
  RankedHit hit;
  std::vector<UnitName> also_in;
  bool multiple = false;
};

// The matches of one query in one target language.
class Ranking {
 public:
  // At least `minimum_tenths`, and at most `max_matches` that are not exact.
  Ranking(std::int32_t minimum_tenths, int max_matches)
      : minimum_tenths_(minimum_tenths),
        max_matches_(max_matches),
        threshold_(minimum_tenths),
        prune_at_(static_cast<std::size_t>(max_matches)) {}

  // The lowest score with which a hit that is not exact can still be sent, or be named in
  // `also_in`.
  std::int32_t threshold() const { return threshold_; }

  // Takes a hit; ignores one below the minimum or, if not exact, below `threshold`.
  void Add(RankedHit hit);

  struct Outcome {
    std::vector<RankedMatch> matches;  // Exact ones, then others; each sorted.
    int more_exact = 0;
  };
  Outcome Finish() &&;

 private:
  void Prune();

  std::int32_t minimum_tenths_;
  int max_matches_;
  std::int32_t threshold_;
  std::vector<RankedHit> exact_;
  std::vector<RankedHit> others_;
  std::size_t prune_at_;  // As soon as there can be enough, so that the threshold rises early.
};

}  // namespace sild::matching
