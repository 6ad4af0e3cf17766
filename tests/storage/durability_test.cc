#include <filesystem>
#include <fstream>
#include <iterator>

#include <rocksdb/db.h>

#include "tests/storage/store_fixture.h"

namespace sild::test {
namespace {

using ::testing::HasSubstr;

// What the store says to damage and to directories that are not its own.
class DurabilityTest : public StoreTest {
 protected:
  static constexpr int kUnits = 400;

  void WriteUnits(int count = kUnits) {
    ASSERT_THAT(Put(MakeMemory("a")), IsOk());
    for (int i = 0; i < count; ++i) {
      // Long and hard to compress, so that the write buffer is flushed several times.
      std::string text;
      for (int j = 0; j < 60; ++j) {
        text += std::to_string((i * 7919 + j * 104729) % 999983) + " ";
      }
      ASSERT_THAT(Put(MakeUnit("a", "u" + std::to_string(i), text)), IsOk());
    }
  }

  // The newest file of the database whose name begins and ends so.
  std::filesystem::path NewestFile(const std::string& begin, const std::string& end) {
    std::filesystem::path newest;
    for (const auto& entry : std::filesystem::directory_iterator(directory_.path() / "db")) {
      const std::string name = entry.path().filename().string();
      if (name.starts_with(begin) && name.ends_with(end) && entry.file_size() > 0 &&
          name > newest.filename().string()) {
        newest = entry.path();
      }
    }
    EXPECT_FALSE(newest.empty());
    return newest;
  }

  static void Cut(const std::filesystem::path& file, std::uintmax_t bytes) {
    std::filesystem::resize_file(file, std::filesystem::file_size(file) - bytes);
  }

  static void FlipByte(const std::filesystem::path& path, std::streamoff at) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(at);
    const char flipped = static_cast<char>(~file.get());
    file.seekp(at);
    file.put(flipped);
  }

  absl::Status TryOpen() { return storage::Store::Open(options_).status(); }
};

TEST_F(DurabilityTest, OpensWhatIsSound) {
  WriteUnits();
  Reopen();
  EXPECT_EQ(static_cast<int>(Ids("a").size()), kUnits);
}

TEST_F(DurabilityTest, AcceptsATornEndOfTheWriteAheadLog) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "whole", "sild")), IsOk());
  ASSERT_THAT(Put(MakeUnit("a", "torn", "sild")), IsOk());
  store_.reset();
  Cut(NewestFile("", ".log"), 5);
  Open();
  EXPECT_EQ(Ids("a"), std::vector<std::string>{"whole"});
  EXPECT_THAT(Put(MakeUnit("a", "next", "sild")), IsOk());
}

TEST_F(DurabilityTest, RefusesDamageInTheMiddleOfTheWriteAheadLog) {
  ASSERT_THAT(Put(MakeMemory("a")), IsOk());
  for (int i = 0; i < 40; ++i) {
    ASSERT_THAT(Put(MakeUnit("a", "u" + std::to_string(i), "sild")), IsOk());
  }
  store_.reset();
  const auto log = NewestFile("", ".log");
  FlipByte(log, static_cast<std::streamoff>(std::filesystem::file_size(log) / 2));
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("restore a backup")));
}

TEST_F(DurabilityTest, DetectsACutManifest) {
  WriteUnits();
  store_.reset();
  Cut(NewestFile("MANIFEST", ""), 20);
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("restore a backup")));
}

TEST_F(DurabilityTest, DetectsACutManifestThatRocksDbTakes) {
  WriteUnits(150);  // The last entry of the manifest is a flush, so no file is missed.
  store_.reset();
  Cut(NewestFile("MANIFEST", ""), 20);
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("hole")));
}

