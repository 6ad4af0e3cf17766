#include "client/cli/line_pairs.h"

#include <sstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::cli {
namespace {

using ::sild::test::IsOk;
using ::sild::test::IsOkAndHolds;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

// Reads all through a buffer of that size.
absl::StatusOr<std::string> ReadAll(LinePairs& pairs, std::size_t buffer_bytes) {
  std::string all;
  std::vector<char> buffer(buffer_bytes);
  for (;;) {
    const absl::StatusOr<std::size_t> size = pairs.Read(buffer);
    if (!size.ok()) {
      return size.status();
    }
    if (*size == 0) {
      return all;
    }
    all.append(buffer.data(), *size);
  }
}

class LinePairsTest : public ::testing::Test {
 protected:
  LinePairs Pairs(const std::string& source, const std::string& target) {
    source_ = std::istringstream(source);
    target_ = std::istringstream(target);
    return LinePairs({.name = "en.txt", .source = client::SourceOf(source_)},
                     {.name = "et.txt", .source = client::SourceOf(target_)});
  }

  std::istringstream source_;
  std::istringstream target_;
};

TEST_F(LinePairsTest, PutsATabBetween) {
  for (const std::size_t bytes : {std::size_t{1}, std::size_t{5}, std::size_t{4096}}) {
    LinePairs pairs = Pairs("\xEF\xBB\xBFOne\r\nT\two\n\nlast", "Üks\nKaks\n\nviimane\n");
    EXPECT_THAT(ReadAll(pairs, bytes), IsOkAndHolds("One\tÜks\nT wo\tKaks\n\t\nlast\tviimane\n"));
  }
}

TEST_F(LinePairsTest, TakesLinesOfAnyLength) {
  const std::string line(300'000, 'a');
  LinePairs pairs = Pairs(line + "\nb\n", "c\n" + line);
  EXPECT_THAT(ReadAll(pairs, 4096), IsOkAndHolds(line + "\tc\nb\t" + line + "\n"));
}

TEST_F(LinePairsTest, SaysWhichIsShorter) {
  LinePairs pairs = Pairs("a\nb\n", "c\n");
  EXPECT_THAT(ReadAll(pairs, 100), StatusIs(absl::StatusCode::kInvalidArgument,
                                            HasSubstr("et.txt ends after 1 lines, but en.txt")));
  LinePairs others = Pairs("", "c\n");
  EXPECT_THAT(ReadAll(others, 100),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("en.txt ends after 0 lines")));
}

TEST_F(LinePairsTest, ReadsAgainFromTheStart) {
  LinePairs pairs = Pairs("a\nb\n", "c\nd\n");
  EXPECT_THAT(ReadAll(pairs, 3), IsOkAndHolds("a\tc\nb\td\n"));
  ASSERT_THAT(pairs.Rewind(), IsOk());
  EXPECT_THAT(ReadAll(pairs, 3), IsOkAndHolds("a\tc\nb\td\n"));
}

TEST_F(LinePairsTest, NothingIsNothing) {
  LinePairs pairs = Pairs("", "");
  EXPECT_THAT(ReadAll(pairs, 3), IsOkAndHolds(""));
}

}  // namespace
}  // namespace sild::cli
