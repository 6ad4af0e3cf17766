#include <string>
#include <vector>

#include <rocksdb/write_batch.h>

#include "server/storage/database.h"
#include "server/storage/keys.h"
#include "server/storage/snapshot_rows.h"
#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using namespace storage;  // NOLINT(google-build-using-namespace): its inner parts are tested.

using ::testing::ElementsAreArray;
using ::testing::IsEmpty;
using ::testing::SizeIs;

// Hashes and a number with bytes that end languages elsewhere in the key.
constexpr Number kMemory = 0x0100;
constexpr std::uint64_t kHash = 0x0001'0203'0001'0405;
constexpr std::uint64_t kOtherHash = 0x8000'0000'0000'0001;

TEST(TextGroup, EndsInTheMiddleOfTheHash) {
  const std::string prefix = TextPrefix(kMemory, kEstonian, kHash);
  EXPECT_EQ(TextGroupBytes(prefix), prefix.size() - 4);
  EXPECT_EQ(TextGroupBytes(TextKey(kMemory, kEstonian, kHash, "u1")), prefix.size() - 4);
  EXPECT_EQ(TextGroupBytes(SpacedTextPrefix(kMemory, kEstonian, kHash)), prefix.size() - 4);
  EXPECT_EQ(TextGroupBytes(TextPrefix(kMemory, LanguageTag(), kHash)), 1 + 8 + 1 + 4);
}

TEST(TextGroup, IsOfTextKeysOnly) {
  EXPECT_EQ(TextGroupBytes(""), 0);
  EXPECT_EQ(TextGroupBytes(TextPrefix(kMemory)), 0);
  EXPECT_EQ(TextGroupBytes(UnitKey(kMemory, "u1234567890")), 0);
  const std::string prefix = TextPrefix(kMemory, kEstonian, kHash);
  for (std::size_t size = 0; size < prefix.size() - 4; ++size) {
    EXPECT_EQ(TextGroupBytes(prefix.substr(0, size)), 0) << size;
  }
}

// A database with text rows in two files and in memory.
class TextGroupRowsTest : public ::testing::Test {
 protected:
  void SetUp() override {
    StoreOptions options;
    options.directory = directory_.path();
    options.create_if_missing = true;
    auto opened = OpenDatabase(options);
    ASSERT_THAT(opened, IsOk());
    database_ = *std::move(opened);
    for (const std::uint64_t hash : {kHash, kHash + 1, kOtherHash}) {
      for (const char* const unit : {"a", "b"}) {
        keys_.push_back(TextKey(kMemory, kEstonian, hash, unit));
      }
      Put(keys_[keys_.size() - 2], hash != kOtherHash);
      Put(keys_.back(), false);
    }
    rows_.emplace(*database_.db);
  }

  void Put(const std::string& key, bool is_flushed) {
    ASSERT_TRUE(database_.db->Put({}, key, "").ok());
    if (is_flushed) {
      ASSERT_TRUE(database_.db->Flush({}).ok());
    }
  }

  static std::vector<std::string> KeysOf(Cursor& cursor, std::string_view prefix = "") {
    std::vector<std::string> keys;
    for (; cursor.Valid() && cursor.key().starts_with(prefix); cursor.Next()) {
      keys.emplace_back(cursor.key());
    }
    EXPECT_THAT(cursor.status(), IsOk());
    return keys;
  }

  TempDir directory_;
  Database database_;
  std::vector<std::string> keys_;
  std::optional<SnapshotRows> rows_;
};

TEST_F(TextGroupRowsTest, AreAllWalkedInOrder) {
  const std::string all = TextPrefix(kMemory);
  EXPECT_THAT(KeysOf(*WalkPrefix(*rows_, all)), ElementsAreArray(keys_));
  // Two hashes of one group, but not the whole group.
  const std::string begin = TextPrefix(kMemory, kEstonian, kHash);
  const std::string end = TextPrefix(kMemory, kEstonian, kHash + 2);
  EXPECT_THAT(KeysOf(*rows_->Walk(begin, end)), ElementsAreArray(keys_.begin(), keys_.begin() + 4));
  // From within one group into another.
  EXPECT_THAT(KeysOf(*rows_->Walk(TextPrefix(kMemory, kEstonian, kHash + 1), EndOfPrefix(all))),
              ElementsAreArray(keys_.begin() + 2, keys_.end()));
}

TEST_F(TextGroupRowsTest, OfAHashAreWalked) {
  EXPECT_THAT(KeysOf(*WalkPrefix(*rows_, TextPrefix(kMemory, kEstonian, kHash))),
              ElementsAreArray(keys_.begin(), keys_.begin() + 2));
  EXPECT_THAT(KeysOf(*WalkPrefix(*rows_, TextPrefix(kMemory, kEstonian, kHash + 2))), IsEmpty());
  EXPECT_THAT(KeysOf(*WalkPrefix(*rows_, TextPrefix(kMemory, kLithuanian, kHash))), IsEmpty());
}

