#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <rocksdb/db.h>
#include <rocksdb/utilities/debug.h>

#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class HistoryTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  }

  // The states of a unit, newest first: type and Estonian text.
  std::vector<std::string> States(const UnitName& name, std::optional<Revision> before = {},
                                  int limit = 100) {
    std::vector<std::string> states;
    const auto changes = view()->ListRevisions(name, before, limit);
    EXPECT_THAT(changes, IsOk());
    for (const Change& change : changes.value_or(std::vector<Change>())) {
      states.push_back(Describe(change));
    }
    return states;
  }

  static std::string Describe(const Change& change) {
    static constexpr const char* kTypes[] = {"", "created", "updated", "deleted", "purged"};
    std::string text = kTypes[static_cast<int>(change.type)];
    if (const auto* unit = std::get_if<TranslationUnit>(&change.resource)) {
      text += " " + unit->name.unit + "=" + unit->variants[0].segment.text;
    } else if (const auto* memory = std::get_if<Memory>(&change.resource)) {
      text += " " + memory->name.str();
    }
    return text;
  }

  std::vector<std::string> Feed(Revision from) {
    std::vector<std::string> feed;
    const auto changes = view()->ReadChanges(from, 0, 1U << 20);
    EXPECT_THAT(changes, IsOk());
    for (const Change& change : changes.value_or(storage::View::Changes()).changes) {
      feed.push_back(Describe(change));
    }
    return feed;
  }

  // Whether any file of the store has the bytes of `text`, or any version of any row, though
  // compressed and hidden by newer ones. The store must be closed.
  bool IsOnDisk(const std::string& text) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_.path())) {
      std::ifstream file(entry.path(), std::ios::binary);
      if (entry.is_regular_file() &&
          std::string{std::istreambuf_iterator<char>(file), {}}.find(text) != std::string::npos) {
        return true;
      }
    }
    rocksdb::DB* db = nullptr;
    EXPECT_TRUE(rocksdb::DB::OpenForReadOnly({}, (directory_.path() / "db").string(), &db).ok());
    std::vector<rocksdb::KeyVersion> versions;
    EXPECT_TRUE(rocksdb::GetAllKeyVersions(db, "", "", 1'000'000, &versions).ok());
    EXPECT_FALSE(versions.empty());
    delete db;
    return std::any_of(versions.begin(), versions.end(), [&](const rocksdb::KeyVersion& version) {
      return version.value.find(text) != std::string::npos;
    });
  }
};

TEST_F(HistoryTest, KeepsEveryStateNewestFirst) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "üks")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u", "kaks")), IsOk());
  ASSERT_THAT(Delete(UnitName{"a", "u"}), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u", "kolm")), IsOk());
  EXPECT_THAT(States({"a", "u"}),
              ElementsAre("created u=kolm", "deleted", "updated u=kaks", "created u=üks"));
}

TEST_F(HistoryTest, PagesByRevision) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "1")), IsOk());
  const auto second = Put(MakeUnit("a", "u", "2"));
  ASSERT_THAT(Put(MakeUnit("a", "u", "3")), IsOk());
  EXPECT_THAT(States({"a", "u"}, {}, 1), ElementsAre("updated u=3"));
  EXPECT_THAT(States({"a", "u"}, second->revision), ElementsAre("created u=1"));
}

TEST_F(HistoryTest, GivesOneStateForAnEventThatWroteTwice) {
  ASSERT_THAT(Write([](storage::Transaction& write) {
                SILD_CHECK_OK(write.Put(MakeUnit("a", "u", "esimene")));
                return write.Put(MakeUnit("a", "u", "teine"));
              }),
              IsOk());
  EXPECT_THAT(States({"a", "u"}), ElementsAre("updated u=teine"));
  EXPECT_EQ(Text("a", "u"), "teine");
}

TEST_F(HistoryTest, TellsOfNothingIfThereNeverWasSuchAUnit) {
  EXPECT_THAT(view()->ListRevisions(UnitName{"a", "u"}, std::nullopt, 10),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories/a/units/u")));
}

TEST_F(HistoryTest, DoesNotMixUnitsWhoseIdsBeginAlike) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "lühike")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u1", "pikk")), IsOk());
  EXPECT_THAT(States({"a", "u"}), ElementsAre("created u=lühike"));
}

