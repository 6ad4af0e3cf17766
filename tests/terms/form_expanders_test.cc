#include "server/terms/form_expanders.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/term_patterns.h"
#include "server/terms/word_forms.h"
#include "tests/support/status_matchers.h"
#include "tests/support/temp_dir.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;
using test::IsOk;
using test::StatusIs;
using test::TempDir;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

// The expanders with the dictionaries of the system, read once; null if one is missing.
const FormExpanders* SystemExpanders() {
  static const std::vector<fs::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  static const auto expanders = FormExpanders::Load(directories, MissingDictionary::kFail);
  return expanders.ok() ? expanders->get() : nullptr;
}

std::vector<std::string> Expand(const FormExpanders& expanders, const std::string& language,
                                const std::string& word) {
  std::vector<std::string> texts;
  for (const Form& form : expanders.For({language}).Expand(Term(), word, 0, 1)) {
    texts.push_back(form.text);
  }
  return texts;
}

// Tests that need the dictionaries of .ci/packages.txt.
class SystemDictionaries : public testing::Test {
 protected:
  void SetUp() override {
    if (SystemExpanders() == nullptr) {
      GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
    }
  }

  static std::vector<std::string> Estonian(const std::string& word) {
    return Expand(*SystemExpanders(), "et-Latn", word);
  }
  static std::vector<std::string> Lithuanian(const std::string& word) {
    return Expand(*SystemExpanders(), "lt-Latn", word);
  }
  static std::vector<std::string> Russian(const std::string& word) {
    return Expand(*SystemExpanders(), "ru-Cyrl", word);
  }
};

TEST_F(SystemDictionaries, InflectEstonianWithGradation) {
  EXPECT_THAT(Estonian("Liit"), IsSupersetOf({"Liit", "liidu", "liitu", "liidule", "liidud"}));
  EXPECT_THAT(Estonian("jõgi"), IsSupersetOf({"jõe", "jõge", "jõkke", "jõed", "jõgede"}));
  EXPECT_THAT(Estonian("riik"), IsSupersetOf({"riigi", "riiki", "riikide", "riike"}));
  EXPECT_THAT(Estonian("riik"), Not(Contains("riigel")));
  EXPECT_THAT(Estonian("lepe"), IsSupersetOf({"leppe", "lepet", "lepete", "leppeid"}));
  EXPECT_THAT(Estonian("sõda"), IsSupersetOf({"sõja", "sõtta", "sõdu", "sõdade"}));
  EXPECT_THAT(Estonian("viies"), IsSupersetOf({"viienda", "viiendat", "viiendale"}));
}

TEST_F(SystemDictionaries, InflectEstonianWordsThatLoseTheirConsonants) {
  EXPECT_THAT(Estonian("aed"), IsSupersetOf({"aia", "aeda", "aedu"}));
  EXPECT_THAT(Estonian("pood"), IsSupersetOf({"poe", "poodi", "poode"}));
  EXPECT_THAT(Estonian("artikkel"), IsSupersetOf({"artikli", "artiklit", "artikleid"}));
  EXPECT_THAT(Estonian("kodu"), IsSupersetOf({"koju", "kodus"}));
  EXPECT_THAT(Estonian("sõber"), IsSupersetOf({"sõbra", "sõpra", "sõprade", "sõpru"}));
}

TEST_F(SystemDictionaries, TellEstonianWordsApart) {
  EXPECT_THAT(Estonian("võim"), Not(Contains("võimet")));
  EXPECT_THAT(Estonian("keeld"), Not(Contains("keele")));
  EXPECT_THAT(Estonian("linn"), Not(Contains("linnud")));
  EXPECT_THAT(Estonian("juht"), Not(Contains("juhus")));
}

TEST_F(SystemDictionaries, InflectEstonianCompoundsAfterTheirHead) {
  EXPECT_THAT(Estonian("riigipea"), IsSupersetOf({"riigipead", "riigipeale", "riigipeade"}));
  EXPECT_THAT(Estonian("riigipea"), Not(Contains("riigi")));
  EXPECT_THAT(Estonian("Ühendriigid"), IsSupersetOf({"ühendriikide", "ühendriikidele"}));
}

