#include "server/terms/second_chance.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/terms/term_builders.h"

namespace sild::terms {
namespace {

using ::sild::test::EndingsExpander;
using ::sild::test::MakeTerm;
using Verdict = SecondChance::Verdict;

// Knows some words, so that compounds can be told.
class WordsExpander : public EndingsExpander {
 public:
  WordsExpander() : EndingsExpander({"ga", "s"}) {}
  LanguageRules rules() const override {
    return {[this](std::string_view word) { return known.contains(std::string(word)); }};
  }
  std::vector<BaseForm> BasesOf(std::string_view word) const override {
    BaseForm base;
    base.text = word;
    base.is_name = names.contains(base.text);
    return {base};
  }

  std::set<std::string> known = {"suurriigi", "maailma"};
  std::set<std::string> names;
};

class SecondChanceTest : public ::testing::Test {
 protected:
  // The verdict, and what stands there.
  std::pair<Verdict, std::string> Look(const Term& term, const std::string& text,
                                       const std::vector<ByteRange>& taken = {}) {
    const SecondChance chance({&term}, expander_);
    const SecondChance::Outcome outcome = chance.Look(LooseText(text, taken));
    EXPECT_EQ(outcome.term != nullptr, outcome.verdict != Verdict::kNone);
    return {outcome.verdict,
            text.substr(outcome.range.begin, outcome.range.end - outcome.range.begin)};
  }

  static std::pair<Verdict, std::string> Is(Verdict verdict, const std::string& text) {
    return {verdict, text};
  }

  WordsExpander expander_;
};

TEST_F(SecondChanceTest, PartOfACompoundIsAUse) {
  EXPECT_EQ(Look(MakeTerm("sõda"), "See maailmasõda."), Is(Verdict::kUsed, "maailmasõda"));
}

TEST_F(SecondChanceTest, SmallLetterAndOtherJointMayBeAUse) {
  EXPECT_EQ(Look(MakeTerm("Kongresas"), "jo kongresas"), Is(Verdict::kPossiblyUsed, "kongresas"));
  EXPECT_EQ(Look(MakeTerm("Нью-Йорк"), "в Нью Йорк"), Is(Verdict::kPossiblyUsed, "Нью Йорк"));
}

TEST_F(SecondChanceTest, PartOfAnUnknownCompoundMayBeAUse) {
  EXPECT_EQ(Look(MakeTerm("valitsus"), "Kõik valitsusjuhid"),
            Is(Verdict::kPossiblyUsed, "valitsusjuhid"));
  EXPECT_EQ(Look(MakeTerm("minister"), "Vana peaminister"),
            Is(Verdict::kPossiblyUsed, "peaminister"));
}

TEST_F(SecondChanceTest, CommonBeginningMayBeAUse) {
  EXPECT_EQ(Look(MakeTerm("парламент"), "О парламентах."),
            Is(Verdict::kPossiblyUsed, "парламентах"));
  EXPECT_EQ(Look(MakeTerm("парламент"), "О пармезане.").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("мир"), "О мире.").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("он"), "Она.").first, Verdict::kNone);
}

TEST_F(SecondChanceTest, OtherWordWithTheSameBeginningIsNoUse) {
  EXPECT_EQ(Look(MakeTerm("Euroopa Liit"), "euroopa liiga").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Europos Sąjunga"), "Europos sąjungininkai").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Совет Европы"), "Европейский совет").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Нигер"), "О Нигерии").first, Verdict::kPossiblyUsed);
  expander_.known = {"нигерии", "liitlane", "правительственный", "kapitalistid"};
  expander_.names = {"нигерии"};
  EXPECT_EQ(Look(MakeTerm("Нигер"), "О Нигерии").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("liitl"), "Üks liitlane").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("kapitalism"), "Need kapitalistid").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("правительств"), "правительственный"),
            Is(Verdict::kPossiblyUsed, "правительственный"));
}

TEST_F(SecondChanceTest, OtherNameOfTheSameKindIsNoUse) {
  EXPECT_EQ(Look(MakeTerm("Австрия"), "Об Австралия").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Europolas"), "apie europos saugumą").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Sevastopolis"), "jo politika").first, Verdict::kNone);
}

TEST_F(SecondChanceTest, MistypedWordMayBeAUse) {
  EXPECT_EQ(Look(MakeTerm("suveräänsus"), "suveräänssus"),
            Is(Verdict::kPossiblyUsed, "suveräänssus"));
  EXPECT_EQ(Look(MakeTerm("Iraak"), "Iraagi vangla"), Is(Verdict::kPossiblyUsed, "Iraagi"));
}

