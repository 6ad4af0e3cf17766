#include "server/text/offsets.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::text {
namespace {

TEST(OffsetCursor, CountsCodePointsInAnyScript) {
  OffsetCursor cursor("aõ€👍z");
  EXPECT_EQ(cursor.CharOf(0), 0U);
  EXPECT_EQ(cursor.CharOf(1), 1U);
  EXPECT_EQ(cursor.CharOf(3), 2U);
  EXPECT_EQ(cursor.CharOf(6), 3U);
  EXPECT_EQ(cursor.CharOf(10), 4U);
  EXPECT_EQ(cursor.CharOf(11), 5U);
}

TEST(OffsetCursor, GoesBack) {
  OffsetCursor cursor("šalis");
  EXPECT_EQ(cursor.CharOf(6), 5U);
  EXPECT_EQ(cursor.CharOf(2), 1U);
  EXPECT_EQ(cursor.ByteOf(1), 2U);
}

TEST(OffsetCursor, InvertsItself) {
  const std::string text = "Ąžuolas, ёлка ❤️ שלום";
  OffsetCursor forward(text);
  OffsetCursor back(text);
  for (std::uint32_t c = 0;; ++c) {
    const auto byte = back.ByteOf(c);
    if (!byte) {
      break;
    }
    EXPECT_EQ(forward.CharOf(*byte), c);
  }
}

TEST(OffsetCursor, HasNoByteBeyondTheEnd) {
  EXPECT_EQ(OffsetCursor("õõ").ByteOf(2), 4U);
  EXPECT_EQ(OffsetCursor("õõ").ByteOf(3), std::nullopt);
  EXPECT_EQ(OffsetCursor("").ByteOf(0), 0U);
}

}  // namespace
}  // namespace sild::text
