#include "client/cli/utf8.h"

#include <gtest/gtest.h>

namespace sild::cli {
namespace {

TEST(IsUtf8, HoldsForTextInManyScripts) {
  for (const char* text : {"", "Hello", "õäöü", "Привет", "שלום", "สวัสดี", "日本語",
                           "👩‍👩‍👧‍👦", "e\u0301", "\u00a0", "\U0010ffff"}) {
    EXPECT_TRUE(IsUtf8(text)) << text;
  }
}

TEST(IsUtf8, RefusesWhatIsNone) {
  for (const char* text : {
           "\xff",              // Never a byte of UTF-8.
           "abc\x80",           // A continuation alone.
           "\xc3",              // Cut short.
           "\xe2\x82",          // Cut short.
           "\xc0\xaf",          // Overlong.
           "\xe0\x80\xaf",      // Overlong.
           "\xed\xa0\x80",      // A surrogate.
           "\xf4\x90\x80\x80",  // Beyond U+10FFFF.
           "t\xe4na",           // Latin-1.
       }) {
    EXPECT_FALSE(IsUtf8(text)) << text;
  }
}

TEST(IsUtf8, HoldsForNul) { EXPECT_TRUE(IsUtf8(std::string_view("a\0b", 3))); }

TEST(CountCodePoints, CountsNeitherBytesNorGraphemes) {
  EXPECT_EQ(CountCodePoints("tšehhi"), 6U);
  EXPECT_EQ(CountCodePoints("e\u0301"), 2U);
  EXPECT_EQ(CountCodePoints("😀日"), 2U);
}

TEST(SliceCodePoints, CutsAtCodePoints) {
  EXPECT_EQ(SliceCodePoints("Привет, 😀 мир", 8, 9), "😀");
  EXPECT_EQ(SliceCodePoints("Привет", 0, 3), "При");
  EXPECT_EQ(SliceCodePoints("Привет", 2, 2), "");
}

TEST(SliceCodePoints, TakesOffsetsBeyondTheEndAsTheEnd) {
  EXPECT_EQ(SliceCodePoints("õun", 1, 99), "un");
  EXPECT_EQ(SliceCodePoints("õun", 50, 99), "");
}

TEST(SliceCodePoints, IsEmptyIfTheEndIsBeforeTheBeginning) {
  EXPECT_EQ(SliceCodePoints("õun", 2, 1), "");
}

}  // namespace
}  // namespace sild::cli
