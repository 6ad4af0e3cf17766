#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/recognizer.h"
#include "tests/terms/term_builders.h"

// Acronyms and their endings, lines in capitals, compounds, letters of two scripts.
namespace sild::terms {
namespace {

using test::EndingsExpander;
using test::MakeConcept;
using test::MakeTerm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const std::vector<std::string> kEstonian = {"-le", "le", "-i", "i", "-ist", "ist", "s", "-s"};

LanguageRules Words(std::set<std::string> words) {
  LanguageRules rules;
  rules.is_word = [words = std::move(words)](std::string_view word) {
    return words.contains(std::string(word));
  };
  return rules;
}

Recognizer Build(const std::vector<Term>& terms, const std::vector<std::string>& endings,
                 LanguageRules rules = {}) {
  std::vector<GlossaryConcept> concepts;
  for (const Term& term : terms) {
    concepts.push_back(MakeConcept(0, "c" + std::to_string(concepts.size()), "et", {term}));
  }
  return Recognizer(text::LanguageKeyOf(LanguageTag::FromCanonical("et")), std::move(concepts),
                    EndingsExpander(endings), std::move(rules));
}

// Each hit as "text in range=term", with a mark for its class.
std::vector<std::string> Found(const Recognizer& recognizer, const std::string& text,
                               bool include_nested = false) {
  std::vector<std::string> found;
  for (const Hit& hit : recognizer.Recognize(text, {include_nested})) {
    found.push_back(text.substr(hit.range.begin, hit.range.end - hit.range.begin) + "=" +
                    hit.term->text +
                    (hit.hit_class == HitClass::kProbable           ? "?"
                     : hit.hit_class == HitClass::kCompoundHead     ? " head"
                     : hit.hit_class == HitClass::kCompoundModifier ? " modifier"
                                                                    : "") +
                    (hit.mixes_scripts ? " mixed" : ""));
  }
  return found;
}

TEST(RecognizerRules, TakesEndingsOfAcronymsBehindAHyphenOrWithout) {
  const Recognizer recognizer = Build({MakeTerm("NATO"), MakeTerm("EL")}, kEstonian);
  EXPECT_THAT(Found(recognizer, "NATO-le, NATOle, EL-ist, ELi ja NATO"),
              ElementsAre("NATO-le=NATO", "NATOle=NATO", "EL-ist=EL", "ELi=EL", "NATO=NATO"));
  EXPECT_THAT(Found(recognizer, "NATO\xE2\x80\x91le"), ElementsAre("NATO\xE2\x80\x91le=NATO"));
  EXPECT_THAT(Found(recognizer, "NATO-leping"), ElementsAre("NATO=NATO")) << "a word is no ending";
  EXPECT_THAT(Found(recognizer, "nato-le Nato-le NATO le"), ElementsAre("NATO=NATO"));
}

TEST(RecognizerRules, TakesEndingsOfAcronymsBehindAnApostrophe) {
  const Recognizer recognizer = Build({MakeTerm("NATO")}, {"'s", "'ui"});
  EXPECT_THAT(Found(recognizer, "NATO's, NATO\xE2\x80\x99ui, NATO'S"),
              ElementsAre("NATO's=NATO", "NATO\xE2\x80\x99ui=NATO", "NATO'S=NATO"));
}

TEST(RecognizerRules, TakesEndingsInsideTermsOfSeveralWords) {
  const Recognizer recognizer = Build({MakeTerm("EL direktiiv"), MakeTerm("uus EL")}, kEstonian);
  EXPECT_THAT(Found(recognizer, "EL-i direktiivi, EL direktiiv, ELi direktiivist"),
              ElementsAre("EL-i direktiivi=EL direktiiv", "EL direktiiv=EL direktiiv",
                          "ELi direktiivist=EL direktiiv"));
  EXPECT_THAT(Found(recognizer, "uus EL-ist"), ElementsAre("uus EL-ist=uus EL"));
  EXPECT_THAT(Found(recognizer, "EL-le-i direktiiv"), IsEmpty());
}

TEST(RecognizerRules, DoubtsAcronymsThatAreWordsInLinesOfCapitals) {
  const Recognizer recognizer =
      Build({MakeTerm("ELI"), MakeTerm("NATO")}, {}, Words({"eli", "eesti"}));
  EXPECT_THAT(Found(recognizer, "EESTI ELI NATO"), ElementsAre("ELI=ELI?", "NATO=NATO"));
  EXPECT_THAT(Found(recognizer, "Eesti ELI NATO"), ElementsAre("ELI=ELI", "NATO=NATO"));
  EXPECT_THAT(Found(recognizer, "Eesti\nELI JA\nNATO"), ElementsAre("ELI=ELI?", "NATO=NATO"));
  EXPECT_THAT(Found(recognizer, "ELI"), ElementsAre("ELI=ELI")) << "no line to tell";
}

TEST(RecognizerRules, DoubtsEndingsInCapitals) {
  const Recognizer recognizer = Build({MakeTerm("EL")}, kEstonian, Words({"eli"}));
  EXPECT_THAT(Found(recognizer, "otsus ELI kohta"), ElementsAre("ELI=EL?")) << "may be ELI";
  EXPECT_THAT(Found(recognizer, "OTSUS ELIST"), ElementsAre("ELIST=EL"));
  EXPECT_THAT(Found(recognizer, "OTSUS ELI"), ElementsAre("ELI=EL?"));
}

TEST(RecognizerRules, FindsNamesInHeadlines) {
  EXPECT_THAT(Found(Build({MakeTerm("Путин")}, {"а", "ым"}), "ВСТРЕЧА С ПУТИНЫМ, путина"),
              ElementsAre("ПУТИНЫМ=Путин"));
}

TEST(RecognizerRules, FindsLettersOfTheOtherScript) {
  const Recognizer recognizer = Build({MakeTerm("мост"), MakeTerm("Spectator")}, {"а"});
  EXPECT_THAT(Found(recognizer, "моcт MОСТ"),  // The Latin c and M.
              ElementsAre("моcт=мост mixed", "MОСТ=мост mixed"));
  EXPECT_THAT(Found(recognizer, "Spеctator"),  // The Cyrillic е.
              ElementsAre("Spеctator=Spectator mixed"));
  EXPECT_THAT(Found(recognizer, "Spectatorа"), ElementsAre("Spectatorа=Spectator"))
      << "a form that mixes scripts itself";
  EXPECT_THAT(Found(recognizer, "моzт mост-овой"), ElementsAre("mост=мост mixed"));
}

TEST(RecognizerRules, FindsPartsOfCompoundsIfAsked) {
  Term asked = MakeTerm("sõda");
  asked.match_compounds = true;
  const LanguageRules rules = Words({"maailma", "olukord", "ei"});
  const std::vector<std::string> forms = {"=sõja", "=sõjas", "=sõjaga"};
  EXPECT_THAT(Found(Build({asked}, forms, rules), "Maailmasõjas, sõjaolukord, sõjas"),
              ElementsAre("Maailmasõjas=sõda head", "sõjaolukord=sõda modifier", "sõjas=sõda"));
  EXPECT_THAT(Found(Build({asked}, forms, rules), "kodusõda sõjasolukord eisõda"), IsEmpty())
      << "no word; no genitive; too short";
  EXPECT_THAT(Found(Build({MakeTerm("sõda")}, forms, rules), "maailmasõjas"), IsEmpty());
  EXPECT_THAT(Found(Build({asked}, forms), "maailmasõjas"), IsEmpty()) << "nothing is attested";
  asked.banned_forms = {"maailmasõjas"};
  EXPECT_THAT(Found(Build({asked}, forms, rules), "maailmasõjas maailmasõja"),
              ElementsAre("maailmasõja=sõda head"));
}

TEST(RecognizerRules, ReadsTextsOfOddWordsToTheEnd) {
  Term asked = MakeTerm("sõda");
  asked.match_compounds = true;
  const Recognizer recognizer = Build({asked, MakeTerm("EL")}, kEstonian, Words({"õõõ"}));
  for (const std::string& piece :
       {std::string("õ"), std::string("s\xCC\x83"), std::string("橋"), std::string("-"),
        std::string("E-"), std::string("'"), std::string("\xC2\xAD")}) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) {
      text += piece;
    }
    EXPECT_THAT(Found(recognizer, text + " sõda"), ::testing::Contains("sõda=sõda")) << piece;
  }
}

}  // namespace
}  // namespace sild::terms
