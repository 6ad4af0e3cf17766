#include "server/text/tokens.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::text {
namespace {

using ::testing::ElementsAre;

// Each token as class, surface and, if it differs, folded form: "w:Open=open".
std::vector<std::string> Tokens(std::string_view text) {
  const TokenizedText tokenized = Tokenize(text);
  std::vector<std::string> result;
  for (const Token& token : tokenized.tokens) {
    const std::string surface(tokenized.Surface(token));
    const std::string folded(tokenized.Folded(token));
    result.push_back(std::string(1, "wntp"[static_cast<int>(token.token_class)]) + ":" + surface +
                     (folded == surface ? "" : "=" + folded));
  }
  return result;
}

// What the tokens cover in the text as sent.
std::vector<std::string> Ranges(const std::string& text) {
  std::vector<std::string> result;
  for (const Token& token : Tokenize(text).tokens) {
    result.push_back(text.substr(token.range.begin, token.range.end - token.range.begin));
  }
  return result;
}

TEST(Tokenize, TellsClassesApart) {
  EXPECT_THAT(Tokens("Save 12 <b>files</b>!"),
              ElementsAre("w:Save=save", "n:12", "t:<b>", "w:files", "t:</b>", "p:!"));
}

TEST(Tokenize, KeepsJoinedWordsWhole) {
  EXPECT_THAT(Tokens("S&ave user’s file_name O'"),
              ElementsAre("w:S&ave=s&ave", "w:user’s=user's", "w:file_name", "w:O=o", "p:'"));
}

TEST(Tokenize, SplitsAtHyphens) {
  EXPECT_THAT(Tokens("Нью-Йорк"), ElementsAre("w:Нью=нью", "p:-", "w:Йорк=йорк"));
}

TEST(Tokenize, KeepsNumbersWhole) {
  EXPECT_THAT(Tokens("1\xC2\xA0"
                     "250,00 10:30 3.5mm 1. 2"),
              ElementsAre("n:1\xC2\xA0"
                          "250,00",
                          "n:10:30", "w:3.5mm", "n:1", "p:.", "n:2"));
}

TEST(Tokenize, FoldsTypographicVariants) {
  EXPECT_THAT(Tokens("„a“ «b» ‘c’ – … ..."),
              ElementsAre("p:„=\"", "w:a", "p:“=\"", "p:«=\"", "w:b", "p:»=\"", "p:‘='", "w:c",
                          "p:’='", "p:–=-", "p:…", "p:...=…"));
}

TEST(Tokenize, SetsStressAndSoftHyphenAside) {
  EXPECT_THAT(Tokens("за\xCC\x81мок ma\xC2\xAD"
                     "ja"),
              ElementsAre("w:за\xCC\x81мок=замок",
                          "w:ma\xC2\xAD"
                          "ja=maja"));
}

TEST(Tokenize, KeepsLettersThatDiffer) {
  EXPECT_THAT(Tokens("Ёлка äke"), ElementsAre("w:Ёлка=ёлка", "w:äke"));
}

TEST(Tokenize, TakesPlaceholders) {
  EXPECT_THAT(
      Tokens("%s %1$d %n %1 %L1 %(x)s %{x} %PRODUCTNAME {0} {name} ${x} $(x) $x &lt; &#160;"),
      ElementsAre("t:%s", "t:%1$d", "t:%n", "t:%1", "t:%L1", "t:%(x)s", "t:%{x}", "t:%PRODUCTNAME",
                  "t:{0}", "t:{name}", "t:${x}", "t:$(x)", "t:$x", "t:&lt;", "t:&#160;"));
}

TEST(Tokenize, LeavesWhatOnlyLooksLikePlaceholders) {
  EXPECT_THAT(Tokens("100% a<b %123 $5"),
              ElementsAre("n:100", "p:%", "w:a", "p:<", "w:b", "p:%", "n:123", "p:$", "n:5"));
}

TEST(Tokenize, MakesWordsOfClustersInUnspacedScripts) {
  EXPECT_THAT(Tokens("USB接口が"), ElementsAre("w:USB=usb", "w:接", "w:口", "w:が"));
  EXPECT_THAT(Tokens("ที่"), ElementsAre("w:ที่"));
}

TEST(Tokenize, KeepsEmojiWhole) {
  EXPECT_THAT(Tokens("👩‍👩‍👧👍🏽❤️❤️🇪🇪🇱🇹"),
              ElementsAre("p:👩‍👩‍👧", "p:👍🏽", "p:❤️❤️", "p:🇪🇪", "p:🇱🇹"));
}

TEST(Tokenize, SeparatesAtWhatCannotBeSeen) {
  EXPECT_THAT(Tokens("a\xE2\x80\x8B"
                     "b \xE2\x80\x8Fשלום"),
              ElementsAre("w:a", "w:b", "w:שלום"));
}

TEST(Tokenize, PointsIntoTheTextAsSent) {
  EXPECT_THAT(Ranges("  As\xCC\x8C z\xCC\x8Cinau."),
              ElementsAre("As\xCC\x8C", "z\xCC\x8Cinau", "."));
  EXPECT_THAT(Ranges("Šalis — „namas“"), ElementsAre("Šalis", "—", "„", "namas", "“"));
}

TEST(Tokenize, IsTheSameForBothNormalForms) {
  EXPECT_EQ(Tokens("s\xCC\x8C"
                   "alis"),
            Tokens("šalis"));
}

TEST(Tokenize, TakesNothingOfNothing) { EXPECT_TRUE(Tokenize(" \t\n").tokens.empty()); }

}  // namespace
}  // namespace sild::text