TEST_F(HistoryTest, FeedsChangesInOrder) {
  const Revision start = view()->oldest_revision();
  ASSERT_THAT(Put(MakeUnit("a", "u", "1")), IsOk());
  ASSERT_THAT(Write([](storage::Transaction& write) {
                SILD_CHECK_OK(write.Put(MakeUnit("a", "v", "2")));
                return write.Delete(UnitName{"a", "u"});
              }),
              IsOk());
  EXPECT_THAT(Feed(start),
              ElementsAre("created memories/a", "created u=1", "created v=2", "deleted"));
  EXPECT_THAT(Feed(view()->revision()), ElementsAre("created v=2", "deleted"));
}

TEST_F(HistoryTest, FeedIsCutAtASizeAndGoesOnFromThere) {
  const auto first = Write([](storage::Transaction& write) {
    SILD_CHECK_OK(write.Put(MakeUnit("a", "u", "1")));
    return write.Put(MakeUnit("a", "v", "2"));
  });
  ASSERT_THAT(Put(MakeUnit("a", "w", "3")), IsOk());
  const auto changes = view()->ReadChanges(first->revision, 0, 1);
  ASSERT_THAT(changes, IsOk());
  ASSERT_THAT(changes->changes, SizeIs(1));
  EXPECT_EQ(Describe(changes->changes[0]), "created u=1");
  EXPECT_EQ(changes->through, first->revision);
  EXPECT_EQ(changes->next_ordinal, 2U);
  const auto rest = view()->ReadChanges(first->revision, 2, 1);
  ASSERT_THAT(rest, IsOk());
  ASSERT_THAT(rest->changes, SizeIs(1));
  EXPECT_EQ(Describe(rest->changes[0]), "created v=2");
  EXPECT_EQ(rest->next_ordinal, 0U);
}

TEST_F(HistoryTest, FeedIsEmptyBehindTheNewest) {
  const auto changes = view()->ReadChanges({view()->revision().value + 1}, 0, 1000);
  ASSERT_THAT(changes, IsOk());
  EXPECT_THAT(changes->changes, IsEmpty());
  EXPECT_EQ(changes->through, view()->revision());
}

TEST_F(HistoryTest, FeedRefusesWhatIsNotKept) {
  EXPECT_THAT(view()->ReadChanges({1}, 0, 1000),
              StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("not in the change log")));
}

TEST_F(HistoryTest, DroppedMemoryTakesItsUnitsAlong) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "sild")), IsOk());
  ASSERT_THAT(Delete(MemoryName{"a"}), IsOk());
  EXPECT_THAT(view()->GetUnit({"a", "u"}), StatusIs(absl::StatusCode::kNotFound, HasSubstr("a")));
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  EXPECT_THAT(Ids("a"), IsEmpty());
  EXPECT_EQ(view()->CountUnits({"a"})->total, 0);
  EXPECT_THAT(UnitsWithText(*view(), {"a"}, kEstonian, "sild"), IsOkAndHolds(IsEmpty()));
  EXPECT_THAT(view()->ListRevisions(UnitName{"a", "u"}, std::nullopt, 10),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
  Reopen();
  EXPECT_THAT(Ids("a"), IsEmpty());
}

TEST_F(HistoryTest, MemoryCanBeDroppedAndMadeAgainInOneEvent) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "vana")), IsOk());
  ASSERT_THAT(Write([](storage::Transaction& write) {
                SILD_CHECK_OK(write.Delete(MemoryName{"a"}));
                SILD_CHECK_OK(write.Put(MakeMemory("a")));
                return write.Put(MakeUnit("a", "w", "uus"));
              }),
              IsOk());
  Reopen();
  EXPECT_THAT(Ids("a"), ElementsAre("w"));
}

TEST_F(HistoryTest, ViewFromBeforeTheDropStillReadsTheUnits) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "sild")), IsOk());
  const auto old = view();
  ASSERT_THAT(Delete(MemoryName{"a"}), IsOk());
  ASSERT_THAT(Put(MakeMemory("b")), IsOk());
  EXPECT_THAT(old->GetUnit({"a", "u"}), IsOk());
}

