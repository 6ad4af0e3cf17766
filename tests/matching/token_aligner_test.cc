#include "server/matching/token_aligner.h"

#include <string>

#include <gtest/gtest.h>

#include "server/matching/score.h"
#include "tests/matching/random_text.h"
#include "tests/reference/score.h"

namespace sild::matching {
namespace {

std::string Repeat(const std::string& piece, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    text += piece;
  }
  return text;
}

TEST(TokenAligner, AgreesWithTheTextbookAtEveryLimit) {
  test::RandomText random(5);
  TokenAligner aligner;
  for (int i = 0; i < 1000; ++i) {
    const auto a = text::Tokenize(random.Sentence(7));
    const auto b = text::Tokenize(random.Sentence(7));
    const std::int32_t distance = reference::TokenDistance(a, b);
    for (const std::int32_t limit : {0, distance - 1, distance, distance + 1, 10000}) {
      if (limit >= 0) {
        ASSERT_EQ(aligner.Distance(a, b, limit), std::min(distance, limit + 1))
            << a.normal << " / " << b.normal << ", limit " << limit;
      }
    }
  }
}

TEST(TokenAligner, HoldsLongTexts) {
  TokenAligner aligner;
  const auto words = text::Tokenize(Repeat("a ", 5000));
  EXPECT_EQ(aligner.Distance(words, words, 0), 0);
  const auto others = text::Tokenize("b " + Repeat("a ", 4998) + "c");
  EXPECT_EQ(aligner.Distance(words, others, 250000), 200);
  const auto letters = text::Tokenize(Repeat("x", 10000));
  const auto other_letters = text::Tokenize(Repeat("x", 5000) + "y" + Repeat("x", 4999));
  EXPECT_EQ(aligner.Distance(letters, other_letters, 100), 40);
}

TEST(TokenAligner, CountsBeyondSixteenBits) {
  const auto a = text::Tokenize(Repeat("ab ", 3000));
  const auto b = text::Tokenize(Repeat("cd ", 3000));
  EXPECT_EQ(WeightOf(a), 300000);
  EXPECT_EQ(TokenAligner().Distance(a, b, 600000), 300000);
}

TEST(TokenAligner, StopsWhenItIsCancelled) {
  int asked = 0;
  TokenAligner aligner([&asked] { return ++asked > 2; });
  const auto a = text::Tokenize(Repeat("ab cd ", 2500));
  const auto b = text::Tokenize(Repeat("ef ab ", 2500));
  EXPECT_EQ(aligner.Distance(a, b, 400000), 400001);
  EXPECT_TRUE(aligner.was_cancelled());
  EXPECT_LT(asked, 10);
}

}  // namespace
}  // namespace sild::matching
