#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/check_fixture.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TermCheckTest : public CheckServiceTest {
 protected:
  absl::StatusOr<v1::CheckTermsResponse> Check(
      const std::string& more,
      const std::string& languages = R"(source_language_code: "en" target_language_code: "ru" )") {
    return Call<v1::CheckTermsRequest, v1::CheckTermsResponse>(
        "GlossaryService/CheckTerms", R"(glossaries: "glossaries/g" )" + languages + more);
  }

  static std::string Pair(const std::string& source, const std::string& target) {
    return "pairs { source { text: \"" + source + "\" } target { text: \"" + target + "\" } } ";
  }
};

TEST_F(TermCheckTest, TellsWhatIsWrongWhereAndWhatToWrite) {
  const auto checked =
      Check(Pair("🌉 In Belarus.", "В Минске.") + Pair("Of Belarus.", "🌉 Из Белоруссии."));
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(Told(checked->findings()),
              ElementsAre("0 KIND_MISSING: Belarus", "1 KIND_FORBIDDEN: Белоруссии"));
  const v1::TermFinding& missing = checked->findings(0);
  EXPECT_EQ(missing.severity(), v1::TermFinding::SEVERITY_ERROR);
  EXPECT_EQ(missing.concept_name(), "glossaries/g/concepts/belarus");
  EXPECT_EQ(missing.source_range().begin(), 5);  // In code points.
  EXPECT_EQ(missing.source_range().end(), 12);
  EXPECT_FALSE(missing.has_target_range());
  EXPECT_EQ(missing.source_term().text(), "Belarus");
  ASSERT_EQ(missing.suggestions_size(), 1);
  EXPECT_EQ(missing.suggestions(0).text(), "Беларусь");
  EXPECT_FALSE(missing.has_pair());
  EXPECT_FALSE(missing.has_place());
  const v1::TermFinding& forbidden = checked->findings(1);
  EXPECT_EQ(forbidden.target_range().begin(), 5);
  EXPECT_EQ(forbidden.target_range().end(), 15);
  EXPECT_EQ(forbidden.target_term().text(), "Белоруссия");
  EXPECT_EQ(checked->counts().pair_count(), 2);
  EXPECT_EQ(checked->counts().missing_count(), 1);
  EXPECT_EQ(checked->counts().forbidden_count(), 1);
}

TEST_F(TermCheckTest, CountsWhatIsUsedAndSendsItIfAsked) {
  const std::string pair = Pair("In Belarus.", "В Беларуси.");
  const auto checked = Check(pair);
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(checked->findings(), IsEmpty());
  EXPECT_EQ(checked->counts().used_count(), 1);
  EXPECT_THAT(Told(Check(pair + "include_used: true")->findings()),
              ElementsAre("0 KIND_USED: Беларуси"));
}

TEST_F(TermCheckTest, ComparesPairsWithEachOther) {
  const auto checked =
      Check(Pair("In Belarus.", "Gudijoje.") + Pair("Of Belarus.", "Baltarusijos.") +
                Pair("To Belarus.", "Baltarusijai."),
            R"(source_language_code: "en" target_language_code: "lt" )");
  ASSERT_THAT(checked, IsOk());
  ASSERT_THAT(Told(checked->findings()), ElementsAre("0 KIND_INCONSISTENT: Gudijoje"));
  EXPECT_EQ(checked->findings(0).use_count(), 1);
  EXPECT_EQ(checked->findings(0).suggestions(0).text(), "Baltarusija");
  EXPECT_EQ(checked->findings(0).target_term().text(), "Gudija");
  EXPECT_EQ(checked->counts().inconsistent_count(), 1);
}

TEST_F(TermCheckTest, TextOfOneLanguageNeedsNoSource) {
  const auto checked =
      Check(R"(pairs { target { text: "Белоруссия" } })", R"(target_language_code: "ru-RU" )");
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(Told(checked->findings()), ElementsAre("0 KIND_FORBIDDEN: Белоруссия"));
}

TEST_F(TermCheckTest, PairWithoutSourceIsCheckedForWhatNotToUse) {
  EXPECT_THAT(Told(Check(R"(pairs { target { text: "Белоруссия" } })")->findings()),
              ElementsAre("0 KIND_FORBIDDEN: Белоруссия"));
}

TEST_F(TermCheckTest, SaysWhatIsWrongWithARequest) {
  const auto refused = [&](const std::string& request) {
    const auto checked =
        Call<v1::CheckTermsRequest, v1::CheckTermsResponse>("GlossaryService/CheckTerms", request);
    EXPECT_THAT(checked, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("")));
    return std::string(checked.status().message());
  };
  const std::string pair = R"(pairs { target { text: "x" } } )";
  EXPECT_THAT(refused(R"(target_language_code: "ru" )" + pair), HasSubstr("glossaries: "));
  EXPECT_THAT(refused(R"(glossaries: "g" target_language_code: "ru" )" + pair),
              HasSubstr("glossaries[0]: "));
  EXPECT_THAT(refused(R"(glossaries: "glossaries/g" )" + pair),
              HasSubstr("target_language_code: "));
  EXPECT_THAT(refused(R"(glossaries: "glossaries/g" target_language_code: "ru"
                         source_language_code: "en_US" )" +
                      pair),
              HasSubstr("source_language_code: "));
  EXPECT_THAT(refused(R"(glossaries: "glossaries/g" target_language_code: "ru" )"),
              HasSubstr("pairs: "));
  EXPECT_THAT(refused(R"(glossaries: "glossaries/g" target_language_code: "ru" )" + pair +
                      R"(pairs { source { text: "x" } })"),
              HasSubstr("pairs[1].target: "));
  EXPECT_THAT(refused(R"(glossaries: "glossaries/g" target_language_code: "ru" )"
                      R"(pairs { target { text: "" } })"),
              HasSubstr("pairs[0].target.text"));
  const auto none = Call<v1::CheckTermsRequest, v1::CheckTermsResponse>(
      "GlossaryService/CheckTerms",
      R"(glossaries: "glossaries/none" target_language_code: "ru" )" + pair);
  EXPECT_THAT(none, StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/none")));
}

