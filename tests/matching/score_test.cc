#include "server/matching/score.h"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/text/utf8.h"
#include "tests/matching/random_text.h"
#include "tests/reference/score.h"

namespace sild::matching {
namespace {

// `\uXXXX` as what it stands for.
std::string Unescape(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    if (text.compare(i, 2, "\\u") == 0 && i + 6 <= text.size()) {
      text::AppendChar(static_cast<char32_t>(std::stoul(text.substr(i + 2, 4), nullptr, 16)),
                       result);
      i += 6;
    } else {
      result += text[i++];
    }
  }
  return result;
}

struct ScoreVector {
  std::string query;
  std::string candidate;
  std::int32_t tenths = 0;
};

std::vector<ScoreVector> ReadVectors(const std::string& path) {
  std::vector<ScoreVector> vectors;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    ScoreVector vector;
    std::string language;
    std::string score;
    std::getline(fields, vector.query, '\t');
    std::getline(fields, vector.candidate, '\t');
    std::getline(fields, language, '\t');
    std::getline(fields, score, '\t');
    const std::size_t point = score.find('.');
    if (line.starts_with('#') || point == std::string::npos) {
      continue;  // A comment or a heading.
    }
    vector.tenths = std::stoi(score.substr(0, point) + score.substr(point + 1));
    vectors.push_back(vector);
  }
  return vectors;
}

TEST(Score, AgreesWithTheIndependentProgram) {
  const auto vectors = ReadVectors(SILD_SOURCE_DIR "/tests/data/score_vectors.tsv");
  ASSERT_GE(vectors.size(), 150U);
  for (const ScoreVector& vector : vectors) {
    EXPECT_EQ(Compare(Unescape(vector.query), Unescape(vector.candidate)).tenths, vector.tenths)
        << vector.query << " / " << vector.candidate;
  }
}

TEST(Score, AgreesWithTheSharedVectors) {
  const std::string path = SILD_SHARED_DATA "/matching/vectors.tsv";
  const auto vectors = ReadVectors(path);
  if (vectors.empty()) {
    GTEST_SKIP() << "there is no " << path;
  }
  for (const ScoreVector& vector : vectors) {
    EXPECT_EQ(Compare(vector.query, vector.candidate).tenths, vector.tenths)
        << vector.query << " / " << vector.candidate;
  }
}

TEST(Score, IsTheTextbookScore) {
  test::RandomText random(3);
  for (int i = 0; i < 3000; ++i) {
    const std::string a = random.Sentence(8);
    const std::string b = random.Sentence(8);
    ASSERT_EQ(Compare(a, b), reference::Compare(a, b)) << "round " << i << ": " << a << " / " << b;
  }
}

TEST(Score, IsTheSameBothWays) {
  test::RandomText random(4);
  for (int i = 0; i < 1000; ++i) {
    const std::string a = random.Sentence(6);
    const std::string b = random.Sentence(6);
    ASSERT_EQ(Compare(a, b), Compare(b, a)) << "round " << i << ": " << a << " / " << b;
  }
}

TEST(Score, IsHundredOnlyForEqualTexts) {
  EXPECT_EQ(Compare("Sild.", "Sild.").tenths, 1000);
  EXPECT_EQ(Compare("s\xCC\x8Cilas", "šilas").tenths, 1000) << "another normal form";
  EXPECT_EQ(Compare("a b", "a  b").tenths, 999) << "white space";
  EXPECT_EQ(Compare("data\xE2\x80\x8B"
                    "base x",
                    "data base x")
                .tenths,
            999)
      << "U+200B";
}

TEST(Score, IsNothingForTextsWithoutTokens) {
  EXPECT_EQ(Compare(" ", "\t").tenths, 0);
  EXPECT_EQ(Compare("", "a").tenths, 0);
}

TEST(DistanceLimit, IsTheLargestDistanceThatKeepsTheScore) {
  for (const std::int32_t weight : {50, 100, 350, 1250, 999950}) {
    for (const std::int32_t tenths : {1, 500, 700, 701, 899, 998, 999}) {
      const std::int32_t limit = DistanceLimit(weight, tenths);
      EXPECT_GE(SimilarityOf(limit, weight).tenths, tenths) << weight << ", " << tenths;
      EXPECT_LT(SimilarityOf(limit + 1, weight).tenths, tenths) << weight << ", " << tenths;
    }
    EXPECT_EQ(DistanceLimit(weight, 1000), -1);
  }
}

}  // namespace
}  // namespace sild::matching
