#include "server/matching/char_distance.h"

#include <string>

#include <gtest/gtest.h>

#include "server/text/utf8.h"
#include "tests/matching/random_text.h"
#include "tests/reference/score.h"

namespace sild::matching {
namespace {

TEST(WordDistance, CountsASwapOfNeighboursAsOneEdit) {
  EXPECT_EQ(WordDistance(U"fiel", U"file", 9), 1);
  EXPECT_EQ(WordDistance(U"мост", U"мсот", 9), 1);
}

TEST(WordDistance, TouchesNoLetterTwice) { EXPECT_EQ(WordDistance(U"ca", U"abc", 9), 3); }

TEST(WordDistance, StopsBeyondTheLimit) {
  EXPECT_EQ(WordDistance(U"abcdef", U"uvwxyz", 2), 3);
  EXPECT_EQ(WordDistance(U"a", U"abcdef", 2), 3);
}

TEST(WordDistance, IsTheTextbookDistance) {
  test::RandomText random(1);
  for (int i = 0; i < 3000; ++i) {
    const auto word = [&] {
      std::u32string letters;
      for (std::size_t n = random.Number(9); n > 0; --n) {
        letters += U"abcž"[random.Number(4)];
      }
      return letters;
    };
    const std::u32string a = word();
    const std::u32string b = word();
    const std::int32_t expected = reference::WordDistance(a, b);
    for (std::int32_t limit = 0; limit < 9; ++limit) {
      ASSERT_EQ(WordDistance(a, b, limit), std::min(expected, limit + 1))
          << "round " << i << ", limit " << limit;
    }
  }
}

TEST(CharDistance, IsTheTextbookDistanceAcrossBlocks) {
  test::RandomText random(2);
  for (int i = 0; i < 300; ++i) {
    const auto letters = [&] {
      std::u32string text;
      for (std::size_t n = random.Number(200); n > 0; --n) {
        text += U"abž"[random.Number(3)];
      }
      return text;
    };
    const std::u32string a = letters();
    const std::u32string b = letters();
    ASSERT_EQ(CharDistance(a, b), reference::CharDistance(a, b)) << "round " << i;
  }
}

TEST(JoinedTokens, PutsSingleSpacesBetweenTokens) {
  EXPECT_EQ(JoinedTokens(text::Tokenize(" Sild,  s\xCC\x8Cilas!")), U"Sild , šilas !");
}

}  // namespace
}  // namespace sild::matching