TEST_F(TermCheckTest, ExceptionIsNamedAndNotCounted) {
  const std::string pair = Pair("Of Belarus.", "Из Белоруссии.");
  const auto exception = CreateException(
      R"(concept_name: "glossaries/g/concepts/belarus" kind: KIND_FORBIDDEN reason: "цитата")");
  ASSERT_THAT(exception, IsOk());
  const auto checked = Check(pair);
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(Told(checked->findings()), ElementsAre("0 KIND_FORBIDDEN: Белоруссии*"));
  EXPECT_EQ(checked->findings(0).exception(), exception->name());
  EXPECT_EQ(checked->counts().forbidden_count(), 0);
  EXPECT_EQ(checked->counts().excepted_count(), 1);
  v1::DeleteExceptionRequest remove;
  remove.set_name(exception->name());
  ASSERT_THAT((Call<google::protobuf::Empty>("GlossaryService/DeleteException", remove)), IsOk());
  EXPECT_THAT(Told(Check(pair)->findings()), ElementsAre("0 KIND_FORBIDDEN: Белоруссии"));
}

TEST_F(TermCheckTest, ExceptionHoldsOnlyForWhatItNames) {
  const std::string pair = Pair("Of Belarus.", "Из  Белоруссии.");
  const std::string belarus = R"(concept_name: "glossaries/g/concepts/belarus" reason: "r" )";
  const auto is_set_aside = [&](const std::string& exception, const std::string& more = "") {
    const auto created = CreateException(belarus + exception);
    EXPECT_THAT(created, IsOk());
    const auto checked = Check(pair + more);
    v1::DeleteExceptionRequest remove;
    remove.set_name(created->name());
    EXPECT_THAT((Call<google::protobuf::Empty>("GlossaryService/DeleteException", remove)), IsOk());
    return !checked->findings(0).exception().empty();
  };
  EXPECT_TRUE(is_set_aside(""));
  EXPECT_FALSE(is_set_aside("kind: KIND_MISSING"));
  EXPECT_TRUE(is_set_aside(R"(language_code: "ru-RU")"));
  EXPECT_FALSE(is_set_aside(R"(language_code: "lt")"));
  EXPECT_TRUE(is_set_aside(R"(segment_text: "Из Белоруссии. ")"));
  EXPECT_TRUE(is_set_aside(R"(segment_text: "Of Belarus.")"));
  EXPECT_FALSE(is_set_aside(R"(segment_text: "Belarus.")"));
  EXPECT_FALSE(is_set_aside(R"(document: "a")"));
  EXPECT_FALSE(is_set_aside(R"(document: "a")", R"(document: "b")"));
  EXPECT_TRUE(is_set_aside(R"(document: "a")", R"(document: "a")"));
}

TEST_F(TermCheckTest, ExceptionOfASegmentHoldsForAllFindingsOfItsPairAlone) {
  ASSERT_THAT(CreateException(R"(concept_name: "glossaries/g/concepts/belarus" reason: "r"
                                 segment_text: "Белоруссия, Белоруссия")"),
              IsOk());
  const auto checked =
      Check(Pair("Belarus", "Белоруссия") + Pair("Belarus", " Белоруссия,  Белоруссия") +
            Pair("Belarus", "Белоруссия"));
  ASSERT_THAT(checked, IsOk());
  EXPECT_THAT(Told(checked->findings()),
              ElementsAre("0 KIND_FORBIDDEN: Белоруссия", "1 KIND_FORBIDDEN: Белоруссия*",
                          "1 KIND_FORBIDDEN: Белоруссия*", "2 KIND_FORBIDDEN: Белоруссия"));
}

TEST_F(TermCheckTest, TakesAHundredLongSegments) {
  std::string text;
  for (int i = 0; i < 900; ++i) {
    text += "Белоруссия ";
  }
  std::string request;
  for (int i = 0; i < 3; ++i) {
    request += Pair("Belarus", text.substr(0, text.size() - 1));
  }
  EXPECT_THAT(Check(request)->findings(), testing::SizeIs(2'700));
  for (int i = 3; i < 101; ++i) {
    request += Pair("a", "b");
  }
  EXPECT_THAT(Check(request), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("pairs")));
}

TEST_F(TermCheckTest, LanguageWithoutTermsIsRefusedWithThoseThatHaveSome) {
  const auto check = [&](const std::string& languages) {
    return Call<v1::CheckTermsRequest, v1::CheckTermsResponse>(
               "GlossaryService/CheckTerms",
               R"(glossaries: "glossaries/g" pairs { source { text: "a" } target { text: "b" } })" +
                   languages)
        .status();
  };
  EXPECT_THAT(
      check(R"(source_language_code: "en" target_language_code: "ee")"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               ::testing::AllOf(HasSubstr("target_language_code"), HasSubstr("en, lt, ru"))));
  EXPECT_THAT(check(R"(source_language_code: "et" target_language_code: "ru")"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("source_language_code")));
  EXPECT_THAT(check(R"(source_language_code: "en-GB" target_language_code: "ru")"), IsOk());
  Create("bolt", R"(do_not_translate: true
                    sections { language_code: "en" terms { text: "Bolt" } })");
  EXPECT_THAT(check(R"(source_language_code: "en" target_language_code: "et")"), IsOk());
}

}  // namespace
}  // namespace sild::service