TEST_F(HistoryTest, PurgeErasesAllStates) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "laim 1")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "u", "laim 2")), IsOk());
  const Revision first = view()->oldest_revision();
  ASSERT_THAT(Write([](storage::Transaction& write) {
                return write.Purge(UnitName{"a", "u"});
              }),
              IsOk());
  EXPECT_THAT(States({"a", "u"}), ElementsAre("purged", "purged", "purged"));
  EXPECT_THAT(Feed(first), ElementsAre("created memories/a", "purged", "purged", "purged"));
  EXPECT_THAT(Ids("a"), IsEmpty());
  EXPECT_EQ(view()->CountUnits({"a"})->total, 0);
  Reopen();
  EXPECT_THAT(States({"a", "u"}), ElementsAre("purged", "purged", "purged"));
}

TEST_F(HistoryTest, PurgeReachesStatesFromBeforeTheMemoryWasDropped) {
  ASSERT_THAT(Put(MakeUnit("a", "u", "laim")), IsOk());
  const Revision written = view()->revision();
  ASSERT_THAT(Delete(MemoryName{"a"}), IsOk());
  ASSERT_THAT(Write([](storage::Transaction& write) {
                return write.Purge(UnitName{"a", "u"});
              }),
              IsOk());
  EXPECT_THAT(Feed(written), ElementsAre("purged", "deleted", "purged"));
}

TEST_F(HistoryTest, PurgeInTheEventThatWroteLeavesASoundEvent) {
  const auto result = Write([](storage::Transaction& write) {
    SILD_CHECK_OK(write.Put(MakeUnit("a", "u", "laim")));
    return write.Purge(UnitName{"a", "u"});
  });
  ASSERT_THAT(result, IsOk());
  EXPECT_THAT(Feed(result->revision), ElementsAre("purged", "purged"));
}

TEST_F(HistoryTest, PurgeTwiceIsNoSecondEvent) {
  const auto purge = [](storage::Transaction& write) { return write.Purge(UnitName{"a", "u"}); };
  EXPECT_THAT(Write(purge), StatusIs(absl::StatusCode::kNotFound, HasSubstr("u")));
  ASSERT_THAT(Put(MakeUnit("a", "u", "laim")), IsOk());
  const auto first = Write(purge);
  ASSERT_THAT(first, IsOk());
  const auto second = Write(purge);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->revision, first->revision);
}

TEST_F(HistoryTest, PurgedTextLeavesTheDisk) {
  const std::string secret = "Qz7#kõik-Жx9!salajane~Wv3";
  ASSERT_THAT(Put(MakeUnit("a", "u", secret)), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "neighbor", "jääb alles")), IsOk());
  Reopen();  // Now it is in a table file.
  ASSERT_THAT(Put(MakeUnit("a", "u", secret + "2")), IsOk());
  store_.reset();
  ASSERT_TRUE(IsOnDisk(secret));
  Open();
  ASSERT_THAT(Write([](storage::Transaction& write) {
                return write.Purge(UnitName{"a", "u"});
              }),
              IsOk());
  store().WaitForHousekeeping();
  store_.reset();
  EXPECT_FALSE(IsOnDisk(secret));
  Open();
  EXPECT_EQ(Text("a", "neighbor"), "jääb alles");
}

TEST_F(HistoryTest, PurgeConcept) {
  Glossary glossary;
  glossary.name = {"g"};
  Concept term;
  term.name = {"g", "c"};
  term.definition = "salajane";
  ASSERT_THAT(Put(glossary), IsOk());
  ASSERT_THAT(Put(term), IsOk());
  ASSERT_THAT(Write([](storage::Transaction& write) {
                return write.Purge(ConceptName{"g", "c"});
              }),
              IsOk());
  const auto states = view()->ListRevisions(ConceptName{"g", "c"}, std::nullopt, 10);
  ASSERT_THAT(states, IsOkAndHolds(SizeIs(2)));
  EXPECT_EQ((*states)[1].type, ChangeType::kPurged);
  EXPECT_TRUE(std::holds_alternative<std::monostate>((*states)[1].resource));
}

}  // namespace
}  // namespace sild::test