TEST_F(SystemDictionaries, InflectEstonianPluralsOfWeakNominatives) {
  EXPECT_THAT(Estonian("kokkulepped"),
              IsSupersetOf({"kokkulepete", "kokkulepetele", "kokkulepetest", "kokkuleppeid"}));
  EXPECT_THAT(Estonian("kokkulepped"), Not(Contains("kokkulepet")));
  EXPECT_THAT(Estonian("mõtted"), IsSupersetOf({"mõtete", "mõtetest", "mõtteid"}));
  EXPECT_THAT(Estonian("saated"), Contains("saadete"));
  EXPECT_THAT(Estonian("nõuded"), IsSupersetOf({"nõuete", "nõuetele"}));
  EXPECT_THAT(Estonian("teated"), Contains("teadete"));
  EXPECT_THAT(Estonian("hambad"), IsSupersetOf({"hammaste", "hammastele"}));
  EXPECT_THAT(Estonian("mehed"), IsSupersetOf({"meeste", "meestele", "mehi"}));
}

TEST_F(SystemDictionaries, InflectEstonianNamesAndAcronyms) {
  EXPECT_THAT(Estonian("Lukašenka"), IsSupersetOf({"lukašenkat", "lukašenkale"}));
  EXPECT_THAT(Estonian("Kavanaugh"), IsSupersetOf({"kavanaugh'i", "kavanaugh'iga"}));
  EXPECT_THAT(Estonian("Google"), IsSupersetOf({"google'i", "google'ile"}));
  EXPECT_THAT(Estonian("EL"), IsSupersetOf({"eli", "elile", "elis", "el-ile", "el'ile"}));
}

TEST_F(SystemDictionaries, InflectLithuanian) {
  EXPECT_THAT(Lithuanian("partnerystė"), IsSupersetOf({"partnerystės", "partnerystę"}));
  EXPECT_THAT(Lithuanian("Rytų"), Contains("Rytų"));
  EXPECT_THAT(Lithuanian("mokestis"), IsSupersetOf({"mokesčio", "mokesčiais"}));
  EXPECT_THAT(Lithuanian("šalis"), IsSupersetOf({"šalies", "šalių", "šalims"}));
  EXPECT_THAT(Lithuanian("Aukščiausiasis"), IsSupersetOf({"aukščiausiojo", "aukščiausiąjį"}));
  EXPECT_THAT(Lithuanian("mėnuo"), Contains("mėnesį"));
}

TEST_F(SystemDictionaries, KeepLithuanianVerbsAndAdjectivesOutOfNouns) {
  EXPECT_THAT(Lithuanian("kalba"), IsSupersetOf({"kalbos", "kalbų"}));
  EXPECT_THAT(Lithuanian("kalba"), Not(Contains("kalbame")));
  EXPECT_THAT(Lithuanian("kalba"), Not(Contains("kalbant")));
  EXPECT_THAT(Lithuanian("balsavimas"), Not(Contains("balsavo")));
  EXPECT_THAT(Lithuanian("saugumo"), Not(Contains("saugus")));
  EXPECT_THAT(Lithuanian("rinkimai"), Not(Contains("rinkimas")));
}

TEST_F(SystemDictionaries, InflectLithuanianNames) {
  EXPECT_THAT(Lithuanian("Lukašenka"), IsSupersetOf({"lukašenkos", "lukašenką"}));
  EXPECT_THAT(Lithuanian("Makronas"), IsSupersetOf({"makrono", "makroną", "makronui"}));
  EXPECT_THAT(Lithuanian("Macron"), IsSupersetOf({"macrono", "macron'ui"}));
}

TEST_F(SystemDictionaries, InflectRussian) {
  EXPECT_THAT(Russian("беженец"), IsSupersetOf({"беженца", "беженцы", "беженцев"}));
  EXPECT_THAT(Russian("сын"), IsSupersetOf({"сыновья", "сыновей"}));
  EXPECT_THAT(Russian("стул"), IsSupersetOf({"стулья", "стульев"}));
  EXPECT_THAT(Russian("деньги"), Contains("денег"));
  EXPECT_THAT(Russian("экономика"), IsSupersetOf({"экономики", "экономик"}));
  EXPECT_THAT(Russian("ребёнок"), IsSupersetOf({"ребенка", "дети", "детей"}));
  EXPECT_THAT(Russian("письмо"), Contains("писем"));
  EXPECT_THAT(Russian("сестра"), IsSupersetOf({"сестер", "сестрам"}));
}

