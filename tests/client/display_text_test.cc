#include "client/cli/display_text.h"

#include <gtest/gtest.h>

namespace sild::cli {
namespace {

TEST(Visible, LeavesTextAsItIs) {
  for (const char* text : {"Tere, õed!", "Привет", "日本語", "👩‍👩‍👧", "e\u0301",
                           "a\u00a0b", "co\u00adop", "مرحبا"}) {
    EXPECT_EQ(Visible(text), text);
  }
}

TEST(Visible, WritesEscapeSequencesOut) {
  EXPECT_EQ(Visible("\x1b[31mred\x1b[0m"), "\\x1b[31mred\\x1b[0m");
}

TEST(Visible, WritesC1ControlsOut) { EXPECT_EQ(Visible("\u009b31m"), "\\u{9b}31m"); }

TEST(Visible, KeepsTextOnOneLine) {
  EXPECT_EQ(Visible("a\r\nb\tc\u2028d"), "a\\r\\nb\\tc\\u{2028}d");
}

TEST(Visible, WritesOutWhatTurnsTheDirectionOfTheLine) {
  EXPECT_EQ(Visible("a\u202eb\u2066c"), "a\\u{202e}b\\u{2066}c");
}

TEST(Visible, ShowsBytesThatAreNotUtf8) { EXPECT_EQ(Visible("t\xe4na"), "t\\xe4na"); }

class WidthOfTest : public ::testing::Test {
 protected:
  void SetUp() override { UseUtf8Locale(); }
};

TEST_F(WidthOfTest, CountsOneForMostCharacters) { EXPECT_EQ(WidthOf("õÄжλ"), 4U); }

TEST_F(WidthOfTest, CountsTwoForWideCharacters) { EXPECT_EQ(WidthOf("日本😀"), 6U); }

TEST_F(WidthOfTest, CountsNothingForCombiningMarks) { EXPECT_EQ(WidthOf("e\u0301"), 1U); }

TEST_F(WidthOfTest, PadsByColumns) {
  EXPECT_EQ(PaddedTo(6, "日本"), "日本  ");
  EXPECT_EQ(PaddedTo(2, "abc"), "abc");
}

}  // namespace
}  // namespace sild::cli
