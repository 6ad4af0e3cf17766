#include "server/service/write_policy.h"

#include <optional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;

constexpr std::int64_t kHour = 3'600'000'000;

// A unit en → et of that text, target and hour, with neighbours or without.
TranslationUnit Unit(const std::string& id, const std::string& source, const std::string& target,
                     int hour, std::optional<std::uint64_t> neighbor = std::nullopt,
                     VariantStatus status = VariantStatus::kTranslated) {
  TranslationUnit unit;
  unit.name = {"m", id};
  unit.source_language = LanguageTag::FromCanonical("en");
  unit.create_time = unit.update_time = Timestamp(std::chrono::microseconds(hour * kHour));
  Variant en;
  en.language = LanguageTag::FromCanonical("en");
  en.segment.text = source;
  en.neighbors = {neighbor, neighbor};
  en.create_time = en.update_time = unit.update_time;
  Variant et = en;
  et.language = LanguageTag::FromCanonical("et");
  et.segment.text = target;
  et.neighbors = {};
  et.status = status;
  unit.variants = {en, et};
  return unit;
}

class WritePolicyTest : public ServiceTest {
 protected:
  WritePolicyTest() {
    Memory memory;
    memory.name = {"m"};
    Put(memory);
  }

  template <typename Resource>
  void Put(const Resource& resource) {
    EXPECT_THAT(store_->Write({}, [&](storage::Transaction& write) { return write.Put(resource); }),
                IsOk());
  }

  Reconciled Decide(const TranslationUnit& unit, WritePolicy policy) {
    const auto result = Reconcile(*store_->CurrentView(), unit, policy);
    EXPECT_THAT(result, IsOk());
    return *result;
  }
};

TEST_F(WritePolicyTest, IdenticalUnitAddsNothingUnderAnyPolicy) {
  Put(Unit("a", "Hello", "Tere", 1, 7));
  for (const auto policy : {WritePolicy::kKeepAll, WritePolicy::kOverwriteSameContext,
                            WritePolicy::kKeepNewest, WritePolicy::kKeepReviewed}) {
    EXPECT_EQ(Decide(Unit("b", "Hello", "Tere", 9, 7), policy).outcome, Outcome::kUnchanged);
  }
}

TEST_F(WritePolicyTest, KeepAllStoresEveryOtherUnitAnew) {
  Put(Unit("a", "Hello", "Tere", 1));
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tervist", 2), WritePolicy::kKeepAll).outcome,
            Outcome::kCreated);
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tere", 2, 5), WritePolicy::kKeepAll).outcome,
            Outcome::kCreated);
}

TEST_F(WritePolicyTest, OverwriteReplacesTheTargetOfTheSameContext) {
  Put(Unit("a", "Hello", "Tere", 1, 7));
  const Reconciled result =
      Decide(Unit("b", "Hello", "Tervist", 0, 7), WritePolicy::kOverwriteSameContext);
  EXPECT_EQ(result.outcome, Outcome::kUpdated);
  EXPECT_EQ(result.unit.name.unit, "a");
  EXPECT_EQ(result.unit.variants[1].segment.text, "Tervist");
}

TEST_F(WritePolicyTest, UnknownContextEqualsNothing) {
  Put(Unit("a", "Hello", "Tere", 1));
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tervist", 2), WritePolicy::kOverwriteSameContext).outcome,
            Outcome::kCreated);
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tervist", 2, 7), WritePolicy::kOverwriteSameContext).outcome,
            Outcome::kCreated);
}

TEST_F(WritePolicyTest, KeepNewestGoesByTheUnitsOwnDates) {
  Put(Unit("a", "Hello", "Tere", 5));
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tervist", 4), WritePolicy::kKeepNewest).outcome,
            Outcome::kUnchanged);
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tervist", 6), WritePolicy::kKeepNewest).outcome,
            Outcome::kUpdated);
}

TEST_F(WritePolicyTest, KeepReviewedProtectsAReviewedTarget) {
  Put(Unit("a", "Hello", "Tere", 5, std::nullopt, VariantStatus::kReviewed));
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tervist", 6), WritePolicy::kKeepReviewed).outcome,
            Outcome::kUnchanged);
  EXPECT_EQ(Decide(Unit("b", "Hello", "Tervist", 6, std::nullopt, VariantStatus::kApproved),
                   WritePolicy::kKeepReviewed)
                .outcome,
            Outcome::kUpdated);
}

TEST_F(WritePolicyTest, MissingTargetLanguageIsAdded) {
  Put(Unit("a", "Hello", "Tere", 5));
  TranslationUnit unit = Unit("b", "Hello", "Labas", 1);
  unit.variants[1].language = LanguageTag::FromCanonical("lt");
  const Reconciled result = Decide(unit, WritePolicy::kKeepNewest);
  EXPECT_EQ(result.outcome, Outcome::kUpdated);
  EXPECT_EQ(result.unit.variants.size(), 3U);
}

TEST_F(WritePolicyTest, SourceTextsAreComparedInNormalFormC) {
  Put(Unit("a", "\u0161", "Tere", 5));
  EXPECT_EQ(Decide(Unit("b", "s\u030C", "Tervist", 6), WritePolicy::kKeepNewest).outcome,
            Outcome::kUpdated);
}

}  // namespace
}  // namespace sild::service
