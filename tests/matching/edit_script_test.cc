#include "server/matching/edit_script.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/matching/score.h"
#include "tests/matching/random_text.h"

namespace sild::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::string Cut(const std::string& text, ByteRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

std::vector<Edit> Edits(const std::string& stored, const std::string& query) {
  const auto a = text::Tokenize(stored);
  const auto b = text::Tokenize(query);
  TokenAligner aligner;
  return MakeEditScript(a, b, aligner.Distance(a, b, 1 << 20), aligner);
}

// Each edit as "FORM 55 sild>silla@4".
std::vector<std::string> Script(const std::string& stored, const std::string& query) {
  static constexpr const char* kKinds[] = {"",       "CASE", "FORM",       "WORD",
                                           "NUMBER", "TAG",  "PUNCTUATION"};
  std::vector<std::string> lines;
  for (const Edit& edit : Edits(stored, query)) {
    lines.push_back(std::string(kKinds[static_cast<int>(edit.kind)]) + " " +
                    std::to_string(edit.points) + " " + Cut(stored, edit.unit_range) + ">" +
                    Cut(query, edit.query_range) + "@" + std::to_string(edit.unit_range.begin));
  }
  return lines;
}

TEST(EditScript, NamesWhatDiffers) {
  EXPECT_THAT(Script("The old bridge, 7 <b>m</b>", "the bridges 8 <i>m</b>!"),
              ElementsAre("CASE 30 The>the@0", "WORD 100 old>@4", "FORM 49 bridge>bridges@8",
                          "PUNCTUATION 50 ,>@14", "NUMBER 30 7>8@16", "TAG 50 <b>><i>@18",
                          "PUNCTUATION 50 >!@26"));
}

TEST(EditScript, TellsMarksFromCase) {
  EXPECT_THAT(Script("„Sild“ - ta", "\"sild\" – TA"),
              ElementsAre("PUNCTUATION 15 „>\"@0", "CASE 30 Sild>sild@3", "PUNCTUATION 15 “>\"@7",
                          "PUNCTUATION 15 ->–@11", "CASE 30 ta>TA@13"));
  EXPECT_THAT(Script("don't за\u0301мок", "don’t замок"),
              ElementsAre("FORM 30 don't>don’t@0", "FORM 30 за\u0301мок>замок@6"));
}

TEST(EditScript, IsEmptyIfOnlyWhiteSpaceDiffers) { EXPECT_THAT(Script("a  b", "a b"), IsEmpty()); }

TEST(EditScript, PointsIntoBothTextsAsSent) {
  EXPECT_THAT(Script("Z\xCC\x8Cuvis s\xCC\x8Cilas", "Žuvis šalis"),
              ElementsAre("FORM 64 s\xCC\x8Cilas>šalis@8"));
}

TEST(EditScript, ReplacesBeforeItDeletesBeforeItInserts) {
  EXPECT_THAT(Script("xx yy", "zz"), ElementsAre("WORD 100 xx>@0", "WORD 100 yy>zz@3"));
  EXPECT_THAT(Script("zz", "xx yy"), ElementsAre("WORD 100 >xx@0", "WORD 100 zz>yy@0"));
}

TEST(EditScript, InsertsAtTheEndOfAnEmptyText) {
  EXPECT_THAT(Script("", "Sild"), ElementsAre("WORD 100 >Sild@0"));
}

// Puts the query's tokens where the edits say, and keeps the others.
std::vector<std::string> Applied(const std::string& stored, const std::string& query) {
  std::vector<std::string> result;
  const std::vector<Edit> edits = Edits(stored, query);
  std::size_t next = 0;
  const auto take_insertions = [&](std::uint32_t place) {
    while (next < edits.size() && edits[next].operation == EditOperation::kInsert &&
           edits[next].unit_range.begin <= place) {
      result.push_back(Cut(query, edits[next++].query_range));
    }
  };
  for (const text::Token& token : text::Tokenize(stored).tokens) {
    take_insertions(token.range.begin);
    if (next < edits.size() && edits[next].unit_range == token.range) {
      if (edits[next].operation == EditOperation::kReplace) {
        result.push_back(Cut(query, edits[next].query_range));
      }
      ++next;
    } else {
      result.push_back(Cut(stored, token.range));
    }
  }
  take_insertions(~0U);
  return result;
}

std::vector<std::string> Normalized(const std::vector<std::string>& texts) {
  std::vector<std::string> result;
  for (const std::string& text : texts) {
    result.push_back(text::Tokenize(text).normal);
  }
  return result;
}

TEST(EditScript, TurnsTheStoredTextIntoTheQuery) {
  test::RandomText random(6);
  for (int i = 0; i < 3000; ++i) {
    const std::string stored = random.Sentence(8);
    const std::string query = random.Sentence(8);
    std::vector<std::string> tokens;
    for (const text::Token& token : text::Tokenize(query).tokens) {
      tokens.push_back(Cut(query, token.range));
    }
    ASSERT_EQ(Normalized(Applied(stored, query)), Normalized(tokens)) << stored << " / " << query;
  }
}

TEST(EditScript, SumsToTheDistance) {
  test::RandomText random(7);
  for (int i = 0; i < 3000; ++i) {
    const std::string stored = random.Sentence(8);
    const std::string query = random.Sentence(8);
    std::int32_t points = 0;
    for (const Edit& edit : Edits(stored, query)) {
      points += edit.points;
    }
    const Similarity similarity = Compare(query, stored);
    ASSERT_EQ(points, similarity.distance) << stored << " / " << query;
  }
}

}  // namespace
}  // namespace sild::matching
