#include "server/matching/penalties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/matching/unit_source.h"

namespace sild::matching {
namespace {

using ::sild::test::Tagged;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr Timestamp kNow{std::chrono::hours(24 * 365 * 50)};

std::vector<Penalty> TargetPenalties(const Variant& target, MatchDirection direction,
                                     const PenaltyTable& table = {}) {
  PenaltyList penalties;
  AddTargetPenalties(table, direction, target, kNow, penalties);
  return penalties.Sorted();
}

TEST(Penalties, AreNoneForAHumanTranslation) {
  EXPECT_THAT(TargetPenalties(Variant(), MatchDirection::kForward), IsEmpty());
}

TEST(Penalties, HaveTheirPublishedDefaults) {
  Variant draft;
  draft.status = VariantStatus::kDraft;
  draft.origin = Origin::kMachine;
  EXPECT_THAT(TargetPenalties(draft, MatchDirection::kReversed),
              ElementsAre(Penalty{PenaltyReason::kDraft, 50}, Penalty{PenaltyReason::kMachine, 50},
                          Penalty{PenaltyReason::kReversed, 10}));
  Variant aligned;
  aligned.origin = Origin::kAlignment;
  EXPECT_THAT(TargetPenalties(aligned, MatchDirection::kSibling),
              ElementsAre(Penalty{PenaltyReason::kAlignment, 20}));
  Variant edited;
  edited.origin = Origin::kPostEdited;
  EXPECT_THAT(TargetPenalties(edited, MatchDirection::kForward), IsEmpty());
}

TEST(Penalties, CountWholeYears) {
  PenaltyTable table;
  table.age_per_year = 7;
  Variant target;
  EXPECT_THAT(TargetPenalties(target, MatchDirection::kForward, table), IsEmpty()) << "no date";
  target.create_time = kNow - std::chrono::hours(24 * 364);
  EXPECT_THAT(TargetPenalties(target, MatchDirection::kForward, table), IsEmpty());
  target.create_time = kNow - std::chrono::hours(24 * 800);
  EXPECT_THAT(TargetPenalties(target, MatchDirection::kForward, table),
              ElementsAre(Penalty{PenaltyReason::kAge, 14}));
  target.update_time = kNow - std::chrono::hours(24 * 370);
  EXPECT_THAT(TargetPenalties(target, MatchDirection::kForward, table),
              ElementsAre(Penalty{PenaltyReason::kAge, 7}));
}

TEST(Penalties, TakeVarietyOffOnlyIfBothRegionsAreKnown) {
  const auto tenths = [](const char* want, const char* have) {
    PenaltyList penalties;
    AddVarietyPenalty({}, Tagged(want), Tagged(have), penalties);
    return penalties.total_tenths();
  };
  EXPECT_EQ(tenths("pt-BR", "pt-PT"), 10);
  EXPECT_EQ(tenths("pt-BR", "pt"), 0);
  EXPECT_EQ(tenths("pt", "pt-PT"), 0);
  EXPECT_EQ(tenths("pt-BR", "pt-BR"), 0);
  EXPECT_EQ(tenths("", "pt-BR"), 0);
}

TEST(ScoreTenths, IsNeverBelowNothing) {
  EXPECT_EQ(ScoreTenths(1000, 10), 990);
  EXPECT_EQ(ScoreTenths(700, 1000), 0);
}

}  // namespace
}  // namespace sild::matching