TEST_F(SystemDictionaries, InflectRussianPluralsOfMixedStem) {
  EXPECT_THAT(Russian("дети"), IsSupersetOf({"детей", "детям", "детьми", "детях"}));
  EXPECT_THAT(Russian("люди"), IsSupersetOf({"людей", "людям", "людьми", "людях"}));
  EXPECT_THAT(Russian("люди"), Not(Contains("человека")));
}

TEST_F(SystemDictionaries, TellRussianWordsApart) {
  EXPECT_THAT(Russian("выборы"), IsSupersetOf({"выборов", "выборам"}));
  EXPECT_THAT(Russian("выборы"), Not(Contains("выбор")));
  EXPECT_THAT(Russian("выборы"), Not(Contains("выбором")));
  EXPECT_THAT(Russian("посол"), Contains("послы"));
  EXPECT_THAT(Russian("посол"), Not(Contains("после")));
  EXPECT_THAT(Russian("политика"), Not(Contains("политик")));
}

TEST_F(SystemDictionaries, InflectRussianNames) {
  EXPECT_THAT(Russian("Путин"), IsSupersetOf({"путина", "путиным"}));
  EXPECT_THAT(Russian("Токаев"), IsSupersetOf({"токаева", "токаевым"}));
  EXPECT_THAT(Russian("Захарова"), Contains("захаровой"));
  EXPECT_THAT(Russian("Захарова"), Not(Contains("захаров")));
  EXPECT_THAT(Russian("Лукашенко"), Not(Contains("лукашенка")));
  EXPECT_THAT(Russian("Беларусь"), IsSupersetOf({"беларуси", "беларусью"}));
  EXPECT_THAT(Russian("Беларусь"), Not(Contains("беларусем")));
  // The dictionary has the cases of these as words of their own, or but one of them.
  EXPECT_THAT(Russian("Египет"),
              UnorderedElementsAre("Египет", "египет", "египта", "египту", "египте", "египтом"));
  EXPECT_THAT(Russian("Елец"), IsSupersetOf({"ельца", "ельцом"}));
  EXPECT_THAT(Russian("Петродворец"), IsSupersetOf({"петродворца", "петродворцом"}));
  EXPECT_THAT(Russian("Эгейское"), IsSupersetOf({"эгейского", "эгейским"}));
  // Nor are these forms of other words.
  EXPECT_THAT(Russian("Перу"), UnorderedElementsAre("Перу", "перу"));
  EXPECT_THAT(Russian("Дели"), Not(Contains("делим")));
}

TEST_F(SystemDictionaries, SeeTheSameWordHoweverItIsWritten) {
  EXPECT_THAT(Estonian("jo\u0303gi"), Contains("jõe"));         // Decomposed.
  EXPECT_THAT(Russian("бе\u0301женец"), Contains("беженцев"));  // With a stress mark.
  EXPECT_THAT(Lithuanian("par\u00ADtnerystė"), Contains("partnerystės"));
  EXPECT_THAT(Estonian("VALITSUS"), Contains("valitsus"));
}

