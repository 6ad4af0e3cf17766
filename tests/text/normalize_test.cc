#include "server/text/normalize.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::text {
namespace {

const std::string kCaron = "\xCC\x8C";  // U+030C

TEST(Nfc, ComposesAndKeepsWhatIsComposed) {
  EXPECT_EQ(Nfc("s" + kCaron + "alis"), "šalis");
  EXPECT_EQ(Nfc("šalis"), "šalis");
  EXPECT_EQ(Nfc("plain"), "plain");
  EXPECT_EQ(Nfc("за\xCC\x81мок"), "за\xCC\x81мок") << "stress has no composed form in Cyrillic";
}

TEST(CollapseWhiteSpace, MakesOneSpaceOfEachRun) {
  EXPECT_EQ(CollapseWhiteSpace(" \ta\xC2\xA0 b\xE2\x80\xAF\xE3\x80\x80\r\nc\n"), "a b c");
  EXPECT_EQ(CollapseWhiteSpace("  "), "");
  EXPECT_EQ(CollapseWhiteSpace("a\xE2\x80\x8B"
                               "b"),
            "a\xE2\x80\x8B"
            "b")
      << "U+200B is no White_Space";
}

TEST(FoldCase, FoldsAllScripts) {
  EXPECT_EQ(FoldCase("ÕHTU ŽUVIS ЁЛКА Straße ΣΊΣΥΦΟΣ"), "õhtu žuvis ёлка strasse σίσυφοσ");
}

ByteRange Original(const std::string& text, std::string_view piece) {
  const NormalizedText normalized(text);
  const auto begin = static_cast<std::uint32_t>(normalized.text().find(piece));
  return normalized.ToOriginal({begin, begin + static_cast<std::uint32_t>(piece.size())});
}

TEST(NormalizedText, MapsRangesBack) {
  const std::string text = "as" + kCaron + " s" + kCaron + "uo z";
  EXPECT_EQ(Original(text, "aš"), (ByteRange{0, 4}));
  EXPECT_EQ(Original(text, "šuo"), (ByteRange{5, 10}));
  EXPECT_EQ(Original(text, "uo"), (ByteRange{8, 10}));
  EXPECT_EQ(Original(text, "z"), (ByteRange{11, 12}));
}

TEST(NormalizedText, MapsOffsetsForward) {
  const NormalizedText normalized("as" + kCaron + "b");
  EXPECT_EQ(normalized.FromOriginal(1), 1U);
  EXPECT_EQ(normalized.FromOriginal(2), 1U) << "inside what became one character";
  EXPECT_EQ(normalized.FromOriginal(4), 3U);
  EXPECT_EQ(normalized.FromOriginal(5), 4U);
}

TEST(NormalizedText, KeepsOffsetsOfComposedText) {
  const NormalizedText normalized("žąsis");
  EXPECT_EQ(normalized.ToOriginal({2, 4}), (ByteRange{2, 4}));
}

}  // namespace
}  // namespace sild::text
