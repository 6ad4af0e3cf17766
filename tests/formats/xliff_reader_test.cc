#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/pairs.h"
#include "tests/formats/collect.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::PairCollector;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// A file of XLIFF 1.2 with these units.
std::string File12(const std::string& units,
                   const std::string& languages = R"(source-language="en" target-language="et")") {
  return R"(<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">)"
         "\n<file original=\"a.html\" " +
         languages + ">\n<header><note>x</note></header><body>\n" + units +
         "</body></file></xliff>";
}

// A file of XLIFF 2.0 with these units.
std::string File20(const std::string& units) {
  return R"(<xliff version="2.0" srcLang="en" trgLang="et" )"
         R"(xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f1">)" +
         units + "</file></xliff>";
}

class XliffReaderTest : public ::testing::Test {
 protected:
  // Reads in whole and in small pieces, which must give the same.
  std::vector<std::string> Read(const std::string& file) {
    const PairLanguages languages{LanguageTag::FromCanonical("en"),
                                  LanguageTag::FromCanonical("et")};
    found_ = {};
    status_ = test::ReadAll(*NewXliffReader({}, languages, found_), file);
    PairCollector pieces;
    test::ReadAll(*NewXliffReader({}, languages, pieces), file, 7).IgnoreError();
    EXPECT_EQ(found_.Told(), pieces.Told());
    EXPECT_EQ(found_.Issues(), pieces.Issues());
    return found_.Told();
  }

  PairCollector found_;
  absl::Status status_;
};

TEST_F(XliffReaderTest, GivesAUnitAPair) {
  EXPECT_THAT(Read(File12("<group id=\"g\"><trans-unit id=\"u1\"><source>A bridge</source>\n"
                          "<target>Sild</target></trans-unit></group>\n"
                          "<trans-unit id=\"u2\"><source>A road</source></trans-unit>")),
              ElementsAre("u1: A bridge > Sild", "u2: A road > -"));
  EXPECT_THAT(status_, IsOk());
  EXPECT_THAT(found_.Issues(), IsEmpty());
  EXPECT_EQ(found_.pairs[0].document, "a.html");
  EXPECT_EQ(found_.pairs[0].line, 4);
  EXPECT_EQ(found_.pairs[1].line, 6);
}

TEST_F(XliffReaderTest, InlineElementsAreTagsBesideTheText) {
  Read(
      File12("<trans-unit id=\"u\"><source>A <g id=\"1\" ctype=\"bold\">big</g> <x id=\"2\"/>"
             "<bpt id=\"3\">&lt;i></bpt>bridge<ept id=\"3\">&lt;/i></ept></source>"
             "<target><g id=\"1\">Suur</g> sild</target></trans-unit>"));
  ASSERT_EQ(found_.pairs.size(), 1U);
  const Segment& source = found_.pairs[0].source;
  EXPECT_EQ(source.text, "A big bridge");
  ASSERT_EQ(source.tags.size(), 5U);
  EXPECT_EQ(source.tags[0].kind, TagKind::kOpen);
  EXPECT_EQ(source.tags[0].type, "bold");
  EXPECT_EQ(source.tags[0].id, 1);
  EXPECT_EQ(source.tags[1].pair, source.tags[0].pair);
  EXPECT_EQ(source.tags[2].kind, TagKind::kPlaceholder);
  EXPECT_EQ(source.tags[3].data, "<i>");
  EXPECT_EQ(source.tags[3].kind, TagKind::kOpen);
  EXPECT_EQ(source.tags[4].kind, TagKind::kClose);
  EXPECT_EQ(source.tags[4].pair, source.tags[3].pair);
  EXPECT_EQ(found_.pairs[0].target->text, "Suur sild");
}

TEST_F(XliffReaderTest, DividedUnitGivesAPairForEachPart) {
  EXPECT_THAT(Read(File12("<trans-unit id=\"u\"><source>One. Two.</source><seg-source>"
                          "<g id=\"1\"><mrk mtype=\"seg\" mid=\"1\">One.</mrk></g> "
                          "<mrk mtype=\"seg\" mid=\"2\">Two <x id=\"2\"/>.</mrk></seg-source>"
                          "<target><g id=\"1\"><mrk mtype=\"seg\" mid=\"1\">Üks.</mrk></g> "
                          "<mrk mtype=\"seg\" mid=\"2\"/></target></trans-unit>")),
              ElementsAre("u/1: One. > Üks.", "u/2: Two . > -"));
}

TEST_F(XliffReaderTest, PartsThatDoNotAnswerEachOtherAreOnePair) {
  EXPECT_THAT(Read(File12("<trans-unit id=\"u\"><source>One. Two.</source><seg-source>"
                          "<mrk mtype=\"seg\" mid=\"1\">One.</mrk> "
                          "<mrk mtype=\"seg\" mid=\"2\">Two.</mrk></seg-source>"
                          "<target><mrk mtype=\"seg\" mid=\"1\">Üks, kaks.</mrk></target>"
                          "</trans-unit>")),
              ElementsAre("u: One. Two. > Üks, kaks."));
}

