#include "server/terms/explain.h"

#include <set>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/terms/term_builders.h"

namespace sild::terms {
namespace {

using test::EndingsExpander;
using test::MakeConcept;
using test::MakeTerm;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

LanguageRules Rules() {
  LanguageRules rules;
  rules.is_word = [](std::string_view word) { return word == "raudtee"; };
  return rules;
}

// Explains the first of the terms, which are of concepts of their own; all are in a recognizer.
Explanation ExplainFirst(const std::vector<Term>& terms, const std::string& text,
                         const std::vector<std::string>& endings = {"le", "s"}) {
  std::vector<GlossaryConcept> concepts;
  for (const Term& term : terms) {
    concepts.push_back(MakeConcept(0, "c" + std::to_string(concepts.size()), "et", {term}));
  }
  const ConceptName name = concepts.front().entry.name;
  const EndingsExpander expander(endings);
  const Recognizer recognizer(text::LanguageKeyOf(LanguageTag::FromCanonical("et")),
                              std::move(concepts), expander, Rules());
  return Explain(recognizer, name, terms.front(), expander, Rules(), text);
}

std::vector<Refusal> RefusalsOf(const Term& term, const std::string& text) {
  const Explanation explained = ExplainFirst({term}, text);
  EXPECT_EQ(explained.is_found, explained.refusals.empty());
  EXPECT_THAT(explained.reason, HasSubstr(explained.is_found ? "found" : "not found because"));
  return explained.refusals;
}

TEST(Explain, TellsWhereATermIsFound) {
  const Explanation explained = ExplainFirst({MakeTerm("sild")}, "see sildle ja sild");
  EXPECT_TRUE(explained.is_found);
  EXPECT_THAT(explained.places, ElementsAre(ByteRange{4, 10}, ByteRange{14, 18}));
  EXPECT_EQ(explained.reason, "“sildle”: found");
}

TEST(Explain, NamesTheRuleThatRefused) {
  EXPECT_THAT(RefusalsOf(MakeTerm("Trump"), "trump"), ElementsAre(Refusal::kCapital));
  EXPECT_THAT(RefusalsOf(MakeTerm("ELI"), "eli"), ElementsAre(Refusal::kAcronymCapitals));
  EXPECT_THAT(RefusalsOf(MakeTerm("Нью-Йорк"), "в Нью Йорк"), ElementsAre(Refusal::kJoint));
  EXPECT_THAT(RefusalsOf(MakeTerm("c"), "in C#"), ElementsAre(Refusal::kContinued));
  EXPECT_THAT(RefusalsOf(MakeTerm("sild"), "raudteesild"), ElementsAre(Refusal::kCompound));

  Term term = MakeTerm("sild");
  term.banned_forms = {"sildle"};
  EXPECT_THAT(RefusalsOf(term, "Sildle"), ElementsAre(Refusal::kBanned));
  term = MakeTerm("sild");
  term.matching = TermMatching::kExact;
  EXPECT_THAT(RefusalsOf(term, "sildle"), ElementsAre(Refusal::kExact));
  term.matching = TermMatching::kCaseSensitive;
  EXPECT_THAT(RefusalsOf(term, "Sild"), ElementsAre(Refusal::kLetters));
  term = MakeTerm("sild");
  term.process_status = ProcessStatus::kRejected;
  EXPECT_THAT(RefusalsOf(term, "sild"), ElementsAre(Refusal::kRejected));
}

TEST(Explain, NamesAllRulesThatRefused) {
  Term term = MakeTerm("Sild");
  term.process_status = ProcessStatus::kRejected;
  term.banned_forms = {"sild"};
  EXPECT_THAT(RefusalsOf(term, "sild"),
              ElementsAre(Refusal::kBanned, Refusal::kCapital, Refusal::kRejected));
}

TEST(Explain, NamesTheTermThatTookThePlace) {
  const Explanation longer =
      ExplainFirst({MakeTerm("sild"), MakeTerm("suur sild")}, "üks suur sild");
  EXPECT_THAT(longer.refusals, ElementsAre(Refusal::kInsideLongerHit));
  EXPECT_EQ(longer.other_term, "suur sild");
  EXPECT_THAT(longer.reason, HasSubstr("“sild”: not found because it lies inside a longer term"));

  const Term other = MakeTerm("sillad");
  Term first = MakeTerm("sild");
  first.extra_forms = {"sillad"};
  const EndingsExpander expander({});
  const Recognizer recognizer(text::LanguageKeyOf(LanguageTag::FromCanonical("et")),
                              {MakeConcept(0, "c", "et", {first, other})}, expander);
  const Explanation same = Explain(recognizer, {"g0", "c"}, other, expander, {}, "sillad");
  EXPECT_THAT(same.refusals, ElementsAre(Refusal::kOtherTerm));
  EXPECT_EQ(same.other_term, "sild");
}

TEST(Explain, TracesEachWordIfSomeIsMissing) {
  const Explanation explained = ExplainFirst({MakeTerm("suur sild")}, "suurs sillale, 7");
  EXPECT_THAT(explained.refusals, ElementsAre(Refusal::kNoSuchForm));
  ASSERT_EQ(explained.words.size(), 2U);
  EXPECT_EQ(explained.words[0].word, "suur");
  EXPECT_EQ(explained.words[0].forms, 3U);
  EXPECT_THAT(explained.words[0].places, ElementsAre(ByteRange{0, 5}));
  EXPECT_EQ(explained.words[0].nearest, std::nullopt);
  EXPECT_THAT(explained.words[1].places, IsEmpty());
  EXPECT_EQ(explained.words[1].nearest, (ByteRange{6, 13}));
  EXPECT_EQ(explained.words[1].nearest_form, "sildle");
  EXPECT_EQ(explained.reason,
            "not found because the text has no form of some word; “suur” is there as “suurs”; "
            "“sild” has 3 forms, and the nearest word is “sillale”");
}

TEST(Explain, TakesEmptyTextsAndTerms) {
  EXPECT_THAT(RefusalsOf(MakeTerm("sild"), ""), ElementsAre(Refusal::kNoSuchForm));
  EXPECT_THAT(RefusalsOf(MakeTerm("\xC2\xAD"), "sild"), ElementsAre(Refusal::kNoSuchForm));
}

// Each form as "text/word", with its origin, and `!` if it is banned.
std::vector<std::string> Listed(const Term& term, const std::vector<std::string>& endings) {
  std::vector<std::string> listed;
  for (const ListedForm& form : ListForms(term, EndingsExpander(endings))) {
    listed.push_back(form.text + (form.word ? "/" + std::to_string(*form.word) : "") + " " +
                     "-bmx"[static_cast<int>(form.origin)] + (form.is_banned ? "!" : ""));
  }
  return listed;
}

TEST(ListForms, TellsWhereEachFormComesFrom) {
  Term term = MakeTerm("sild");
  term.extra_forms = {"silla", "Sild"};
  term.banned_forms = {"SILDLE", "sildu"};
  EXPECT_THAT(Listed(term, {"le", "s"}),
              ElementsAre("sild b", "sildle m!", "silds m", "silla x", "sildu -!"));
  term.matching = TermMatching::kExact;
  EXPECT_THAT(Listed(term, {"le", "s"}), ElementsAre("sild b", "silla x", "SILDLE -!", "sildu -!"));
}

TEST(ListForms, ListsWordsOfATermOneByOne) {
  Term term = MakeTerm("EL & suur sild");
  term.banned_forms = {"el & suur silds"};
  EXPECT_THAT(Listed(term, {"-s"}),
              ElementsAre("EL & suur sild b", "EL/0 m", "EL-s/0 m", "suur/2 m", "suur-s/2 m",
                          "sild/3 m", "sild-s/3 m", "el & suur silds -!"));
}

}  // namespace
}  // namespace sild::terms
