#include "server/terms/term_directory.h"

#include <chrono>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/terms/term_builders.h"

namespace sild::terms {
namespace {

using ::sild::test::EndingsExpander;
using ::sild::test::MakeConcept;
using ::sild::test::MakeTerm;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const text::LanguageKey kEt = text::LanguageKeyOf(LanguageTag::FromCanonical("et"));

Term WithStatus(const std::string& text, TermStatus status) {
  Term term = MakeTerm(text);
  term.status = status;
  return term;
}

// What `directory` has for a query: `kind text`, best first.
std::vector<std::string> Found(const TermDirectory& directory, std::string_view text,
                               const FormExpander& expander = IdentityExpander()) {
  TermQuery query;
  query.text = text;
  const auto forms = directory.FindForm(kEt, text, expander, {});
  query.with_form.insert(forms.begin(), forms.end());
  std::vector<std::string> found;
  for (const TermMatch& match : directory.Search(query)) {
    found.push_back(std::to_string(static_cast<int>(match.kind)) + " " + match.term->term->text);
  }
  return found;
}

std::vector<std::string> Texts(const std::vector<const DirectoryTerm*>& terms) {
  std::vector<std::string> texts;
  for (const DirectoryTerm* term : terms) {
    texts.push_back(term->term->text);
  }
  return texts;
}

TEST(FoldTerm, IsTheSameForWhatOnlyLooksDifferent) {
  EXPECT_EQ(FoldTerm("Euroopa\u00A0Liit"), FoldTerm("EUROOPA  liit"));
  EXPECT_EQ(FoldTerm("Лукаше\u0301нко"), FoldTerm("лукашенко"));
  EXPECT_EQ(FoldTerm("партнёрство"), FoldTerm("партнерство"));
  EXPECT_EQ(FoldTerm("jo\u0303gi"), FoldTerm("jõgi"));
  EXPECT_EQ(FoldTerm("Kavanaugh\u2019i"), FoldTerm("Kavanaugh'i"));
  EXPECT_NE(FoldTerm("Nižni-Novgorod"), FoldTerm("Nižni Novgorod"));
  EXPECT_NE(FoldTerm("sõda"), FoldTerm("soda"));
  EXPECT_EQ(FoldTerm(""), "");
}

TEST(TermDirectory, RanksEqualFormPrefixWordAndPart) {
  const EndingsExpander expander({"u", "us"});
  const TermDirectory directory({MakeConcept(0, "a", "et", {MakeTerm("Euroopa Liit")}),
                                 MakeConcept(0, "b", "et", {MakeTerm("liitlane")}),
                                 MakeConcept(0, "c", "et", {MakeTerm("Liit")}),
                                 MakeConcept(0, "d", "et", {MakeTerm("riigiliit")}),
                                 MakeConcept(0, "e", "et", {MakeTerm("sõda")})});
  EXPECT_THAT(Found(directory, "liit", expander),
              ElementsAre("1 Liit", "3 liitlane", "4 Euroopa Liit", "5 riigiliit"));
  EXPECT_THAT(Found(directory, "LIITU", expander), ElementsAre("2 Liit"));
  EXPECT_THAT(Found(directory, "euroopa liitus", expander), ElementsAre("2 Euroopa Liit"));
}

TEST(TermDirectory, ShowsSimilarTermsOnlyIfThereIsNothingBetter) {
  const TermDirectory directory({MakeConcept(0, "a", "et", {MakeTerm("Lukašenka")}),
                                 MakeConcept(0, "b", "et", {MakeTerm("Lukašenko")})});
  EXPECT_THAT(Found(directory, "Lukašenko"), ElementsAre("1 Lukašenko"));
  EXPECT_THAT(Found(directory, "Lukasenka"), ElementsAre("6 Lukašenka"));
  EXPECT_THAT(Found(directory, "Moskva"), IsEmpty());
}

TEST(TermDirectory, PutsPreferredAndShorterTermsFirstAndOneForEachConcept) {
  const TermDirectory directory(
      {MakeConcept(0, "a", "et", {MakeTerm("liiga pikk"), MakeTerm("liig")}),
       MakeConcept(0, "b", "et", {WithStatus("liiga", TermStatus::kDeprecated)}),
       MakeConcept(0, "c", "et", {WithStatus("liigid kõik", TermStatus::kPreferred)})});
  EXPECT_THAT(Found(directory, "lii"), ElementsAre("3 liigid kõik", "3 liig", "3 liiga"));
}

TEST(TermDirectory, ListsAllWithoutAQuery) {
  const TermDirectory directory({MakeConcept(0, "a", "et", {MakeTerm("sild")}),
                                 MakeConcept(1, "b", "lt", {MakeTerm("tiltas")})});
  EXPECT_THAT(Found(directory, ""), ElementsAre("7 sild", "7 tiltas"));
  EXPECT_THAT(Found(directory, "\u00AD"), IsEmpty());
}

TEST(TermDirectory, FindsFormsWhateverTheCaseButNotBannedOnes) {
  Term term = MakeTerm("Kongress");
  term.banned_forms = {"kongressid"};
  term.process_status = ProcessStatus::kRejected;
  const TermDirectory directory({MakeConcept(0, "a", "et", {term})});
  const EndingsExpander expander({"is", "id"});
  EXPECT_THAT(Texts(directory.FindForm(kEt, "kongressis", expander, {})), ElementsAre("Kongress"));
  EXPECT_THAT(Texts(directory.FindForm(kEt, "kongressid", expander, {})), IsEmpty());
  EXPECT_THAT(Texts(directory.FindFormsOf(kEt, MakeTerm("kong"), EndingsExpander({"ress"}), {})),
              ElementsAre("Kongress"));
}

TEST(TermDirectory, FindsExtraFormsThatBeginOtherwise) {
  Term term = MakeTerm("человек");
  term.extra_forms = {"люди"};
  const TermDirectory directory({MakeConcept(0, "a", "et", {term})});
  EXPECT_THAT(Texts(directory.FindForm(kEt, "Люди", IdentityExpander(), {})),
              ElementsAre("человек"));
}

TEST(TermDirectory, LooksAtNoMoreTermsOnceCancelled) {
  const TermDirectory directory({MakeConcept(0, "a", "et", {MakeTerm("Lukašenka")}),
                                 MakeConcept(0, "b", "et", {MakeTerm("Lukašenko")}),
                                 MakeConcept(0, "c", "lt", {MakeTerm("x")}),
                                 MakeConcept(0, "d", "et", {MakeTerm("Lukašenkas")})});
  int asked = 0;
  const auto at_the_second = [&asked] { return ++asked == 2; };
  EXPECT_THAT(Texts(directory.FindForm(kEt, "Lukašenka", IdentityExpander(), at_the_second)),
              ElementsAre("Lukašenka"));
  EXPECT_EQ(asked, 2);
  const auto at_once = [] { return true; };
  EXPECT_THAT(directory.FindFormsOf(kEt, MakeTerm("Lukašenka"), IdentityExpander(), at_once),
              IsEmpty());
  EXPECT_THAT(directory.FindNear(kEt, FoldTerm("Lukašenka"), at_once), IsEmpty());
}

TEST(TermDirectory, SortsByTheOrderOfTheLanguage) {
  const TermDirectory directory(
      {MakeConcept(0, "a", "et", {MakeTerm("õli"), MakeTerm("zoo"), MakeTerm("täht")}),
       MakeConcept(0, "b", "et-EE", {MakeTerm("sõda")}),
       MakeConcept(0, "c", "lt", {MakeTerm("tiltas")})});
  std::vector<std::string> texts;
  for (const TermDirectory::Sorted& entry : directory.InOrder(LanguageTag::FromCanonical("et"))) {
    texts.push_back(entry.term->term->text);
  }
  EXPECT_THAT(texts, ElementsAre("sõda", "zoo", "täht", "õli"));
}

TEST(AreNear, IsForTypingErrorsInLongWords) {
  EXPECT_TRUE(AreNear("lukašenka", "lukašenko"));
  EXPECT_TRUE(AreNear("rytų partnerystė", "rytu partneryste"));
  EXPECT_FALSE(AreNear("sild", "silt"));
  EXPECT_FALSE(AreNear("csto", "csce"));
  EXPECT_FALSE(AreNear("resolution 1325", "resolution 1326"));
  EXPECT_FALSE(AreNear("moskva", "moskito"));
}

// An acronym of many words may be followed by an ending at each of them.
TEST(TermForms, TakesNoLongerForManyEndings) {
  std::string term;
  for (int i = 0; i < 160; ++i) {
    term += i == 0 ? "NA" : " NA";
  }
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(TermForms(MakeTerm(term), EndingsExpander({"-na"})).Have(term + " X"));
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(5));
}

}  // namespace
}  // namespace sild::terms
