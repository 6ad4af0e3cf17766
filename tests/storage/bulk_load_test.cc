#include <filesystem>

#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class BulkLoadTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  }

  std::unique_ptr<storage::BulkLoad> Begin(const std::string& request_id = "") {
    auto load =
        store().BeginBulkLoad({.actor = "Mari", .request_id = request_id, .fingerprint = 1}, {"a"});
    EXPECT_THAT(load, IsOk());
    return load.ok() ? *std::move(load) : nullptr;
  }

  // Adds `count` units in descending order of their ids, more than the sorter holds in memory.
  static void AddUnits(storage::BulkLoad& load, int count) {
    for (int i = count; i > 0; --i) {
      const std::string number = std::to_string(10000 + i);
      ASSERT_THAT(load.Add(MakeUnit("a", "u" + number, "sild " + number)), IsOk());
    }
  }
};

TEST_F(BulkLoadTest, ShowsAllUnitsAtOnce) {
  ASSERT_THAT(Put(MakeUnit("a", "old", "vana")), IsOk());
  const auto load = Begin();
  AddUnits(*load, 2000);
  EXPECT_THAT(Ids("a"), ElementsAre("old"));
  const auto before = view();
  const auto result = load->Finish();
  ASSERT_THAT(result, IsOk());
  EXPECT_EQ(view()->revision(), result->revision);
  EXPECT_THAT(Ids("a"), SizeIs(2001));
  EXPECT_EQ(Text("a", "u10007"), "sild 10007");
  EXPECT_EQ(view()->CountUnits({"a"})->total, 2001);
  EXPECT_EQ(view()->CountUnits({"a"})->by_language[kEstonian], 2001);
  EXPECT_THAT(UnitsWithText(*view(), {"a"}, kEstonian, "sild 10002"),
              IsOkAndHolds(ElementsAre(UnitName{"a", "u10002"})));
  EXPECT_EQ(view()->FindIdentical(MakeUnit("a", "x", "sild 10002")).value()->name.unit, "u10002");
  EXPECT_THAT(before->GetUnit({"a", "u10007"}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
}

TEST_F(BulkLoadTest, StaysAfterReopening) {
  const auto load = Begin();
  AddUnits(*load, 500);
  const auto result = load->Finish();
  ASSERT_THAT(result, IsOk());
  Reopen();
  EXPECT_EQ(view()->revision(), result->revision);
  EXPECT_THAT(Ids("a"), SizeIs(500));
  EXPECT_THAT(Put(MakeUnit("a", "u10001", "uus")), IsOk());
  EXPECT_EQ(Text("a", "u10001"), "uus");
}

TEST_F(BulkLoadTest, LeavesNothingWithoutFinish) {
  auto load = Begin();
  AddUnits(*load, 500);
  load.reset();
  Reopen();
  EXPECT_THAT(Ids("a"), IsEmpty());
  EXPECT_TRUE(!std::filesystem::exists(directory_.path() / "staging") ||
              std::filesystem::is_empty(directory_.path() / "staging"));
}

TEST_F(BulkLoadTest, AbortsIfTheMemoryWasWrittenTo) {
  const auto load = Begin();
  AddUnits(*load, 10);
  ASSERT_THAT(Put(MakeUnit("a", "u10003", "ette jõudnud")), IsOk());
  EXPECT_THAT(load->Finish(), StatusIs(absl::StatusCode::kAborted, HasSubstr("written to")));
  EXPECT_THAT(Ids("a"), ElementsAre("u10003"));
}

TEST_F(BulkLoadTest, AbortsIfTheMemoryWasMadeAgain) {
  const auto load = Begin();
  AddUnits(*load, 10);
  ASSERT_THAT(Delete(MemoryName{"a"}), IsOk());
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  EXPECT_THAT(load->Finish(), StatusIs(absl::StatusCode::kAborted, HasSubstr("written to")));
  EXPECT_THAT(Ids("a"), IsEmpty());
}

TEST_F(BulkLoadTest, DoesNotMindWritesToOtherMemories) {
  const auto load = Begin();
  AddUnits(*load, 10);
  ASSERT_THAT(Put(MakeMemory("b")), IsOk());
  ASSERT_THAT(Put(MakeUnit("b", "u", "muu")), IsOk());
  ASSERT_THAT(load->Finish(), IsOk());
  EXPECT_THAT(Ids("a"), SizeIs(10));
  EXPECT_THAT(Ids("b"), SizeIs(1));
}

TEST_F(BulkLoadTest, NeedsTheMemory) {
  EXPECT_THAT(store().BeginBulkLoad({}, {"none"}),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories/none")));
}

TEST_F(BulkLoadTest, TellsOfNamesThatAreTaken) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "vana")), IsOk());
  const auto load = Begin();
  EXPECT_THAT(load->Add(MakeUnit("a", "u", "uus")),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("memories/a/units/u")));
  EXPECT_THAT(load->Add(MakeUnit("a", "v", "esimene")), IsOk());
  EXPECT_THAT(load->Add(MakeUnit("a", "v", "teine")), IsOk());
  ASSERT_THAT(load->Finish(), IsOk());
  EXPECT_EQ(Text("a", "u"), "vana");
  EXPECT_EQ(Text("a", "v"), "esimene");
}