TEST_F(SystemDictionaries, TakeOddWords) {
  const std::vector<std::string> odd{"",
                                     "a",
                                     "õ",
                                     "ü\u0301",
                                     "1234",
                                     "4G",
                                     "😀👩‍👩‍👧",
                                     "Путinas",
                                     "'",
                                     "-",
                                     "d'état",
                                     "two words",
                                     "日本",
                                     "\u0301\u00AD",
                                     std::string(500, 'a'),
                                     std::string(10'000, 'd'),
                                     "d",
                                     "ud",
                                     "ne",
                                     "si",
                                     "ik",
                                     "mees",
                                     "aed",
                                     "й",
                                     "ь",
                                     "ы",
                                     "ė"};
  for (const char* language : {"et-Latn", "lt-Latn", "ru-Cyrl", "en-Latn", "sv-Latn"}) {
    for (const std::string& word : odd) {
      const std::vector<std::string> forms = Expand(*SystemExpanders(), language, word);
      EXPECT_THAT(forms, Contains(word)) << language;
      EXPECT_LE(forms.size(), WordForms::kMaxForms + 1) << language << word;
    }
  }
}

TEST(FormExpanders, InflectEnglishByRule) {
  const auto expanders = FormExpanders::Load({}, MissingDictionary::kUseRules);
  ASSERT_THAT(expanders, IsOk());
  const auto english = [&](const std::string& word) {
    return Expand(**expanders, "en-Latn", word);
  };
  EXPECT_THAT(english("ally"), IsSupersetOf({"allies", "ally's", "allies's"}));
  EXPECT_THAT(english("spokesman"), Contains("spokesmen"));
  EXPECT_THAT(english("church"), Contains("churches"));
  EXPECT_THAT(english("crisis"), Contains("crises"));
  EXPECT_THAT(english("NATO"), ElementsAre("NATO", "nato", "natos", "nato's", "natos's"));
  EXPECT_THAT(english("day"), Not(Contains("daies")));
}

TEST(FormExpanders, KnowNothingOfOtherLanguages) {
  const auto expanders = FormExpanders::Load({}, MissingDictionary::kUseRules);
  ASSERT_THAT(expanders, IsOk());
  EXPECT_THAT(Expand(**expanders, "sv-Latn", "krig"), ElementsAre("krig"));
}

TEST(FormExpanders, SayWhichDictionaryIsMissing) {
  EXPECT_THAT(FormExpanders::Load({}, MissingDictionary::kFail).status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("et_EE.aff")));
  const auto expanders = FormExpanders::Load({}, MissingDictionary::kUseRules);
  ASSERT_THAT(expanders, IsOk());
  EXPECT_THAT((*expanders)->notes(), SizeIs(3));
  EXPECT_THAT((*expanders)->version(), HasSubstr("lt-2 without a dictionary"));
  // Weaker, but not nothing.
  EXPECT_THAT(Expand(**expanders, "ru-Cyrl", "Путин"), Contains("путиным"));
  EXPECT_THAT(Expand(**expanders, "et-Latn", "valitsus"), Contains("valitsuse"));
}

void Write(const fs::path& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

TEST(FormExpanders, TakeTheFirstDirectoryThatHasADictionary) {
  const TempDir first;
  const TempDir second;
  Write(first.path() / "lt.aff", "SET UTF-8\nSFX D Y 1\nSFX D as o as\n");
  Write(first.path() / "lt.dic", "1\nsildas/D\n");
  Write(second.path() / "lt_LT.aff", "SET UTF-8\nSFX D Y 1\nSFX D as ui as\n");
  Write(second.path() / "lt_LT.dic", "1\nsildas/D\n");
  const std::vector<fs::path> directories{first.path(), second.path()};
  const auto expanders = FormExpanders::Load(directories, MissingDictionary::kUseRules);
  ASSERT_THAT(expanders, IsOk());
  EXPECT_THAT((*expanders)->notes(), SizeIs(2));
  EXPECT_THAT(Expand(**expanders, "lt-Latn", "sildas"), ElementsAre("sildas", "sildo"));
}

TEST(FormExpanders, RefuseAMalformedDictionary) {
  const TempDir directory;
  Write(directory.path() / "ru_RU.aff", "SET UTF-8\nSFX D Y 2\n");
  Write(directory.path() / "ru_RU.dic", "1\nкот/D\n");
  const std::vector<fs::path> directories{directory.path()};
  EXPECT_THAT(FormExpanders::Load(directories, MissingDictionary::kUseRules).status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("ru_RU.aff:2")));
}

TEST(WordForms, HoldAtMostSoMany) {
  WordForms forms;
  for (std::size_t i = 0; i < 2 * WordForms::kMaxForms; ++i) {
    forms.Add("a" + std::to_string(i));
    forms.Add("a" + std::to_string(i));
  }
  EXPECT_EQ(forms.forms().size(), WordForms::kMaxForms);
  EXPECT_THAT(WordForms().forms(), IsEmpty());
}

}  // namespace
}  // namespace sild::terms
