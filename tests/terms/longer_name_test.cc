#include "server/terms/longer_name.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/terms/term_builders.h"

namespace sild::terms {
namespace {

using ::sild::test::EndingsExpander;
using ::sild::test::MakeConcept;
using ::sild::test::MakeTerm;

class LongerNameTest : public ::testing::Test {
 protected:
  // Whether the first hit in a text is a part of a longer name.
  bool IsPart(const std::vector<std::string>& terms, const std::string& text) {
    std::vector<GlossaryConcept> concepts;
    for (const std::string& term : terms) {
      concepts.push_back(
          MakeConcept(0, "c" + std::to_string(concepts.size()), "en", {MakeTerm(term)}));
    }
    return IsPartOf(std::move(concepts), text);
  }

  static bool IsPartOf(std::vector<GlossaryConcept> concepts, const std::string& text) {
    const EndingsExpander expander({"'s"});
    const Recognizer recognizer(text::LanguageKeyOf(LanguageTag::FromCanonical("en")),
                                std::move(concepts), expander);
    const std::vector<Hit> hits = recognizer.Recognize(text);
    EXPECT_FALSE(hits.empty()) << text;
    return !hits.empty() && LongerNames(text, hits).HasPart(hits.front());
  }
};

TEST_F(LongerNameTest, CapitalWordBesideANameGoesOnWithIt) {
  EXPECT_TRUE(IsPart({"Jordan"}, "It was Jordan Spieth who won the cup."));
  EXPECT_TRUE(IsPart({"Mexico"}, "The road to New Mexico is long and dusty."));
  EXPECT_TRUE(IsPart({"the West"}, "They went to the West Coast by the old road."));
  EXPECT_TRUE(IsPart({"Constitution"}, "As the Journal-Constitution has reported before."));
  EXPECT_FALSE(IsPart({"Jordan"}, "It was Jordan that won the cup."));
}

TEST_F(LongerNameTest, WordThatBeginsASentenceIsNoPartOfAName) {
  EXPECT_FALSE(IsPart({"Mexico"}, "In Mexico it is hot."));
  EXPECT_FALSE(IsPart({"Mexico"}, "It is hot. In Mexico even more so, as they say."));
  EXPECT_FALSE(IsPart({"Mexico"}, "He said: “In Mexico it is hot.”"));
  EXPECT_FALSE(IsPart({"Mexico"}, "Mexico is hot."));
}

TEST_F(LongerNameTest, OtherTermIsNoPartOfTheName) {
  EXPECT_FALSE(IsPart({"Russia", "Ukraine"}, "So the Russia Ukraine war goes on and on."));
}

TEST_F(LongerNameTest, AcronymAndPossessiveStandForThemselves) {
  EXPECT_FALSE(IsPart({"NATO"}, "It was a NATO Summit that they all came to."));
  EXPECT_FALSE(IsPart({"Britain"}, "It was Britain's Prime Minister who said so."));
  EXPECT_FALSE(IsPart({"European Union"}, "It is a European Union Regulation that says so."));
}

TEST_F(LongerNameTest, CurrencyIsNoCountry) {
  EXPECT_TRUE(IsPart({"US"}, "It costs US$11,000 or more."));
  EXPECT_FALSE(IsPart({"US"}, "It costs the US 11,000 $ or more."));
}

TEST_F(LongerNameTest, TitleIsNoPartOfASurname) {
  GlossaryConcept person = MakeConcept(0, "putin", "en", {MakeTerm("Vladimir Putin")});
  person.entry.sections[0].terms.push_back(MakeTerm("Putin"));
  EXPECT_FALSE(IsPartOf({person}, "So it was President Putin who said it."));
  EXPECT_TRUE(IsPart({"Putin"}, "So it was President Putin who said it."));
}

TEST_F(LongerNameTest, WithoutTheOnlyCapitalItIsNoName) {
  EXPECT_TRUE(IsPart({"far East"}, "They went to the far east of the island."));
  EXPECT_FALSE(IsPart({"the West"}, "They have the West behind them."));
  EXPECT_FALSE(IsPart({"International Court"}, "It is for the international court to say."));
}

TEST_F(LongerNameTest, TellsOfEachHitOfAText) {
  const EndingsExpander expander({"'s"});
  const Recognizer recognizer(text::LanguageKeyOf(LanguageTag::FromCanonical("en")),
                              {MakeConcept(0, "jordan", "en", {MakeTerm("Jordan")})}, expander);
  const std::string text = "It was in Jordan that Jordan Spieth has won the cup.";
  const std::vector<Hit> hits = recognizer.Recognize(text);
  ASSERT_EQ(hits.size(), 2U);
  const LongerNames names(text, hits);
  EXPECT_FALSE(names.HasPart(hits[0]));
  EXPECT_TRUE(names.HasPart(hits[1]));
}

TEST_F(LongerNameTest, HeadingTellsNothing) {
  EXPECT_FALSE(IsPart({"Russia"}, "Russia Attacks Ukraine Again"));
  EXPECT_FALSE(IsPart({"Russia"}, "RUSSIA ATTACKS"));
}

}  // namespace
}  // namespace sild::terms
