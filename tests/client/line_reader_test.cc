#include "client/cli/line_reader.h"

#include <array>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace sild::cli {
namespace {

using ::testing::ElementsAre;

// A pipe that the test writes and the reader reads.
class LineReaderTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(pipe(ends_.data()), 0); }
  void TearDown() override {
    close(ends_[0]);
    Close();
  }

  void Type(std::string_view text) {
    ASSERT_EQ(write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void Close() {
    if (ends_[1] >= 0) {
      close(ends_[1]);
      ends_[1] = -1;
    }
  }
  LineReader Reader() const { return LineReader(ends_[0]); }

  std::vector<std::string> All() {
    Close();
    LineReader reader = Reader();
    std::vector<std::string> lines;
    while (const auto line = reader.Next()) {
      lines.push_back(line->text);
    }
    return lines;
  }

 private:
  std::array<int, 2> ends_{};
};

TEST_F(LineReaderTest, GivesEachLine) {
  Type("üks\n\nдва\n");
  EXPECT_THAT(All(), ElementsAre("üks", "", "два"));
}

TEST_F(LineReaderTest, NeedsNoEndOfTheLastLine) {
  Type("a\nb");
  EXPECT_THAT(All(), ElementsAre("a", "b"));
}

TEST_F(LineReaderTest, GivesNothingForNoInput) { EXPECT_THAT(All(), ElementsAre()); }

TEST_F(LineReaderTest, TakesCarriageReturnsOff) {
  Type("a\r\n\r\nb\r");
  EXPECT_THAT(All(), ElementsAre("a", "", "b"));
}

TEST_F(LineReaderTest, KeepsACarriageReturnInsideALine) {
  Type("a\rb\n");
  EXPECT_THAT(All(), ElementsAre("a\rb"));
}

TEST_F(LineReaderTest, LeavesAByteOrderMarkOut) {
  Type(
      "\xef\xbb\xbf"
      "a\n\xef\xbb\xbf"
      "b\n");
  EXPECT_THAT(All(), ElementsAre("a",
                                 "\xef\xbb\xbf"
                                 "b"));
}

TEST_F(LineReaderTest, KeepsNulAndBytesThatAreNotUtf8) {
  Type(std::string_view("a\0b\xff\n", 5));
  EXPECT_THAT(All(), ElementsAre(std::string("a\0b\xff", 4)));
}

TEST_F(LineReaderTest, TellsWhatWaits) {
  LineReader reader = Reader();
  EXPECT_FALSE(reader.HasWaiting());
  Type("one\ntwo\nhal");
  EXPECT_TRUE(reader.HasWaiting());
  ASSERT_EQ(reader.Next()->text, "one");
  EXPECT_TRUE(reader.HasWaiting());
  ASSERT_EQ(reader.Next()->text, "two");
  EXPECT_FALSE(reader.HasWaiting());
  Type("f\n");
  EXPECT_TRUE(reader.HasWaiting());
  EXPECT_EQ(reader.Next()->text, "half");
}

TEST_F(LineReaderTest, HasALastLineWithoutEndWaitingAtTheEnd) {
  LineReader reader = Reader();
  Type("rest");
  EXPECT_FALSE(reader.HasWaiting());
  Close();
  EXPECT_TRUE(reader.HasWaiting());
}

TEST(LineReader, CutsALineThatIsFarTooLongAndGoesOnAfterIt) {
  FILE* const file = tmpfile();
  const std::string text = std::string(LineReader::kLongestBytes + 70'000, 'x') + "\nnext\n";
  ASSERT_EQ(fwrite(text.data(), 1, text.size(), file), text.size());
  rewind(file);
  LineReader reader(fileno(file));
  const auto line = reader.Next();
  ASSERT_TRUE(line.has_value());
  EXPECT_FALSE(line->is_whole);
  EXPECT_EQ(line->text.size(), LineReader::kLongestBytes);
  EXPECT_EQ(reader.Next()->text, "next");
  fclose(file);
}

}  // namespace
}  // namespace sild::cli
