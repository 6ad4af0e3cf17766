#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

class RecognizeTest : public ServiceTest {
 protected:
  RecognizeTest() {
    EXPECT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                IsOk());
  }

  void Create(const std::string& id, const std::string& entry) {
    ASSERT_THAT(
        (Call<v1::CreateConceptRequest, v1::Concept>(
            "GlossaryService/CreateConcept",
            "parent: \"glossaries/g\" concept_id: \"" + id + "\" concept_entry { " + entry + " }")),
        IsOk());
  }

  absl::StatusOr<v1::RecognizeTermsResponse> Recognize(const std::string& more) {
    return Call<v1::RecognizeTermsRequest, v1::RecognizeTermsResponse>(
        "GlossaryService/RecognizeTerms",
        R"(glossaries: "glossaries/g" source_language_code: "et" )" + more);
  }
};

TEST_F(RecognizeTest, HitStandsAtCodePointsOfTheTextAsSent) {
  Create("bridge",
         R"(subject_field: "ehitus" sections { language_code: "et" terms { text: "sild" } }
                      sections { language_code: "ru" terms { text: "мост" } })");
  const auto found = Recognize(R"(segments { text: "🌉 õ Sild" })");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->results(0).hits_size(), 1);
  const v1::TermHit& hit = found->results(0).hits(0);
  EXPECT_EQ(hit.range().begin(), 4);
  EXPECT_EQ(hit.range().end(), 8);
  EXPECT_EQ(hit.concept_name(), "glossaries/g/concepts/bridge");
  EXPECT_EQ(hit.subject_field(), "ehitus");
  EXPECT_EQ(hit.term().text(), "sild");
  EXPECT_EQ(hit.class_(), v1::TermHit::CLASS_STRICT);
  ASSERT_EQ(hit.translations_size(), 1);
  EXPECT_EQ(hit.translations(0).terms(0).text(), "мост");
}

TEST_F(RecognizeTest, OnlyTargetsAskedForAreSent) {
  Create("bridge", R"(sections { language_code: "et" terms { text: "sild" } }
                      sections { language_code: "ru" terms { text: "мост" } }
                      sections { language_code: "lt" terms { text: "tiltas" } })");
  const auto found = Recognize(R"(target_language_codes: "lt-LT" segments { text: "sild" })");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->results(0).hits(0).translations_size(), 1);
  EXPECT_EQ(found->results(0).hits(0).translations(0).language_code(), "lt");
}

TEST_F(RecognizeTest, EachSegmentHasItsResult) {
  Create("bridge", R"(sections { language_code: "et" terms { text: "sild" } })");
  const auto found = Recognize(R"(segments { text: "jõgi" } segments { text: "sild" })");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->results_size(), 2);
  EXPECT_EQ(found->results(0).hits_size(), 0);
  EXPECT_EQ(found->results(1).hits_size(), 1);
}

TEST_F(RecognizeTest, NestedHitsComeWhenAskedFor) {
  Create("bridge", R"(sections { language_code: "et" terms { text: "sild" } })");
  Create("stone", R"(sections { language_code: "et" terms { text: "sild ja vesi" } })");
  const std::string segment = R"(segments { text: "sild ja vesi" })";
  EXPECT_EQ(Recognize(segment)->results(0).hits_size(), 1);
  EXPECT_EQ(Recognize(segment + " include_nested: true")->results(0).hits_size(), 2);
}

TEST_F(RecognizeTest, ChangedGlossaryIsSeenAtOnce) {
  EXPECT_EQ(Recognize(R"(segments { text: "sild" })")->results(0).hits_size(), 0);
  Create("bridge", R"(sections { language_code: "et" terms { text: "sild" } })");
  EXPECT_EQ(Recognize(R"(segments { text: "sild" })")->results(0).hits_size(), 1);
}

TEST_F(RecognizeTest, AtMostAThousandHitsOfASegmentAreSent) {
  Create("bridge", R"(sections { language_code: "et" terms { text: "õ" } })");
  std::string text;
  for (int i = 0; i < 1'500; ++i) {
    text += "õ ";
  }
  const auto found = Recognize("segments { text: \"" + text + "\" } segments { text: \"õ\" }");
  ASSERT_THAT(found, IsOk());
  EXPECT_EQ(found->results(0).hits_size(), 1'000);
  EXPECT_EQ(found->results(0).hits(999).range().begin(), 1'998);
  EXPECT_EQ(found->results(1).hits_size(), 1);
}

TEST_F(RecognizeTest, AnswerTooLargeIsRefusedWithTheRemedy) {
  std::string notes;
  for (int i = 0; i < 9; ++i) {
    notes += " notes: \"" + std::string(90'000, 'n') + "\"";
  }
  Create("bridge", R"(sections { language_code: "et" terms { text: "õ" } }
                      sections { language_code: "ru" terms { text: "мост" })" +
                       notes + " }");
  std::string text;
  for (int i = 0; i < 50; ++i) {
    text += "õ ";
  }
  EXPECT_THAT(Recognize("segments { text: \"" + text + "\" }"),
              StatusIs(absl::StatusCode::kResourceExhausted, HasSubstr("send fewer segments")));
  EXPECT_THAT(Recognize("target_language_codes: \"lt\" segments { text: \"" + text + "\" }"),
              IsOk());
}

TEST_F(RecognizeTest, CancelledCallStops) {
  Create("bridge", R"(sections { language_code: "et" terms { text: "sild" } })");
  const auto request = Parse<v1::RecognizeTermsRequest>(R"(
      glossaries: "glossaries/g" source_language_code: "et" segments { text: "sild" })");
  CallContext call;
  call.cancelled = true;
  v1::RecognizeTermsResponse response;
  EXPECT_THAT(services_->api()
                  .Find("sild.v1.GlossaryService/RecognizeTerms")
                  ->unary(call, request, &response),
              StatusIs(absl::StatusCode::kCancelled, HasSubstr("")));
}

TEST_F(RecognizeTest, ErrorsNameTheField) {
  EXPECT_THAT(Recognize(""), StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("segments")));
  EXPECT_THAT(
      (Call<v1::RecognizeTermsRequest, v1::RecognizeTermsResponse>(
          "GlossaryService/RecognizeTerms",
          R"(glossaries: "glossaries/none" source_language_code: "et" segments { text: "a" })")),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/none")));
}

}  // namespace
}  // namespace sild::service
