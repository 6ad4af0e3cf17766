#include "server/matching/penalties.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <tuple>

#include "server/text/languages.h"

namespace sild::matching {
namespace {

std::int32_t WholeYears(Timestamp from, Timestamp until) {
  if (until <= from) {
    return 0;
  }
  return static_cast<std::int32_t>((until - from) / std::chrono::years(1));
}

std::int32_t OriginTenths(const PenaltyTable& table, Origin origin) {
  switch (origin) {
    case Origin::kMachine:
      return table.machine;
    case Origin::kPostEdited:
      return table.post_edited;
    case Origin::kAlignment:
      return table.alignment;
    default:
      return 0;
  }
}

PenaltyReason OriginReason(Origin origin) {
  return origin == Origin::kMachine      ? PenaltyReason::kMachine
         : origin == Origin::kPostEdited ? PenaltyReason::kPostEdited
                                         : PenaltyReason::kAlignment;
}

}  // namespace

void PenaltyList::Add(const PenaltyList& others) {
  for (const Penalty& other : others.penalties_) {
    total_tenths_ += other.tenths;
    const auto known =
        std::find_if(penalties_.begin(), penalties_.end(),
                     [&other](const Penalty& penalty) { return penalty.reason == other.reason; });
    if (known == penalties_.end()) {
      penalties_.push_back(other);
    } else {
      known->tenths += other.tenths;
    }
  }
}

std::vector<Penalty> PenaltyList::Sorted() const {
  std::vector<Penalty> sorted = penalties_;
  std::sort(sorted.begin(), sorted.end(), [](const Penalty& a, const Penalty& b) {
    return std::tuple(-a.tenths, a.reason) < std::tuple(-b.tenths, b.reason);
  });
  return sorted;
}

void AddTargetPenalties(const PenaltyTable& table, MatchDirection direction, const Variant& target,
                        Timestamp now, PenaltyList& penalties) {
  if (direction == MatchDirection::kReversed) {
    penalties.Add(PenaltyReason::kReversed, table.reversed);
  } else if (direction == MatchDirection::kSibling) {
    penalties.Add(PenaltyReason::kSibling, table.sibling);
  }
  if (target.status == VariantStatus::kDraft) {
    penalties.Add(PenaltyReason::kDraft, table.draft);
  }
  penalties.Add(OriginReason(target.origin), OriginTenths(table, target.origin));
  const std::optional<Timestamp> changed =
      target.update_time ? target.update_time : target.create_time;
  if (changed) {
    const std::int64_t tenths = std::int64_t{table.age_per_year} * WholeYears(*changed, now);
    penalties.Add(PenaltyReason::kAge,
                  static_cast<std::int32_t>(std::min<std::int64_t>(tenths, 1000)));
  }
}

void AddVarietyPenalty(const PenaltyTable& table, const LanguageTag& want, const LanguageTag& have,
                       PenaltyList& penalties) {
  const std::string_view wanted = text::RegionOf(want);
  const std::string_view had = text::RegionOf(have);
  if (!wanted.empty() && !had.empty() && wanted != had) {
    penalties.Add(PenaltyReason::kLanguageVariety, table.language_variety);
  }
}

std::int32_t ScoreTenths(std::int32_t similarity_tenths, std::int32_t penalty_tenths) {
  return std::max(similarity_tenths - penalty_tenths, 0);
}

}  // namespace sild::matching
