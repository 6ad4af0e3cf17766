#include "server/terms/related_forms.h"

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/form_expanders.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::IsSupersetOf;
using testing::Not;

std::vector<std::string> Related(const FormExpanders& expanders, const std::string& language,
                                 const std::string& word) {
  return RelatedForms(expanders.For({language}), word);
}

// With the dictionaries of the system, read once.
class SystemRelatedForms : public testing::Test {
 protected:
  void SetUp() override {
    if (Expanders() == nullptr) {
      GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
    }
  }

  static std::vector<std::string> Related(const std::string& language, const std::string& word) {
    return terms::Related(*Expanders(), language, word);
  }

 private:
  static const FormExpanders* Expanders() {
    static const std::vector<fs::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
    static const auto expanders = FormExpanders::Load(directories, MissingDictionary::kFail);
    return expanders.ok() ? expanders->get() : nullptr;
  }
};

TEST_F(SystemRelatedForms, OfAnEstonianFormAreThoseOfItsWord) {
  for (const char* word : {"riigi", "riiki", "riikide", "riik", "Riigis"}) {
    EXPECT_THAT(Related("et", word), IsSupersetOf({"riik", "riigid", "riigile", "riikidest"}))
        << word;
  }
  EXPECT_THAT(Related("et", "liikmesriigis"), IsSupersetOf({"liikmesriik", "liikmesriikide"}));
  EXPECT_THAT(Related("et", "sõjaga"), IsSupersetOf({"sõda", "sõdade", "sõjast"}));
}

TEST_F(SystemRelatedForms, OfALithuanianFormAreThoseOfItsWord) {
  EXPECT_THAT(Related("lt", "partnerystės"), IsSupersetOf({"partnerystė", "partneryste"}));
  EXPECT_THAT(Related("lt", "valstybių"), IsSupersetOf({"valstybė", "valstybėms"}));
  EXPECT_THAT(Related("lt", "dirbame"), Contains("dirba"));
}

TEST_F(SystemRelatedForms, OfARussianFormAreThoseOfItsWord) {
  EXPECT_THAT(Related("ru", "партнёрства"), IsSupersetOf({"партнерство", "партнерством"}));
  EXPECT_THAT(Related("ru", "партнерству"), IsSupersetOf({"партнерство", "партнерством"}));
  EXPECT_THAT(Related("ru", "беженцев"), IsSupersetOf({"беженец", "беженцам"}));
  EXPECT_THAT(Related("ru", "Людей"), IsSupersetOf({"человек", "люди", "людям"}));
}

TEST_F(SystemRelatedForms, OfAnAmbiguousFormAreThoseOfAllWords) {
  // The noun and the verb.
  EXPECT_THAT(Related("lt", "kalbos"), IsSupersetOf({"kalba", "kalboms"}));
  EXPECT_THAT(Related("ru", "стали"), IsSupersetOf({"сталь", "сталью", "стать", "стала"}));
}

TEST_F(SystemRelatedForms, OfUnknownNamesAndAcronymsAreGuessedFromTheirEndings) {
  EXPECT_THAT(Related("ru", "Хрыкову"), IsSupersetOf({"хрыков", "хрыковым", "хрыкова"}));
  EXPECT_THAT(Related("et", "Zuckerbergile"), IsSupersetOf({"zuckerberg", "zuckerbergi"}));
  EXPECT_THAT(Related("et", "NATOs"), IsSupersetOf({"NATO", "natosse", "natot"}));
  EXPECT_THAT(Related("lt", "Zukerbergą"), IsSupersetOf({"zukerbergas", "zukerbergo"}));
}

TEST(RelatedForms, OfAnEnglishPluralOrPossessiveAreThoseOfTheSingular) {
  const auto expanders = FormExpanders::Load({}, MissingDictionary::kUseRules);
  for (const char* word : {"presidents", "president's", "Presidents", "president\u2019s"}) {
    EXPECT_THAT(Related(**expanders, "en", word), IsSupersetOf({"president", "presidents's"}))
        << word;
  }
  EXPECT_THAT(Related(**expanders, "en", "policies"), IsSupersetOf({"policy", "policy's"}));
  EXPECT_THAT(Related(**expanders, "en", "people"), IsSupersetOf({"person", "persons"}));
  EXPECT_THAT(Related(**expanders, "en", "geese"), Contains("goose"));
  EXPECT_THAT(Related(**expanders, "en", "news"), Not(Contains("new")));
}

TEST(RelatedForms, OfWhatIsNoWordOrInAnUnknownLanguageAreItselfAlone) {
  const auto expanders = FormExpanders::Load({}, MissingDictionary::kUseRules);
  EXPECT_THAT(Related(**expanders, "fi", "maassa"), ElementsAre("maassa"));
  EXPECT_THAT(Related(**expanders, "en", "!?"), ElementsAre("!?"));
}

}  // namespace
}  // namespace sild::terms