TEST_F(XliffReaderTest, PartsThatDoNotAnswerEachOtherMayNotBeLongerTogetherThanASegment) {
  const std::string half(6'000, 'a');
  const auto unit = [&](const std::string& second) {
    return File12(
        "<trans-unit id=\"u\"><source>One.</source><seg-source>"
        "<mrk mtype=\"seg\" mid=\"1\">One</mrk><mrk mtype=\"seg\" mid=\"2\">.</mrk>"
        "</seg-source><target><mrk mtype=\"seg\" mid=\"1\">" +
        half + "</mrk><mrk mtype=\"seg\" mid=\"" + second + "\">" + half +
        "</mrk></target></trans-unit>");
  };
  EXPECT_THAT(Read(unit("3")), IsEmpty());
  EXPECT_THAT(found_.Issues(),
              ElementsAre("!4: a segment is longer than 10000 characters; split it"));
  EXPECT_THAT(Read(unit("2")), ElementsAre("u/1: One > " + half, "u/2: . > " + half));
  EXPECT_THAT(found_.Issues(), IsEmpty());
}

TEST_F(XliffReaderTest, ReadsSegmentsOfXliff2) {
  EXPECT_THAT(Read(File20("<unit id=\"u\"><originalData><data id=\"d\">&lt;b></data></originalData>"
                          "<notes><note>n</note></notes>"
                          "<segment id=\"s1\"><source>A <pc id=\"1\">bridge</pc>.</source>"
                          "<target><pc id=\"1\">Sild</pc>.</target></segment>"
                          "<ignorable><source> </source></ignorable>"
                          "<segment state=\"initial\"><source>A road.</source>"
                          "<target>A road.</target></segment></unit>")),
              ElementsAre("u/s1: A bridge. > Sild.", "u: A road. > -"));
  EXPECT_EQ(found_.pairs[0].document, "f1");
}

TEST_F(XliffReaderTest, ReadsCodesOfXliff2) {
  Read(
      File20("<unit id=\"u\"><segment><source><sc id=\"1\" dataRef=\"d\"/>a<ph id=\"2\"/>"
             "<ec startRef=\"1\"/><mrk id=\"m\" type=\"term\">b</mrk><cp hex=\"001F\"/></source>"
             "</segment></unit>"));
  ASSERT_EQ(found_.pairs.size(), 1U);
  const Segment& source = found_.pairs[0].source;
  EXPECT_EQ(source.text, "ab");
  ASSERT_EQ(source.tags.size(), 6U);
  EXPECT_EQ(source.tags[0].kind, TagKind::kOpen);
  EXPECT_EQ(source.tags[1].data, "<ph id=\"2\"/>");
  EXPECT_EQ(source.tags[1].id, 2);
  EXPECT_EQ(source.tags[2].kind, TagKind::kClose);
  EXPECT_EQ(source.tags[2].pair, source.tags[0].pair);
}

TEST_F(XliffReaderTest, WhatIsNotTranslatedHasNoTarget) {
  EXPECT_THAT(Read(File12("<trans-unit id=\"a\"><source>A</source><target/></trans-unit>"
                          "<trans-unit id=\"b\"><source>B</source>"
                          "<target state=\"new\">B</target></trans-unit>"
                          "<trans-unit id=\"c\"><source>C</source>"
                          "<target state=\"needs-translation\">C</target></trans-unit>"
                          "<trans-unit id=\"d\"><source>D</source>"
                          "<target state=\"translated\">Dee</target></trans-unit>")),
              ElementsAre("a: A > -", "b: B > -", "c: C > -", "d: D > Dee"));
}

TEST_F(XliffReaderTest, LeavesOutWhatIsNoUnitToTranslate) {
  EXPECT_THAT(Read(File12("<trans-unit id=\"a\" translate=\"no\"><source>A</source>"
                          "<target>A</target></trans-unit>"
                          "<group translate=\"no\"><trans-unit id=\"b\"><source>B</source>"
                          "</trans-unit></group>"
                          "<trans-unit id=\"c\"><source>C</source><target>Tsee</target>"
                          "<alt-trans><source>x</source><target>y</target></alt-trans>"
                          "<note>n</note></trans-unit>")),
              ElementsAre("c: C > Tsee"));
}

TEST_F(XliffReaderTest, FileInOtherLanguagesIsAnIssue) {
  const std::string unit = "<trans-unit id=\"u\"><source>A</source><target>B</target></trans-unit>";
  EXPECT_THAT(Read(File12(unit, R"(source-language="en-GB" target-language="et_EE")")),
              ElementsAre("u: A > B"));
  EXPECT_THAT(Read(File12(unit, R"(source-language="en")")), ElementsAre("u: A > B"));
  EXPECT_THAT(Read(File12(unit, R"(source-language="en" target-language="ru")")), IsEmpty());
  EXPECT_THAT(found_.Issues(),
              ElementsAre("!2: target-language is \"ru\", not et; what stands there was left "
                          "out"));
}

TEST_F(XliffReaderTest, BadUnitIsAnIssueAndTheRestIsRead) {
  EXPECT_THAT(Read(File12("<trans-unit id=\"long\"><source>" + std::string(10'001, 'a') +
                          "</source><target>b</target></trans-unit>\n"
                          "<trans-unit id=\"u\"><source>A</source><source>B</source>"
                          "<target>C</target></trans-unit>")),
              ElementsAre("u: A > C"));
  EXPECT_THAT(found_.Issues(),
              ElementsAre("!4: a segment is longer than 10000 characters; split it",
                          "5: a second source was left out"));
}

TEST_F(XliffReaderTest, SaysWhereAFileCannotBeRead) {
  EXPECT_THAT(Read(File12("<trans-unit id=\"u\"><source>A</source></trans-unit>\n</wrong>")),
              ElementsAre("u: A > -"));
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line 5")));
  Read("<tmx/>");
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("no XLIFF file")));
  Read("");
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("empty")));
}

TEST_F(XliffReaderTest, UnitThatNeverEndsHoldsABoundedNumberOfBytes) {
  std::string file = File12("<trans-unit id=\"u\"><source>");
  file.resize(file.find("</body>"));
  for (int i = 0; i < 200'000; ++i) {
    file += "<g id=\"1\">abc</g>";
  }
  EXPECT_THAT(Read(file), IsEmpty());
}

}  // namespace
}  // namespace sild::formats