TEST_F(SecondChanceTest, OnlyAListPartsTheWordsOfATerm) {
  const Term council = MakeTerm("Europos Taryba");
  EXPECT_EQ(Look(council, "Europos Vadovų Taryba").first, Verdict::kNone);
  EXPECT_EQ(Look(council, "Europos ir Azijos Taryba").first, Verdict::kPossiblyUsed);
  EXPECT_EQ(Look(council, "Taryba, bet Europos").first, Verdict::kPossiblyUsed);
}

TEST_F(SecondChanceTest, AllWordsMustStandNearEachOther) {
  const Term term = MakeTerm("Совет Европы");
  EXPECT_EQ(Look(term, "Европы и её Совет"), Is(Verdict::kPossiblyUsed, "Европы и её Совет"));
  EXPECT_EQ(Look(term, "Совету он сказал всё о всей Европе").first, Verdict::kNone);
  EXPECT_EQ(Look(term, "Советуют").first, Verdict::kNone);
}

TEST_F(SecondChanceTest, CapitalWordThatDiffersByALetterIsAChangedName) {
  EXPECT_EQ(Look(MakeTerm("Gruusia"), "Kruusia on"), Is(Verdict::kNameChanged, "Kruusia"));
  EXPECT_EQ(Look(MakeTerm("Gruusia"), "kruusia on").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("gruusia"), "Kruusia on").first, Verdict::kPossiblyUsed);
}

TEST_F(SecondChanceTest, WordDerivedFromANameMayBeAUse) {
  EXPECT_EQ(Look(MakeTerm("Индонезия"), "На индонезийскими островами"),
            Is(Verdict::kPossiblyUsed, "индонезийскими"));
  EXPECT_EQ(Look(MakeTerm("Египет"), "Был в Египте"), Is(Verdict::kPossiblyUsed, "Египте"));
  EXPECT_EQ(Look(MakeTerm("Великобритания"), "Для взрослых британцев"),
            Is(Verdict::kPossiblyUsed, "британцев"));
  EXPECT_EQ(Look(MakeTerm("Новая Зеландия"), "О новозеландском автомобиле"),
            Is(Verdict::kPossiblyUsed, "новозеландском"));
  EXPECT_EQ(Look(MakeTerm("Великобритания"), "На британскую сеть"),
            Is(Verdict::kPossiblyUsed, "британскую"));
  EXPECT_EQ(Look(MakeTerm("Италия"), "Все считали").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Ühendkuningriik"), "See ning teine").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Исландия"), "О Финляндии").first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Арктика"), "Об Артуре").first, Verdict::kNone);
}

TEST_F(SecondChanceTest, WordMayBeWrittenAsTwoAndTwoAsOne) {
  EXPECT_EQ(Look(MakeTerm("parlamendiliige"), "See parlamendi liige ütles"),
            Is(Verdict::kPossiblyUsed, "parlamendi liige"));
  EXPECT_EQ(Look(MakeTerm("tuule park"), "Uus tuulepark"), Is(Verdict::kPossiblyUsed, "tuulepark"));
}

TEST_F(SecondChanceTest, OtherTermInsideThisOneDoesNotTakeIt) {
  EXPECT_EQ(Look(MakeTerm("Ameerika Ühendriigid"), "Ameerika-Ühendriigid", {{0, 8}}),
            Is(Verdict::kPossiblyUsed, "Ameerika-Ühendriigid"));
}

TEST_F(SecondChanceTest, LeavesOutWhatOtherTermsTake) {
  EXPECT_EQ(Look(MakeTerm("Iraan"), "Iraak on", {{0, 5}}).first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Iraan"), "Iraanlane on", {{0, 9}}).first, Verdict::kNone);
  EXPECT_EQ(Look(MakeTerm("Iraan"), "Iraanlane on").first, Verdict::kPossiblyUsed);
}

TEST_F(SecondChanceTest, TakesTextsAsTheyCome) {
  for (const std::string text : {"", " ", "🌉", "\u202E\u0301", "---", "\u00AD"}) {
    EXPECT_EQ(Look(MakeTerm("Euroopa Liit"), text).first, Verdict::kNone);
    if (!text.empty()) {
      EXPECT_EQ(Look(MakeTerm(text), "Euroopa").first, Verdict::kNone);
    }
  }
}

}  // namespace
}  // namespace sild::terms