TEST_F(BulkLoadTest, FeedsItsUnitsWithTheFinishInPieces) {
  const Revision begin{view()->revision().value + 1};
  const auto load = Begin();
  ASSERT_THAT(Put(MakeMemory("between")), IsOk());
  AddUnits(*load, 100);
  const auto result = load->Finish();
  ASSERT_THAT(result, IsOk());
  std::vector<Change> fed;
  Revision from = begin;
  std::uint32_t ordinal = 0;
  int pieces = 0;
  while (from <= view()->revision()) {
    const auto changes = view()->ReadChanges(from, ordinal, 2000);
    ASSERT_THAT(changes, IsOk());
    fed.insert(fed.end(), changes->changes.begin(), changes->changes.end());
    ordinal = changes->next_ordinal;
    from = ordinal != 0 ? changes->through : Revision{changes->through.value + 1};
    ++pieces;
  }
  EXPECT_GT(pieces, 3);
  ASSERT_THAT(fed, SizeIs(101));
  EXPECT_EQ(std::get<MemoryName>(fed[0].name).memory, "between");
  EXPECT_EQ(std::get<UnitName>(fed[1].name).unit, "u10100");
  EXPECT_EQ(std::get<UnitName>(fed[100].name).unit, "u10001");
  EXPECT_EQ(fed[100].revision, result->revision);
}

TEST_F(BulkLoadTest, UnitsHaveAHistoryAndCanBePurged) {
  const auto load = Begin();
  AddUnits(*load, 3);
  ASSERT_THAT(load->Finish(), IsOk());
  EXPECT_THAT(view()->ListRevisions(UnitName{"a", "u10002"}, std::nullopt, 10),
              IsOkAndHolds(SizeIs(1)));
  ASSERT_THAT(Write([](storage::Transaction& write) {
                return write.Purge(UnitName{"a", "u10002"});
              }),
              IsOk());
  Reopen();
  const auto changes = view()->ReadChanges(view()->oldest_revision(), 0, 1U << 20);
  ASSERT_THAT(changes, IsOk());
  ASSERT_THAT(changes->changes, SizeIs(5));  // The memory, three units, the purge.
  EXPECT_EQ(changes->changes[2].type, ChangeType::kPurged);
}

TEST_F(BulkLoadTest, RetryTellsWhatTheFirstDid) {
  auto load = Begin("r");
  AddUnits(*load, 10);
  const auto first = load->Finish();
  ASSERT_THAT(first, IsOk());
  Reopen();
  load = Begin("r");
  AddUnits(*load, 10);
  const auto retry = load->Finish();
  ASSERT_THAT(retry, IsOk());
  EXPECT_TRUE(retry->replayed);
  EXPECT_EQ(retry->revision, first->revision);
}

}  // namespace
}  // namespace sild::test
