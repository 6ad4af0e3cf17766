#include "server/text/tokens.h"

#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/text/normalize.h"
#include "server/text/utf8.h"

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

// Text of characters that compose, reorder, join and combine in every way.
std::string RandomUnicode(std::mt19937& random) {
  static constexpr char32_t kChars[] = {
      'a',     'S',     '1',     ' ',    '.',    '-',    '<',    '&',    ';',     '%',
      0xAD,    0xE9,    0x301,   0x30C,  0x316,  0x345,  0x338,  0x430,  0x438,   0x306,
      0x1100,  0x1161,  0x11A8,  0xAC00, 0x212B, 0x2126, 0x200D, 0x200B, 0x1F468, 0x1F3FD,
      0x1F1EA, 0xFE0F,  0x304B,  0x3099, 0xE17,  0xE35,  0xE48,  0xFB1D, 0x5E9,   0x5BC,
      0x2F800, 0x1D15E, 0x10400, 0x958,  0x340,  0x387,  0x3000};
  std::string text;
  for (std::size_t n = random() % 12; n > 0; --n) {
    AppendChar(kChars[random() % std::size(kChars)], text);
  }
  return text;
}

TEST(Tokenize, CutsAnyTextAtCharacters) {
  std::mt19937 random(11);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = RandomUnicode(random);
    const TokenizedText tokenized = Tokenize(text);
    std::uint32_t end = 0;
    for (const Token& token : tokenized.tokens) {
      ASSERT_LT(token.range.begin, token.range.end) << text;
      ASSERT_LE(token.range.end, text.size()) << text;
      ASSERT_TRUE(IsCharStart(text[token.range.begin])) << text;
      ASSERT_TRUE(token.range.end == text.size() || IsCharStart(text[token.range.end])) << text;
      ASSERT_GE(token.range.end, end) << text;
      ASSERT_FALSE(tokenized.Folded(token).empty()) << text;
      ASSERT_EQ(token.folded_chars, CountChars(tokenized.Folded(token))) << text;
      end = token.range.end;
    }
    ASSERT_EQ(Tokens(Nfc(text)), Tokens(text)) << text;
  }
}

TEST(Tokenize, TakesNothingOfNothing) { EXPECT_TRUE(Tokenize(" \t\n").tokens.empty()); }

}  // namespace
}  // namespace sild::text
