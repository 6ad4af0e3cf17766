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
using test::PairCollector;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kHeader =
    "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n\n";

class PoReaderTest : public ::testing::Test {
 protected:
  // Reads in whole and byte by byte, which must give the same.
  std::vector<std::string> Read(const std::string& file) {
    found_ = {};
    status_ = test::ReadAll(*NewPoReader({}, found_), file);
    PairCollector pieces;
    test::ReadAll(*NewPoReader({}, pieces), file, 1).IgnoreError();
    EXPECT_EQ(found_.Told(), pieces.Told());
    EXPECT_EQ(found_.Issues(), pieces.Issues());
    return found_.Told();
  }

  PairCollector found_;
  absl::Status status_;
};

TEST_F(PoReaderTest, GivesPairsWithTheirPlaces) {
  EXPECT_THAT(Read(std::string(kHeader) +
                   "#. For the menu.\n#: menu.cc:12 menu.cc:40\nmsgid \"Bridge\"\nmsgstr \"Sild\"\n"
                   "\n#: b.cc:1\nmsgctxt \"verb\"\nmsgid \"Bridge\"\nmsgstr \"Sillata\"\n"),
              ElementsAre("menu.cc:12: Bridge > Sild", "verb: Bridge > Sillata"));
  EXPECT_THAT(status_, IsOk());
  EXPECT_THAT(found_.Issues(), IsEmpty());
  EXPECT_EQ(found_.pairs[0].line, 7);
  EXPECT_EQ(found_.pairs[1].line, 11);
}

TEST_F(PoReaderTest, JoinsLinesAndReadsEscapes) {
  EXPECT_THAT(Read("msgid \"\"\n\"One \\\"two\\\"\\n\"\n\"\\tthree\\\\ \\303\\265\\xc3\\xb5\"\n"
                   "msgstr \"Üks\"\r\n"),
              ElementsAre(": One \"two\"\n\tthree\\ õõ > Üks"));
}

TEST_F(PoReaderTest, PluralFormsGoWithThePlural) {
  EXPECT_THAT(Read("msgid \"%d bridge\"\nmsgid_plural \"%d bridges\"\nmsgstr[0] \"%d tiltas\"\n"
                   "msgstr[1] \"%d tiltai\"\nmsgstr[2] \"%d tiltų\"\n"),
              ElementsAre(": %d bridge > %d tiltas", ": %d bridges > %d tiltai",
                          ": %d bridges > %d tiltų"));
}

TEST_F(PoReaderTest, FuzzyAndUntranslatedEntriesHaveNoTarget) {
  EXPECT_THAT(Read("#, fuzzy, c-format\n#| msgid \"Bridges\"\nmsgid \"Bridge\"\nmsgstr \"Sillad\"\n"
                   "msgid \"Road\"\nmsgstr \"\"\n"
                   "#, c-format\nmsgid \"River\"\nmsgstr \"Jõgi\"\n"),
              ElementsAre(": Bridge > -", ": Road > -", ": River > Jõgi"));
}

TEST_F(PoReaderTest, LeavesOutHeaderAndObsoleteEntries) {
  EXPECT_THAT(Read(std::string(kHeader) +
                   "#, fuzzy\n#~ msgid \"Old\"\n#~ msgstr \"Vana\"\n"
                   "msgid \"Bridge\"\nmsgstr \"Sild\"\n#~| msgid \"x\"\n#~ msgid \"Older\"\n"),
              ElementsAre(": Bridge > Sild"));
}

TEST_F(PoReaderTest, ReadsTheCharsetOfTheHeader) {
  EXPECT_THAT(Read("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=windows-1251\\n\"\n\n"
                   "msgid \"Bridge\"\nmsgstr \"\xCC\xEE\xF1\xF2\"\n"),
              ElementsAre(": Bridge > Мост"));
  EXPECT_THAT(Read("\xEF\xBB\xBFmsgid \"Bridge\"\nmsgstr \"Мост\"\n"),
              ElementsAre(": Bridge > Мост"));
}

TEST_F(PoReaderTest, BadEntryIsAnIssueAndTheRestIsRead) {
  EXPECT_THAT(Read("msgid \"One\"\nmsgstr \"Üks\nmsgid \"Two\"\nmsgstr \"Kaks\"\n"
                   "msgstr \"Kolm\"\n\nwhat is this\n\nmsgid \"\xFF\"\nmsgstr \"x\"\n"
                   "\"stray\"\nmsgid \"Four\"\nmsgstr \"Neli\"\n"),
              ElementsAre(": Four > Neli"));
  EXPECT_THAT(found_.Issues(),
              ElementsAre(HasSubstr("!1: a string of the entry does not end with a quote"),
                          HasSubstr("!3: line 5 is no part of a catalogue: \"msgstr\""),
                          HasSubstr("!7: line 7 is no part of a catalogue: \"what is this\""),
                          HasSubstr("!9: the msgid has a byte that is not UTF-8")));
}

TEST_F(PoReaderTest, SaysWhatIsTooLong) {
  const std::string text(10'001, 'a');
  EXPECT_THAT(Read("msgid \"One\"\nmsgstr \"" + text + "\"\n"), IsEmpty());
  EXPECT_THAT(found_.Issues(),
              ElementsAre("!1: a msgstr is longer than 10000 characters; split it"));
  EXPECT_THAT(Read("msgid \"One\"\nmsgstr \"" + text.substr(1) + "\"\n"), testing::SizeIs(1));
  const std::string endless(1'100'000, 'a');
  EXPECT_THAT(Read("msgid \"" + endless + "\"\nmsgstr \"x\"\n\nmsgid \"b\"\nmsgstr \"c\"\n"),
              ElementsAre(": b > c"));
  EXPECT_THAT(found_.Issues(), ElementsAre(HasSubstr("line 1 is longer than 1000000 bytes")));
}

TEST_F(PoReaderTest, EmptyFileHasNoPairs) {
  EXPECT_THAT(Read(""), IsEmpty());
  EXPECT_THAT(Read("\n\n# only a comment\n"), IsEmpty());
  EXPECT_THAT(status_, IsOk());
}

}  // namespace
}  // namespace sild::formats
