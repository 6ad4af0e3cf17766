#include "server/terms/term_text.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sild::terms {
namespace {

using ::testing::ElementsAre;

// Each token in its folded form behind its joint: nothing, space or hyphen.
std::string Read(const std::string& text) {
  const TermText read = ReadTermText(text);
  std::string result;
  for (const TermToken& token : read.tokens) {
    result += token.joint == Joint::kNothing ? "" : token.joint == Joint::kSpace ? " " : "-";
    result += "[" + std::string(read.Folded(token)) + "]";
  }
  return result;
}

std::vector<std::string> Ranges(const std::string& text) {
  std::vector<std::string> result;
  for (const TermToken& token : ReadTermText(text).tokens) {
    result.push_back(text.substr(token.range.begin, token.range.end - token.range.begin));
  }
  return result;
}

TEST(TermText, SetsAsideWhatDoesNotTellTermsApart) {
  EXPECT_EQ(Read("за\xCC\x81мок Ёлка"), " [замок] [елка]");
  EXPECT_EQ(Read("kesk\xC2\xADkond\xE2\x80\x8B"), " [keskkond]");
  EXPECT_EQ(Read("s\xCC\x8Cilas"), Read("Šilas"));
  EXPECT_EQ(Read("d’un dʼun d`un d'un"), " [d'un] [d'un] [d'un] [d'un]");
  EXPECT_EQ(Read("Euroopa\xC2\xA0Liit\xE2\x80\xAFon"), " [euroopa] [liit] [on]");
}

TEST(TermText, KeepsLettersThatTellWordsApart) {
  EXPECT_EQ(Read("į ą õ ä й"), " [į] [ą] [õ] [ä] [й]");
}

TEST(TermText, JoinsAtHyphensAndSymbols) {
  EXPECT_EQ(Read("Нью-Йорк a\xE2\x80\x91"
                 "b"),
            " [нью]-[йорк] [a]-[b]");
  EXPECT_EQ(Read("riigi- ja"), " [riigi][-] [ja]");
  EXPECT_EQ(Read("C++ ca. R&D 'a'"), " [c][+][+] [ca][.] [r][&][d] ['][a][']");
  EXPECT_EQ(Read("接口"), " [接][口]");
}

TEST(TermText, PointsIntoTheTextAsSent) {
  EXPECT_THAT(Ranges("За\xCC\x81мок — z\xCC\x8Cuvis-as\xCC\x8C."),
              ElementsAre("За\xCC\x81мок", "—", "z\xCC\x8Cuvis", "as\xCC\x8C", "."));
}

TEST(TermText, CountsCapitals) {
  const TermText read = ReadTermText("ELis Nato ÕÜ g7");
  EXPECT_EQ(read.tokens[0].leading_capitals, 2U);
  EXPECT_EQ(read.tokens[0].letters, 4U);
  EXPECT_TRUE(read.tokens[1].has_capital);
  EXPECT_EQ(read.tokens[2].leading_capitals, 2U);
  EXPECT_FALSE(read.tokens[3].has_capital);
}

}  // namespace
}  // namespace sild::terms