TEST_F(DurabilityTest, DetectsAMissingEvent) {
  WriteUnits();
  const Revision newest = view()->revision();
  store_.reset();
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, (directory_.path() / "db").string(), &db).ok());
  std::string key = "e";
  for (int shift = 56; shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>((newest.value - 17) >> shift));
  }
  EXPECT_TRUE(db->Delete({}, key + std::string("\0\0\0\1", 4)).ok());
  delete db;
  EXPECT_THAT(TryOpen(),
              StatusIs(absl::StatusCode::kDataLoss, HasSubstr(std::to_string(newest.value - 17))));
}

TEST_F(DurabilityTest, DetectsAMissingUnit) {
  WriteUnits();
  store_.reset();
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, (directory_.path() / "db").string(), &db).ok());
  EXPECT_TRUE(db->Delete({}, std::string("u\0\0\0\0\0\0\0\1", 9) + "u399").ok());
  delete db;
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("hole")));
}

TEST_F(DurabilityTest, RefusesADirectoryThatIsHeld) {
  EXPECT_THAT(TryOpen(),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("another process")));
}

TEST_F(DurabilityTest, RefusesANewerFormat) {
  store_.reset();
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, (directory_.path() / "db").string(), &db).ok());
  EXPECT_TRUE(db->Put({}, "!f", "\x08\x09\x10\x09").ok());  // Version 9, oldest reader 9.
  delete db;
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("format 9")));
}

TEST_F(DurabilityTest, AcceptsANewerFormatThatOldProgramsCanRead) {
  store_.reset();
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, (directory_.path() / "db").string(), &db).ok());
  EXPECT_TRUE(db->Put({}, "!f", "\x08\x09\x10\x01").ok());
  delete db;
  EXPECT_THAT(TryOpen(), IsOk());
}

// A program that knows format 1 takes an exception in the log for damage.
TEST_F(DurabilityTest, OnlyAnExceptionShutsOldProgramsOut) {
  const auto format = [this] {
    store_.reset();
    rocksdb::DB* db = nullptr;
    EXPECT_TRUE(rocksdb::DB::Open({}, (directory_.path() / "db").string(), &db).ok());
    std::string row;
    EXPECT_TRUE(db->Get({}, "!f", &row).ok());
    delete db;
    EXPECT_THAT(TryOpen(), IsOk());
    Open();
    return row;
  };
  Glossary glossary;
  glossary.name = {"g"};
  ASSERT_THAT(Put(glossary), IsOk());
  EXPECT_EQ(format(), "\x08\x02\x10\x01");  // Version 2, oldest reader 1.
  Exception exception;
  exception.name = {"g", "x"};
  ASSERT_THAT(Put(exception), IsOk());
  EXPECT_EQ(format(), "\x08\x02\x10\x02");
}

TEST_F(DurabilityTest, OpensADirectoryOfFormat1) {
  store_.reset();
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open({}, (directory_.path() / "db").string(), &db).ok());
  EXPECT_TRUE(db->Put({}, "!f", "\x08\x01\x10\x01").ok());
  delete db;
  Open();
  Glossary glossary;
  glossary.name = {"g"};
  EXPECT_THAT(Put(glossary), IsOk());
}

TEST_F(DurabilityTest, DoesNotTakeAPartlyCopiedDatabaseForNone) {
  WriteUnits();
  store_.reset();
  std::filesystem::remove(directory_.path() / "db" / "CURRENT");
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("CURRENT")));
}

TEST_F(DurabilityTest, RefusesAnotherDatabase) {
  const TempDir other;
  options_.directory = other.path();
  std::filesystem::create_directories(other.path() / "db");
  rocksdb::Options options;
  options.create_if_missing = true;
  rocksdb::DB* db = nullptr;
  ASSERT_TRUE(rocksdb::DB::Open(options, (other.path() / "db").string(), &db).ok());
  EXPECT_TRUE(db->Put({}, "key", "value").ok());
  delete db;
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("format")));
}

TEST_F(DurabilityTest, DoesNotMakeAStoreUnasked) {
  const TempDir other;
  options_.directory = other.path() / "none";
  options_.create_if_missing = false;
  EXPECT_THAT(TryOpen(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("directory")));
}

}  // namespace
}  // namespace sild::test