TEST_F(TextGroupRowsTest, OfGroupsAreFoundByOneCursor) {
  const std::string all = TextPrefix(kMemory);
  const auto cursor = rows_->WalkTextGroups(all, EndOfPrefix(all));
  for (const auto& [hash, first] : {std::pair(kOtherHash, 4), std::pair(kHash, 0)}) {
    std::string prefix = TextPrefix(kMemory, kEstonian, hash);
    prefix.resize(TextGroupBytes(prefix));
    cursor->Seek(prefix);
    EXPECT_THAT(KeysOf(*cursor, prefix),
                ElementsAreArray(keys_.begin() + first, keys_.begin() + (first == 0 ? 4 : 6)));
  }
}

// A filter is cut into parts of some thousand keys, which a few keys do not fill.
TEST_F(TextGroupRowsTest, AreFoundInFiltersOfManyParts) {
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    hashes.push_back((i * 0x9E37'79B9'7F4A'7C15) | 1);
    ASSERT_TRUE(database_.db->Put({}, TextKey(kMemory, kLithuanian, hashes.back(), "u"), "").ok());
  }
  ASSERT_TRUE(database_.db->Flush({}).ok());
  rows_.emplace(*database_.db);
  const std::string all = TextPrefix(kMemory);
  const auto cursor = rows_->WalkTextGroups(all, EndOfPrefix(all));
  for (const std::uint64_t hash : hashes) {
    const std::string key = TextKey(kMemory, kLithuanian, hash, "u");
    cursor->Seek(key.substr(0, TextGroupBytes(key)));
    ASSERT_TRUE(cursor->Valid()) << hash;
    ASSERT_EQ(cursor->key(), key);
    ASSERT_FALSE(WalkPrefix(*rows_, TextPrefix(kMemory, kRussian, hash))->Valid());
  }
  EXPECT_THAT(KeysOf(*WalkPrefix(*rows_, all)), SizeIs(keys_.size() + hashes.size()));
}

// Rows are cached: a view must not be given what another one has read.
TEST_F(TextGroupRowsTest, AreReadAsTheirViewHasThem) {
  const std::string key = UnitKey(kMemory, "u");
  const auto put = [&](const std::string& value) {
    ASSERT_TRUE(database_.db->Put({}, key, value).ok());
    ASSERT_TRUE(database_.db->Flush({}).ok());
  };
  put("1");
  const SnapshotRows first(*database_.db);
  EXPECT_EQ(*first.Get(key), "1");
  put("2");
  const SnapshotRows second(*database_.db);
  EXPECT_EQ(*second.Get(key), "2");
  EXPECT_EQ(*first.Get(key), "1");
  ASSERT_TRUE(database_.db->Delete({}, key).ok());
  ASSERT_TRUE(database_.db->Flush({}).ok());
  const SnapshotRows third(*database_.db);
  for (int i = 0; i < 2; ++i) {
    EXPECT_EQ(*third.Get(key), std::nullopt);
    EXPECT_EQ(*second.Get(key), "2");
    EXPECT_EQ(*first.Get(key), "1");
  }
  ASSERT_TRUE(database_.db->CompactRange({}, nullptr, nullptr).ok());
  EXPECT_EQ(*third.Get(key), std::nullopt);
  EXPECT_EQ(*second.Get(key), "2");
  EXPECT_EQ(*first.Get(key), "1");
}

// Directories of earlier versions have files without these filters.
TEST_F(TextGroupRowsTest, AreFoundInFilesWithoutFilters) {
  rows_.reset();
  database_.db.reset();
  rocksdb::Options plain = database_.options;
  plain.prefix_extractor = nullptr;
  const std::string path = (directory_.path() / "db").string();
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(plain, path, &db).ok());
  const std::string key = TextKey(kMemory, kEstonian, 7, "c");
  ASSERT_TRUE(db->Put({}, key, "").ok());
  ASSERT_TRUE(db->Flush({}).ok());
  delete db;
  ASSERT_TRUE(rocksdb::DB::Open(database_.options, path, &db).ok());
  database_.db.reset(db);
  rows_.emplace(*db);
  EXPECT_THAT(KeysOf(*WalkPrefix(*rows_, TextPrefix(kMemory, kEstonian, 7))),
              ::testing::ElementsAre(key));
  EXPECT_THAT(KeysOf(*WalkPrefix(*rows_, TextPrefix(kMemory))), SizeIs(keys_.size() + 1));
}

}  // namespace
}  // namespace sild::test
