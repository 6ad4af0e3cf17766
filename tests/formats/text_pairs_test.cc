#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/pairs.h"
#include "tests/formats/collect.h"
#include "tests/formats/tmx_files.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using test::PairCollector;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

TEST(TsvPairs, GivesALineAPair) {
  PairCollector found;
  ASSERT_THAT(test::ReadAll(*NewTsvPairReader({}, found),
                            "Bridge\tSild\r\n\nRoad\tTee\tignored\nRiver\t\n\t \nLast\tViimane"),
              IsOk());
  EXPECT_THAT(found.Told(),
              ElementsAre(": Bridge > Sild", ": Road > Tee", ": River > -", ": Last > Viimane"));
  EXPECT_EQ(found.pairs[1].line, 3);
  EXPECT_EQ(found.pairs[1].offset_bytes, 14);
  EXPECT_THAT(found.Issues(), IsEmpty());
}

TEST(TsvPairs, BadLineIsAnIssue) {
  PairCollector found;
  ASSERT_THAT(test::ReadAll(*NewTsvPairReader({}, found),
                            "Bridge Sild\na\t\xFF\n\x02\tb\n" + std::string(10'001, 'x') + "\ty\n" +
                                std::string(1'000'001, 'x') + "\nRoad\tTee\n",
                            1000),
              IsOk());
  EXPECT_THAT(found.Told(), ElementsAre(": Road > Tee"));
  EXPECT_THAT(found.Issues(),
              ElementsAre("!1: the line has no tab between a source and a translation",
                          HasSubstr("!2: the translation has a byte that is not UTF-8"),
                          HasSubstr("!3: the source has "),
                          "!4: the source is longer than 10000 characters; split it",
                          "!5: the line is longer than 1000000 bytes; split it"));
}

TEST(TsvPairs, ReadsUtf16) {
  std::string file = "\xFF\xFE";
  for (const char c : std::string("a\tb\n")) {
    file += c;
    file += '\0';
  }
  PairCollector found;
  ASSERT_THAT(test::ReadAll(*NewTsvPairReader({}, found), file, 3), IsOk());
  EXPECT_THAT(found.Told(), ElementsAre(": a > b"));
}

TEST(TextPairs, LinesHaveNoSource) {
  PairCollector found;
  ASSERT_THAT(test::ReadAll(*NewTextReader({}, found), "\xEF\xBB\xBFÜks\tkaks\n  \nKolm"), IsOk());
  EXPECT_THAT(found.Told(), ElementsAre(":  > Üks\tkaks", ":  > Kolm"));
  EXPECT_EQ(found.pairs[1].line, 3);
}

TEST(TmxPairs, TakesUnitsThatHaveBothLanguages) {
  const std::string file = R"(<tmx version="1.4"><header srclang="en"/><body>
    <tu tuid="u1"><tuv xml:lang="en-GB"><seg>Bridge</seg></tuv>
      <tuv xml:lang="lt"><seg>Tiltas</seg></tuv><tuv xml:lang="et"><seg>Sild</seg></tuv></tu>
    <tu><tuv xml:lang="en"><seg>Road</seg></tuv><tuv xml:lang="lt"><seg>Kelias</seg></tuv></tu>
    <tu><tuv xml:lang="ru"><seg>Река</seg></tuv><tuv xml:lang="et"><seg>Jõgi</seg></tuv></tu>
    </body></tmx>)";
  const auto tag = [](const char* language) { return LanguageTag::FromCanonical(language); };
  PairCollector found;
  ASSERT_THAT(test::ReadAll(*NewTmxPairReader({}, {tag("en"), tag("et")}, found), file), IsOk());
  EXPECT_THAT(found.Told(), ElementsAre("u1: Bridge > Sild"));
  EXPECT_EQ(found.pairs[0].line, 2);
  PairCollector any;
  ASSERT_THAT(test::ReadAll(*NewTmxPairReader({}, {{}, tag("et")}, any), file), IsOk());
  EXPECT_THAT(any.Told(), ElementsAre("u1:  > Sild", ":  > Jõgi"));
}

}  // namespace
}  // namespace sild::formats
