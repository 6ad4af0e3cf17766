#include "server/terms/recognizer.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/terms/term_builders.h"

namespace sild::terms {
namespace {

using test::MakeConcept;
using test::MakeTerm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

Recognizer Build(std::vector<GlossaryConcept> concepts, const std::string& language = "et") {
  return Recognizer(text::LanguageKeyOf(LanguageTag::FromCanonical(language)), std::move(concepts),
                    IdentityExpander());
}

// A recognizer of these terms, each a concept of its own.
Recognizer Of(const std::vector<std::string>& terms) {
  std::vector<GlossaryConcept> concepts;
  for (const std::string& term : terms) {
    concepts.push_back(
        MakeConcept(0, "c" + std::to_string(concepts.size()), "et", {MakeTerm(term)}));
  }
  return Build(std::move(concepts));
}

// Each hit as "text in range=term".
std::vector<std::string> Found(const Recognizer& recognizer, const std::string& text,
                               bool include_nested = false) {
  std::vector<std::string> found;
  for (const Hit& hit : recognizer.Recognize(text, {include_nested})) {
    found.push_back(text.substr(hit.range.begin, hit.range.end - hit.range.begin) + "=" +
                    hit.term->text);
  }
  return found;
}

TEST(Recognizer, FindsWholeWordsInAnyCase) {
  const Recognizer recognizer = Of({"sild"});
  EXPECT_THAT(Found(recognizer, "Sild, SILD ja sild."),
              ElementsAre("Sild=sild", "SILD=sild", "sild=sild"));
  EXPECT_THAT(Found(recognizer, "silda sildu raudteesild"), IsEmpty());
  EXPECT_THAT(Found(recognizer, "raudtee-sild"), ElementsAre("sild=sild"));
}

TEST(Recognizer, FindsTermsOfSeveralWords) {
  const Recognizer recognizer = Of({"Euroopa Liit"});
  EXPECT_THAT(Found(recognizer, "Euroopa\xC2\xA0Liit ja EUROOPA LIIT"),
              ElementsAre("Euroopa\xC2\xA0Liit=Euroopa Liit", "EUROOPA LIIT=Euroopa Liit"));
  EXPECT_THAT(Found(recognizer, "Euroopa, Liit. Euroopa-Liit. Euroopa suur Liit"), IsEmpty());
}

TEST(Recognizer, FindsTermsThatBeginAgain) {
  EXPECT_THAT(Found(Of({"uus uus sild"}), "uus uus uus sild"),
              ElementsAre("uus uus sild=uus uus sild"));
}

TEST(Recognizer, DemandsTheHyphensOfATerm) {
  const Recognizer recognizer = Of({"Нью-Йорк"});
  EXPECT_THAT(Found(recognizer, "в Нью\xE2\x80\x91Йорк"),
              ElementsAre("Нью\xE2\x80\x91Йорк=Нью-Йорк"));
  EXPECT_THAT(Found(recognizer, "в Нью Йорк"), IsEmpty());
}

TEST(Recognizer, PrefersLongerTerms) {
  const Recognizer recognizer = Of({"liit", "Euroopa Liit", "Liit täna"});
  EXPECT_THAT(Found(recognizer, "Euroopa Liit"), ElementsAre("Euroopa Liit=Euroopa Liit"));
  EXPECT_THAT(Found(recognizer, "Euroopa Liit", true),
              ElementsAre("Euroopa Liit=Euroopa Liit", "Liit=liit"));
  EXPECT_THAT(Found(recognizer, "Euroopa Liit täna"),
              ElementsAre("Euroopa Liit=Euroopa Liit", "Liit täna=Liit täna"));
}

TEST(Recognizer, SetsStressAndYoAside) {
  const Recognizer recognizer = Of({"ёлка", "замок"});
  EXPECT_THAT(Found(recognizer, "елка и за\xCC\x81мок"),
              ElementsAre("елка=ёлка", "за\xCC\x81мок=замок"));
}

TEST(Recognizer, FindsDecomposedTextWhereItStands) {
  EXPECT_THAT(Found(Of({"šilas"}),
                    "z\xCC\x8C"
                    "alias s\xCC\x8Cilas!"),
              ElementsAre("s\xCC\x8Cilas=šilas"));
}

TEST(Recognizer, FindsTermsWithSymbols) {
  const Recognizer recognizer = Of({"ca.", "C++", "R&D", "c"});
  EXPECT_THAT(Found(recognizer, "ca. 5, C++, R&D"), ElementsAre("ca.=ca.", "C++=C++", "R&D=R&D"));
  EXPECT_THAT(Found(recognizer, "ca 5, C#"), IsEmpty());
}

TEST(Recognizer, DemandsCapitalsOfAcronyms) {
  const Recognizer recognizer = Of({"ELI"});
  EXPECT_THAT(Found(recognizer, "ELI liikmed"), ElementsAre("ELI=ELI"));
  EXPECT_THAT(Found(recognizer, "eli, Eli"), IsEmpty());
}

TEST(Recognizer, DemandsACapitalOfNames) {
  const Recognizer recognizer = Of({"Trump", "Valge maja"});
  EXPECT_THAT(Found(recognizer, "Trump TRUMP"), ElementsAre("Trump=Trump", "TRUMP=Trump"));
  EXPECT_THAT(Found(recognizer, "trump"), IsEmpty());
  EXPECT_THAT(Found(recognizer, "valge maja"), ElementsAre("valge maja=Valge maja"))
      << "several words";
}

TEST(Recognizer, DemandsTheVeryLettersIfCaseMatters) {
  Term term = MakeTerm("eBay Eesti");
  term.matching = TermMatching::kCaseSensitive;
  const Recognizer recognizer = Build({MakeConcept(0, "c", "et", {term})});
  EXPECT_THAT(Found(recognizer, "eBay Eesti"), ElementsAre("eBay Eesti=eBay Eesti"));
  EXPECT_THAT(Found(recognizer, "Ebay Eesti, eBay eesti"), IsEmpty());
}

TEST(Recognizer, TakesExtraFormsAndRefusesBannedOnes) {
  Term term = MakeTerm("sild");
  term.extra_forms = {"silla", "suur silla"};
  term.banned_forms = {"Silla"};
  const Recognizer recognizer = Build({MakeConcept(0, "c", "et", {term})});
  EXPECT_THAT(Found(recognizer, "sild silla suur silla"),
              ElementsAre("sild=sild", "suur silla=sild"));
}

TEST(Recognizer, NeverFindsRejectedTerms) {
  Term rejected = MakeTerm("sild");
  rejected.process_status = ProcessStatus::kRejected;
  Term deprecated = MakeTerm("sillake");
  deprecated.status = TermStatus::kDeprecated;
  const Recognizer recognizer = Build({MakeConcept(0, "c", "et", {rejected, deprecated})});
  EXPECT_THAT(Found(recognizer, "sild sillake"), ElementsAre("sillake=sillake"));
}

TEST(Recognizer, TakesTheLanguageInAnyRegion) {
  std::vector<GlossaryConcept> concepts = {MakeConcept(0, "a", "en-GB", {MakeTerm("lorry")}),
                                           MakeConcept(0, "b", "et", {MakeTerm("bus")})};
  EXPECT_THAT(Found(Build(std::move(concepts), "en-US"), "lorry bus"), ElementsAre("lorry=lorry"));
}

// Each hit as "glossary/concept".
std::vector<std::string> Sources(const Recognizer& recognizer, const std::string& text) {
  std::vector<std::string> sources;
  for (const Hit& hit : recognizer.Recognize(text)) {
    sources.push_back(hit.entry->name.glossary + "/" + hit.entry->name.concept_id);
  }
  return sources;
}

TEST(Recognizer, GivesTheFirstGlossaryTheWord) {
  const Recognizer recognizer = Build({MakeConcept(1, "x", "et", {MakeTerm("Sild")}),
                                       MakeConcept(0, "b", "et", {MakeTerm("sild")}),
                                       MakeConcept(0, "a", "et", {MakeTerm("sild")})});
  EXPECT_THAT(Sources(recognizer, "Sild"), ElementsAre("g0/a", "g0/b"));
}

TEST(Recognizer, MarksWhatAnEarlierGlossaryHoldsIfThatIsAskedFor) {
  Term other = MakeTerm("sillad");
  other.extra_forms = {"sild"};
  const Recognizer recognizer = Build({MakeConcept(0, "a", "et", {MakeTerm("sild")}),
                                       MakeConcept(1, "x", "et", {MakeTerm("Sild")}),
                                       MakeConcept(1, "y", "et", {MakeTerm("sild"), other})});
  std::vector<std::string> told;
  for (const Hit& hit : recognizer.Recognize("Sild", {.include_repeated = true})) {
    told.push_back(hit.entry->name.concept_id + "=" + hit.term->text +
                   (hit.is_repeated ? ", repeated" : ""));
  }
  EXPECT_THAT(told, ElementsAre("a=sild", "x=Sild, repeated", "y=sillad"));
}

TEST(Recognizer, TellsAConceptOnceInOnePlace) {
  Term other = MakeTerm("sillad");
  other.extra_forms = {"sild"};
  const Recognizer recognizer = Build({MakeConcept(0, "a", "et", {MakeTerm("sild"), other})});
  EXPECT_THAT(Found(recognizer, "sild"), ElementsAre("sild=sild"));
}

TEST(Recognizer, FindsNothingInNothing) {
  EXPECT_THAT(Found(Of({"sild"}), ""), IsEmpty());
  EXPECT_THAT(Found(Of({}), "sild"), IsEmpty());
  EXPECT_THAT(Found(Of({" ", "\xC2\xAD"}), "sild \xC2\xAD"), IsEmpty()) << "terms of nothing";
}

// Forms of Estonian nouns, as far as the tests need them.
class TestExpander : public FormExpander {
 public:
  std::string version() const override { return "test"; }
  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    const std::string stem(word);
    return {{stem, HitClass::kStrict},
            {stem + "i", HitClass::kStrict},
            {stem + "ik", HitClass::kProbable}};
  }
};

TEST(Recognizer, TakesTheFormsOfEachWord) {
  Term exact = MakeTerm("suur maj");
  exact.matching = TermMatching::kExact;
  const Recognizer recognizer(
      text::LanguageKeyOf(LanguageTag::FromCanonical("et")),
      {MakeConcept(0, "a", "et", {MakeTerm("Valg EL")}), MakeConcept(0, "b", "et", {exact})},
      TestExpander());
  EXPECT_THAT(Found(recognizer, "valgi eli, valg el, suuri maj, suur maj"),
              ElementsAre("valgi eli=Valg EL", "valg el=Valg EL", "suur maj=suur maj"));
  const auto hits = recognizer.Recognize("valgik EL");
  ASSERT_EQ(hits.size(), 1U);
  EXPECT_EQ(hits[0].hit_class, HitClass::kProbable);
}

TEST(Recognizer, TakesEndingsBehindTheCapitalsOfAcronyms) {
  const Recognizer recognizer(text::LanguageKeyOf(LanguageTag::FromCanonical("et")),
                              {MakeConcept(0, "a", "et", {MakeTerm("EL")})}, TestExpander());
  EXPECT_THAT(Found(recognizer, "ELi eli Eli"), ElementsAre("ELi=EL"));
}

TEST(Recognizer, GivesTheFirstHitsIfThereAreTooMany) {
  const Recognizer recognizer = Of({"õ", "õ ja õ"});
  RecognizeOptions options;
  options.max_hits = 2;
  const std::vector<Hit> hits = recognizer.Recognize("õ õ ja õ õ õ", options);
  ASSERT_EQ(hits.size(), 2U);
  EXPECT_EQ(hits[0].term->text, "õ");
  EXPECT_EQ(hits[1].term->text, "õ ja õ");
}

TEST(Recognizer, ReadsNoFurtherOnceCancelled) {
  const Recognizer recognizer = Of({"мост"});
  RecognizeOptions options;
  int asked = 0;
  options.is_cancelled = [&] { return ++asked > 2; };
  std::string text;
  for (int i = 0; i < 1'000; ++i) {
    text += "мост ";
  }
  const std::size_t hits = recognizer.Recognize(text, options).size();
  EXPECT_GT(hits, 2U);
  EXPECT_LT(hits, 500U);
  EXPECT_EQ(asked, 3);
}

}  // namespace
}  // namespace sild::terms
