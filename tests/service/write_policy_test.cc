#include "server/service/write_policy.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/service/limits.h"
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

// Counts the units that are read from a view.
class CountingReader final : public storage::Reader {
 public:
  explicit CountingReader(const storage::View& view) : view_(view) {}

  int reads() const { return reads_; }

  absl::StatusOr<Memory> GetMemory(const MemoryName& name) const override {
    return view_.GetMemory(name);
  }
  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override {
    ++reads_;
    return view_.GetUnit(name);
  }
  absl::StatusOr<Glossary> GetGlossary(const GlossaryName& name) const override {
    return view_.GetGlossary(name);
  }
  absl::StatusOr<Concept> GetConcept(const ConceptName& name) const override {
    return view_.GetConcept(name);
  }
  absl::StatusOr<Exception> GetException(const ExceptionName& name) const override {
    return view_.GetException(name);
  }
  absl::Status ForEachUnitWithText(
      const MemoryName& memory, const LanguageTag& language, std::string_view text,
      absl::FunctionRef<bool(TranslationUnit&&)> visit) const override {
    return view_.ForEachUnitWithText(memory, language, text, [&](TranslationUnit&& unit) {
      ++reads_;
      return visit(std::move(unit));
    });
  }
  absl::StatusOr<std::optional<TranslationUnit>> FindIdentical(
      const TranslationUnit& unit) const override {
    ++reads_;
    return view_.FindIdentical(unit);
  }
  absl::StatusOr<std::vector<Change>> ListRevisions(const UnitName& name,
                                                    std::optional<Revision> before,
                                                    int limit) const override {
    return view_.ListRevisions(name, before, limit);
  }
  absl::StatusOr<std::vector<Change>> ListRevisions(const ConceptName& name,
                                                    std::optional<Revision> before,
                                                    int limit) const override {
    return view_.ListRevisions(name, before, limit);
  }
  absl::StatusOr<storage::Counts> CountUnits(const MemoryName& memory) const override {
    return view_.CountUnits(memory);
  }
  absl::StatusOr<storage::Counts> CountConcepts(const GlossaryName& glossary) const override {
    return view_.CountConcepts(glossary);
  }

 private:
  const storage::View& view_;
  mutable int reads_ = 0;
};

class ManyOfOneTextTest : public WritePolicyTest {
 protected:
  static constexpr int kUnits = 2'000;

  ManyOfOneTextTest() {
    for (int begin = 0; begin < kUnits; begin += kUnits / 4) {
      EXPECT_THAT(store_->Write({},
                                [&](storage::Transaction& write) {
                                  for (int i = begin; i < begin + kUnits / 4; ++i) {
                                    (void)write.Put(WithTuid(i));
                                  }
                                  return absl::OkStatus();
                                }),
                  IsOk());
    }
  }

  static TranslationUnit WithTuid(int number) {
    TranslationUnit unit = Unit("u" + std::to_string(number), "OK", "Ол райт", 1);
    unit.properties.push_back({"tuid", std::to_string(number)});
    return unit;
  }

  // How many units are read to decide about `unit`.
  int ReadsFor(const TranslationUnit& unit, WritePolicy policy) {
    const auto view = store_->CurrentView();
    const CountingReader reader(*view);
    EXPECT_THAT(Reconcile(reader, unit, policy), IsOk());
    return reader.reads();
  }
};

TEST_F(ManyOfOneTextTest, NewUnitIsDecidedByTwoReads) {
  EXPECT_LE(ReadsFor(WithTuid(kUnits), WritePolicy::kKeepAll), 2);
}

TEST_F(ManyOfOneTextTest, RepeatedUnitIsDecidedByOneRead) {
  EXPECT_EQ(ReadsFor(WithTuid(kUnits - 1), WritePolicy::kKeepNewest), 1);
}

TEST_F(ManyOfOneTextTest, IdenticalUnitOfAnotherNameIsDecidedByTwoReads) {
  TranslationUnit unit = WithTuid(kUnits - 1);
  unit.name.unit = "other";
  EXPECT_EQ(ReadsFor(unit, WritePolicy::kKeepAll), 2);
  EXPECT_EQ(Decide(unit, WritePolicy::kKeepAll).outcome, Outcome::kUnchanged);
}

TEST_F(ManyOfOneTextTest, OtherPoliciesLookAtTheFirstThousand) {
  EXPECT_EQ(ReadsFor(WithTuid(kUnits), WritePolicy::kKeepNewest), 2 + kMaxPartners);
}

TEST_F(WritePolicyTest, UpdateIsStampedAndKeepsTheDatesOfTheFileOnTheVariant) {
  Put(Unit("a", "Hello", "Tere", 5));
  TranslationUnit unit = Unit("b", "Hello", "Tervist", 6);
  unit.variants[1].update_time.reset();  // As said of the unit.
  unit.updater = "ona";
  Reconciled result = Decide(unit, WritePolicy::kKeepNewest);
  const Timestamp now(std::chrono::hours(9));
  Stamp(result, now, "jonas");
  EXPECT_EQ(result.unit.update_time, now);
  EXPECT_EQ(result.unit.updater, "jonas");
  EXPECT_EQ(result.unit.create_time, Timestamp(std::chrono::hours(5)));
  EXPECT_EQ(result.unit.variants[1].update_time, Timestamp(std::chrono::hours(6)));
  EXPECT_EQ(result.unit.variants[1].updater, "ona");
}

}  // namespace
}  // namespace sild::service
