#include "include/sild/byte_source.h"

#include <array>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>
#include <zlib.h>

#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace sild::client {
namespace {

using ::sild::test::IsOk;
using ::sild::test::IsOkAndHolds;
using ::sild::test::StatusIs;
using ::sild::test::TempDir;
using ::testing::HasSubstr;

absl::StatusOr<std::string> ReadAll(ByteSource& source) {
  std::string all;
  std::array<char, 7> buffer;  // Small, so that reading goes on over many calls.
  for (;;) {
    const absl::StatusOr<std::size_t> size = source.Read(buffer);
    if (!size.ok()) {
      return size.status();
    }
    if (*size == 0) {
      return all;
    }
    all.append(buffer.data(), *size);
  }
}

std::string WriteFile(const TempDir& directory, const std::string& bytes) {
  const std::string path = directory.path() / "file";
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

// What gzip makes of `text`.
std::string Gzip(const TempDir& directory, const std::string& text) {
  const std::string path = directory.path() / "packed.gz";
  const gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  std::ostringstream packed;
  packed << std::ifstream(path, std::ios::binary).rdbuf();
  return packed.str();
}

TEST(OpenSource, ReadsAPlainFileAsItIs) {
  const TempDir directory;
  const auto source = OpenSource(WriteFile(directory, std::string("<tmx>\0õ\r\n", 10)));
  ASSERT_THAT(source, IsOk());
  EXPECT_THAT(ReadAll(**source), IsOkAndHolds(std::string("<tmx>\0õ\r\n", 10)));
}

TEST(OpenSource, UnpacksGzip) {
  const TempDir directory;
  const auto source = OpenSource(WriteFile(directory, Gzip(directory, "<tmx>Привет</tmx>")));
  ASSERT_THAT(source, IsOk());
  EXPECT_THAT(ReadAll(**source), IsOkAndHolds("<tmx>Привет</tmx>"));
}

TEST(OpenSource, ReadsAllMembersOfAGzipFile) {
  const TempDir directory;
  const auto source =
      OpenSource(WriteFile(directory, Gzip(directory, "one ") + Gzip(directory, "two")));
  ASSERT_THAT(source, IsOk());
  EXPECT_THAT(ReadAll(**source), IsOkAndHolds("one two"));
}

TEST(OpenSource, TellsThatAGzipFileIsCutShort) {
  const TempDir directory;
  const std::string packed = Gzip(directory, "some text that is cut off");
  const auto source = OpenSource(WriteFile(directory, packed.substr(0, packed.size() - 9)));
  ASSERT_THAT(source, IsOk());
  EXPECT_THAT(ReadAll(**source), StatusIs(absl::StatusCode::kDataLoss, HasSubstr("cut short")));
}

TEST(OpenSource, ReadsAgainAfterRewinding) {
  const TempDir directory;
  const auto source = OpenSource(WriteFile(directory, Gzip(directory, "again")));
  ASSERT_THAT(source, IsOk());
  ASSERT_THAT(ReadAll(**source), IsOk());
  ASSERT_THAT((*source)->Rewind(), IsOk());
  EXPECT_THAT(ReadAll(**source), IsOkAndHolds("again"));
}

TEST(OpenSource, CountsPositionInThePackedFile) {
  const TempDir directory;
  const std::string packed = Gzip(directory, std::string(100'000, 'x'));
  const auto source = OpenSource(WriteFile(directory, packed));
  ASSERT_THAT(source, IsOk());
  ASSERT_THAT(ReadAll(**source), IsOk());
  EXPECT_EQ((*source)->position_bytes(), static_cast<std::int64_t>(packed.size()));
}

TEST(OpenSource, NamesAFileThatIsNotThere) {
  EXPECT_THAT(OpenSource("/nowhere/x.tmx"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("/nowhere/x.tmx")));
}

TEST(OpenSource, RefusesADirectory) {
  const TempDir directory;
  EXPECT_THAT(OpenSource(directory.path().string()),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is a directory")));
}

TEST(OpenSource, CannotRewindAPipe) {
  std::array<int, 2> ends;
  ASSERT_EQ(pipe(ends.data()), 0);
  ASSERT_EQ(write(ends[1], "abc", 3), 3);
  close(ends[1]);
  const auto source = OpenSource(ends[0], "standard input");
  ASSERT_THAT(source, IsOk());
  ASSERT_THAT(ReadAll(**source), IsOkAndHolds("abc"));
  EXPECT_THAT((*source)->Rewind(), StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("")));
}

TEST(SourceOf, ReadsAStreamFromWhereItStands) {
  std::istringstream stream("skipped|rest");
  stream.seekg(8);
  const auto source = SourceOf(stream);
  EXPECT_THAT(ReadAll(*source), IsOkAndHolds("rest"));
  ASSERT_THAT(source->Rewind(), IsOk());
  EXPECT_THAT(ReadAll(*source), IsOkAndHolds("rest"));
}

}  // namespace
}  // namespace sild::client
