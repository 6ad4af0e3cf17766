#include "server/terms/base_forms.h"

#include <filesystem>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/form_expanders.h"
#include "server/terms/word_groups.h"
#include "tests/support/status_matchers.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;
using test::IsOk;

// The expanders with the dictionaries of the system, read once; null if one is missing.
const FormExpanders* SystemExpanders() {
  static const std::vector<fs::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  static const auto expanders = FormExpanders::Load(directories, MissingDictionary::kFail);
  return expanders.ok() ? expanders->get() : nullptr;
}

// The base form that each word of a text is taken to be a form of, with what it is: `n`, `m` or
// `-`.
std::string BasesIn(const FormExpander& expander, const std::string& text) {
  WordCorpus corpus;
  EXPECT_THAT(corpus.Add(text), IsOk());
  const WordGroups groups = GroupWords(corpus, expander, {});
  std::string told;
  for (const CorpusToken token : corpus.Segment(0)) {
    const WordGroups::Group& group = groups.Of(corpus.SpellingOf(token).word);
    constexpr const char* kKinds = "-mn";
    told += (told.empty() ? "" : " ") + group.base + "/" + kKinds[static_cast<int>(group.kind)];
  }
  return told;
}

class SystemBaseForms : public testing::Test {
 protected:
  void SetUp() override {
    if (SystemExpanders() == nullptr) {
      GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
    }
  }

  static std::string Bases(const std::string& language, const std::string& text) {
    return BasesIn(SystemExpanders()->For({language}), text);
  }
};

TEST_F(SystemBaseForms, AreFoundInLithuanian) {
  EXPECT_EQ(Bases("lt", "partnerystės partnerystę partnerystė"),
            "partnerystė/n partnerystė/n partnerystė/n");
  EXPECT_EQ(Bases("lt", "valstybėms valstybių"), "valstybė/n valstybė/n");
  // The dictionary has each tense of a verb as a word of its own.
  EXPECT_EQ(Bases("lt", "dirbo dirbame"), "dirbo/- dirba/-");
  EXPECT_EQ(Bases("lt", "jungtinės jungtinių"), "jungtinis/m jungtinis/m");
}

TEST_F(SystemBaseForms, AreFoundInRussian) {
  EXPECT_EQ(Bases("ru", "партнёрства партнерство"), "партнерство/n партнерство/n");
  EXPECT_EQ(Bases("ru", "беженцев беженец"), "беженец/n беженец/n");
  EXPECT_EQ(Bases("ru", "европейского европейский"), "европейский/m европейский/m");
  EXPECT_EQ(Bases("ru", "делал делают"), "делать/- делать/-");
}

TEST_F(SystemBaseForms, AreFoundInEstonian) {
  EXPECT_EQ(Bases("et", "riigi riiki riikide riik"), "riik/n riik/n riik/n riik/n");
  EXPECT_EQ(Bases("et", "valitsuse valitsused valitsus"), "valitsus/n valitsus/n valitsus/n");
  EXPECT_EQ(Bases("et", "liikmesriigi liikmesriikides liikmesriik"),
            "liikmesriik/n liikmesriik/n liikmesriik/n");
  EXPECT_EQ(Bases("et", "räägib"), "räägib/-");
}

TEST_F(SystemBaseForms, OfUnknownNamesAreThoseThatExplainMost) {
  EXPECT_EQ(Bases("ru", "Хрыкову Хрыковым Хрыков"), "хрыков/n хрыков/n хрыков/n");
  EXPECT_EQ(Bases("et", "Zuckerbergi Zuckerbergile Zuckerberg"),
            "zuckerberg/n zuckerberg/n zuckerberg/n");
  EXPECT_EQ(Bases("lt", "Zukerbergo Zukerbergą"), "zukerbergas/n zukerbergas/n");
}

TEST(EnglishBaseForms, AreSingularsThatTheTextHas) {
  const auto expanders = FormExpanders::Load({}, MissingDictionary::kUseRules);
  const FormExpander& english = (*expanders)->For({"en"});
  EXPECT_EQ(BasesIn(english, "parties party's party"), "party/n party/n party/n");
  EXPECT_EQ(BasesIn(english, "Brussels news new"), "brussels/n news/n new/n");
  EXPECT_EQ(BasesIn(english, "sanctions"), "sanctions/n");  // There is no other form of it.
  EXPECT_EQ(BasesIn(english, "armed quickly"), "armed/m quickly/-");
}

TEST(BaseForms, OfALanguageOfWhichNothingIsKnownAreTheWords) {
  EXPECT_EQ(BasesIn(IdentityExpander(), "Mikä maa, mikä valuutta?"),
            "mikä/n maa/n ,/n mikä/n valuutta/n ?/n");
}

}  // namespace
}  // namespace sild::terms
