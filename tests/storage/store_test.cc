#include "server/storage/store.h"

#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST_F(StoreTest, GivesBackWhatWasPut) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto written = Put(MakeUnit("a", "u1", "sild"));
  ASSERT_THAT(written, IsOk());
  TranslationUnit expected = MakeUnit("a", "u1", "sild");
  expected.revision = written->revision;
  EXPECT_THAT(view()->GetUnit({"a", "u1"}), IsOkAndHolds(expected));
}

TEST_F(StoreTest, KeepsAllAcrossReopening) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto written = Put(MakeUnit("a", "u1", "sild"));
  ASSERT_THAT(written, IsOk());
  Reopen();
  EXPECT_EQ(view()->revision(), written->revision);
  EXPECT_EQ(Text("a", "u1"), "sild");
}

TEST_F(StoreTest, NumbersEventsWithoutGaps) {
  const auto first = Put(MakeMemory("a"));
  ASSERT_THAT(first, IsOk());
  EXPECT_FALSE(Write([](storage::Transaction&) { return absl::AbortedError("stale"); }).ok());
  ASSERT_THAT(Write([](storage::Transaction&) { return absl::OkStatus(); }), IsOk());
  const auto second = Put(MakeMemory("b"));
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->revision.value, first->revision.value + 1);
}

TEST_F(StoreTest, FailedPlanChangesNothing) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  const auto result = Write([](storage::Transaction& write) {
    EXPECT_THAT(write.Put(MakeUnit("a", "u1", "sild")), IsOk());
    EXPECT_THAT(write.GetUnit({"a", "u1"}), IsOk());
    return absl::AbortedError("etag is stale");
  });
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")));
  EXPECT_THAT(Ids("a"), IsEmpty());
}

TEST_F(StoreTest, ViewStaysAsItWas) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u1", "vana")), IsOk());
  const auto old = view();
  ASSERT_THAT(Put(MakeUnit("a", "u1", "uus")), IsOk());
  EXPECT_EQ(old->GetUnit({"a", "u1"})->variants[0].segment.text, "vana");
  EXPECT_EQ(Text("a", "u1"), "uus");
}

TEST_F(StoreTest, FindsUnitsByTextInNfc) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "composed", "m\u00f5te")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "decomposed", "mo\u0303te")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "other", "mote")), IsOk());
  EXPECT_THAT(view()->UnitsWithText({"a"}, kEstonian, "mo\u0303te"),
              IsOkAndHolds(ElementsAre(UnitName{"a", "composed"}, UnitName{"a", "decomposed"})));
}

}  // namespace
}  // namespace sild::test
