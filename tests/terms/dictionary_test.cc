#include "server/terms/dictionary.h"

#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::terms {
namespace {

using test::IsOk;
using test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

Dictionary Read(const std::string& affixes, const std::string& words) {
  auto dictionary = Dictionary::Parse(affixes, words, "xx");
  EXPECT_THAT(dictionary, IsOk());
  return *std::move(dictionary);
}

// All forms of the entries whose lemma is `word`, the lemma left out.
std::vector<std::string> FormsOf(const Dictionary& dictionary, const std::string& word) {
  std::vector<std::string> forms;
  for (const DictionaryEntry& entry : dictionary.Find(word)) {
    for (const std::uint16_t paradigm : entry.paradigms) {
      dictionary.AppendForms(entry.lemma, paradigm, forms);
    }
  }
  return forms;
}

std::vector<std::string> LemmasOf(const Dictionary& dictionary, const std::string& form) {
  std::vector<std::string> lemmas;
  for (const DictionaryEntry& entry : dictionary.EntriesWithForm(form)) {
    lemmas.emplace_back(entry.lemma);
  }
  return lemmas;
}

constexpr const char* kLithuanian =
    "SET UTF-8\n"
    "# nouns\n"
    "SFX D Y 4\n"
    "SFX D as o as\n"
    "SFX D as ą [^ij]as\n"
    "SFX D tis čio tis # t becomes č\n"
    "SFX D 0 s .\n"
    "PFX N Y 1\n"
    "PFX N 0 ne .\n";

TEST(Dictionary, MakesTheFormsOfALemma) {
  const Dictionary dictionary = Read(kLithuanian, "3\nkaras/DN\nvėjas/D\nmokestis/D po:noun\n");
  EXPECT_THAT(FormsOf(dictionary, "karas"), UnorderedElementsAre("karo", "karą", "karass"));
  EXPECT_THAT(FormsOf(dictionary, "vėjas"), UnorderedElementsAre("vėjo", "vėjass"));
  EXPECT_THAT(FormsOf(dictionary, "mokestis"), UnorderedElementsAre("mokesčio", "mokestiss"));
  EXPECT_THAT(FormsOf(dictionary, "karo"), IsEmpty());
}

TEST(Dictionary, FindsTheLemmasOfAForm) {
  const Dictionary dictionary = Read(kLithuanian, "2\nkaras/DN\nvėjas/D\n");
  EXPECT_THAT(LemmasOf(dictionary, "karą"), ElementsAre("karas"));
  EXPECT_THAT(LemmasOf(dictionary, "vėją"), IsEmpty());  // The condition is not met.
  EXPECT_THAT(LemmasOf(dictionary, "karas"), IsEmpty());
  EXPECT_TRUE(dictionary.HasForm("karas"));
  EXPECT_TRUE(dictionary.HasForm("karo"));
  EXPECT_FALSE(dictionary.HasForm("nekaro"));  // Prefixes make other words.
  EXPECT_FALSE(dictionary.HasForm(""));
  EXPECT_FALSE(dictionary.HasForm(std::string(10'000, 'o')));
}

TEST(Dictionary, FoldsWordsAndKeepsWhetherTheyHaveCapitals) {
  const Dictionary dictionary =
      Read("SET UTF-8\nSFX A Y 1\nSFX A ёк ька [лн]ёк\n", "2\nКоролёк/A\nкоролек\n");
  const std::vector<DictionaryEntry> entries = dictionary.Find("королек");
  ASSERT_EQ(entries.size(), 2U);
  EXPECT_TRUE(entries[0].has_capital);
  EXPECT_FALSE(entries[1].has_capital);
  EXPECT_THAT(FormsOf(dictionary, "королек"), ElementsAre("королька"));
}

TEST(Dictionary, ReadsTheEncodingsOfTheLanguages) {
  EXPECT_TRUE(
      Read("SET ISO8859-15\nSFX a Y 1\nSFX a 0 i .\n", "1\nsa\xA8\xF5\xB8/a\n").HasForm("sašõži"));
  EXPECT_TRUE(Read("SET ISO8859-13\nSFX D Y 1\nSFX D as \xE0 as\n",
                   "1\n\xFE\xFB\xF0\xEB"
                   "as/D\n")
                  .HasForm("žūšėą"));
  EXPECT_TRUE(
      Read("SET KOI8-R\nSFX K Y 1\nSFX K 0 \xC1 \xD4\n", "1\n\xCB\xCF\xD4/K\n").HasForm("кота"));
  EXPECT_TRUE(Read("\xEF\xBB\xBFSET UTF-8\r\nSFX K Y 1\r\nSFX K 0 а т\r\n", "1\r\nкот/K\r\n")
                  .HasForm("кота"));
}

TEST(Dictionary, ReadsFlagsOfAllKinds) {
  EXPECT_TRUE(Read("FLAG long\nSFX aB Y 1\nSFX aB 0 s .\n", "1\ncat/xYaB\n").HasForm("cats"));
  EXPECT_TRUE(Read("FLAG num\nSFX 1000 Y 1\nSFX 1000 0 s .\n", "1\ncat/7,1000\n").HasForm("cats"));
  EXPECT_FALSE(
      Read("SFX 1 Y 1\nSFX 1 0 s .\nFORBIDDENWORD !\n", "2\ndog/1\ncat/1!\n").HasForm("cats"));
}

TEST(Dictionary, KeepsFlagsWithoutRulesApart) {
  const Dictionary dictionary =
      Read("SFX A Y 0\nSFX B Y 1\nSFX B 0 s .\nSFX C Y 0\n", "2\ncat/AC\ndog/ABC\n");
  EXPECT_THAT(FormsOf(dictionary, "cat"), IsEmpty());
  EXPECT_THAT(FormsOf(dictionary, "dog"), ElementsAre("dogs"));
}

TEST(Dictionary, HasAVersionThatChangesWithEitherFile) {
  const std::string version = Read("SET UTF-8\n", "1\ncat\n").version();
  EXPECT_EQ(version.size(), 32U);
  EXPECT_EQ(Read("SET UTF-8\n", "1\ncat\n").version(), version);
  EXPECT_NE(Read("SET UTF-8\n", "1\ncar\n").version(), version);
  EXPECT_NE(Read("SET UTF-8\n\n", "1\ncat\n").version(), version);
}

struct Malformed {
  const char* affixes;
  const char* words;
  const char* problem;
};

TEST(Dictionary, RefusesMalformedFilesWithFileAndLine) {
  const std::vector<Malformed> files{
      {"SET EBCDIC-ODD\n", "1\ncat\n", "xx.aff: unknown encoding EBCDIC-ODD"},
      {"SET UTF-8\nSFX A Y\n", "1\ncat\n", "xx.aff:2: must be SFX or PFX"},
      {"SFX A Y many\n", "1\ncat\n", "xx.aff:1: must be SFX or PFX"},
      {"SFX A Y 2\nSFX A 0 s .\n", "1\ncat\n", "xx.aff:2: 1 rules of a flag are missing"},
      {"SFX A Y 1\nSFX A 0\n", "1\ncat\n", "xx.aff:2: must be a rule"},
      {"SFX A Y 1\nPFX A 0 s .\n", "1\ncat\n", "xx.aff:2: must be a rule"},
      {"SFX A Y 1\nSFX A 0 s [ab\n", "1\ncat\n", "xx.aff:2: a set of characters without an end"},
      {"SET UTF-8\n\n# \xFF\n", "1\ncat\n", "xx.aff:3: a byte that is not UTF-8"},
      {"FLAG octal\n", "1\ncat\n", "xx.aff:1: FLAG is neither"},
      {"AF 1\n", "1\ncat\n", "xx.aff:1: numbers for sets of flags (AF) are not supported"},
      {"FLAG long\nFORBIDDENWORD abc\n", "1\ncat\n", "xx.aff:2: flags of two characters"},
      {"", "cat\n", "xx.dic:1: must be the number of entries"},
      {"", "1\n", "xx.dic:1: there are no entries"},
      {"", "", "xx.dic:0: there are no entries"},
      {"SET UTF-8\n", "2\ncat\nd\xC3", "xx.dic:3: a byte that is not UTF-8"},
      {"FLAG num\n", "1\ncat/1,b\n", "xx.dic:2: a flag that is not a number"},
      {"FLAG long\n", "1\ncat/abc\n", "xx.dic:2: flags of two characters"},
  };
  for (const Malformed& file : files) {
    EXPECT_THAT(Dictionary::Parse(file.affixes, file.words, "xx"),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr(file.problem)));
  }
  EXPECT_THAT(
      Dictionary::Parse("", "1\n" + std::string(70'000, 'a') + "\n", "xx"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("xx.dic:2: an entry that is")));
}

TEST(Dictionary, SaysWhichFileIsMissing) {
  EXPECT_THAT(Dictionary::Load("/nonexistent/et_EE"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("et_EE.aff")));
}

}  // namespace
}  // namespace sild::terms
