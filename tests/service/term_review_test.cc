#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

class TermReviewTest : public ServiceTest {
 protected:
  TermReviewTest() {
    EXPECT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                IsOk());
    EXPECT_THAT((Call<v1::CreateConceptRequest, v1::Concept>("GlossaryService/CreateConcept", R"(
                  parent: "glossaries/g" concept_id: "csto" concept_entry {
                    sections { language_code: "en" terms { text: "CSTO" } } })")),
                IsOk());
  }

  absl::StatusOr<v1::Concept> Propose(const std::string& more) {
    return Call<v1::ProposeTermRequest, v1::Concept>(
        "GlossaryService/ProposeTerm", "concept_name: \"glossaries/g/concepts/csto\" " + more);
  }
  absl::StatusOr<v1::Concept> Review(const std::string& more) {
    return Call<v1::ReviewTermRequest, v1::Concept>(
        "GlossaryService/ReviewTerm", "concept_name: \"glossaries/g/concepts/csto\" " + more);
  }

  // How many hits `text` has in Estonian.
  int Hits(const std::string& text) {
    const auto found = Call<v1::RecognizeTermsRequest, v1::RecognizeTermsResponse>(
        "GlossaryService/RecognizeTerms",
        "glossaries: \"glossaries/g\" source_language_code: \"et\" segments { text: \"" + text +
            "\" }");
    EXPECT_THAT(found, IsOk());
    return found->results(0).hits_size();
  }
};

TEST_F(TermReviewTest, TheWayFromProposalToApprovalIsInTheHistory) {
  const auto proposed = Propose(
      R"(language_code: "et" term { id: "mine" text: "ODKB" process_status: PROCESS_STATUS_APPROVED })");
  ASSERT_THAT(proposed, IsOk());
  ASSERT_EQ(proposed->sections_size(), 2);
  const v1::Term& term = proposed->sections(1).terms(0);
  EXPECT_EQ(term.process_status(), v1::Term::PROCESS_STATUS_PROPOSED);
  EXPECT_EQ(Hits("ODKB"), 1);
  actor_ = "jonas";
  const auto approved = Review("term_id: \"" + term.id() +
                               "\" process_status: PROCESS_STATUS_APPROVED note: \"as in law\"");
  ASSERT_THAT(approved, IsOk());
  EXPECT_EQ(approved->sections(1).terms(0).process_status(), v1::Term::PROCESS_STATUS_APPROVED);
  EXPECT_THAT(approved->sections(1).terms(0).notes(), ElementsAre("as in law"));
  EXPECT_EQ(approved->updater(), "jonas");
  const auto history = Call<v1::ListConceptRevisionsRequest, v1::ListConceptRevisionsResponse>(
      "GlossaryService/ListConceptRevisions", R"(name: "glossaries/g/concepts/csto")");
  ASSERT_THAT(history, IsOk());
  ASSERT_EQ(history->concepts_size(), 3);
  EXPECT_EQ(history->concepts(0).updater(), "jonas");
  EXPECT_EQ(history->concepts(1).updater(), "mari");
  const auto restored = Call<v1::RestoreConceptRequest, v1::Concept>(
      "GlossaryService/RestoreConcept", "name: \"glossaries/g/concepts/csto\" revision: " +
                                            std::to_string(history->concepts(1).revision()));
  ASSERT_THAT(restored, IsOk());
  EXPECT_EQ(restored->sections(1).terms(0).process_status(), v1::Term::PROCESS_STATUS_PROPOSED);
}

TEST_F(TermReviewTest, ARejectedTermIsKeptButNotFound) {
  ASSERT_THAT(Propose(R"(language_code: "et" term { text: "ODKB" })"), IsOk());
  const auto rejected =
      Review(R"(term_id: "t2" process_status: PROCESS_STATUS_REJECTED note: "vene lühend")");
  ASSERT_THAT(rejected, IsOk());
  EXPECT_EQ(rejected->sections(1).terms(0).process_status(), v1::Term::PROCESS_STATUS_REJECTED);
  EXPECT_EQ(Hits("ODKB"), 0);
}

TEST_F(TermReviewTest, TheSameVerdictAgainChangesNothing) {
  const auto first = Review(R"(term_id: "t1" process_status: PROCESS_STATUS_REJECTED)");
  const auto second = Review(R"(term_id: "t1" process_status: PROCESS_STATUS_REJECTED)");
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->revision(), first->revision());
}

TEST_F(TermReviewTest, ARetryWithTheSameRequestIdIsDoneOnce) {
  const std::string request =
      R"(term_id: "t1" process_status: PROCESS_STATUS_APPROVED note: "hea" request_id: "r1")";
  ASSERT_THAT(Review(request), IsOk());
  const auto again = Review(request);
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->sections(0).terms(0).notes_size(), 1);
}

TEST_F(TermReviewTest, AStaleEtagAborts) {
  EXPECT_THAT(Review(R"(term_id: "t1" process_status: PROCESS_STATUS_APPROVED etag: "1-1")"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("csto")));
  EXPECT_THAT(Propose(R"(language_code: "et" term { text: "ODKB" } etag: "1-1")"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("csto")));
}

TEST_F(TermReviewTest, SaysWhatIsWrong) {
  EXPECT_THAT(Review(R"(term_id: "t9" process_status: PROCESS_STATUS_APPROVED)"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("\"t9\"")));
  EXPECT_THAT(Review(R"(term_id: "t1" process_status: PROCESS_STATUS_PROPOSED)"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("process_status")));
  EXPECT_THAT(Review("process_status: PROCESS_STATUS_APPROVED"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("term_id")));
  EXPECT_THAT(Propose(R"(language_code: "et" term { text: "" })"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("term.text")));
  EXPECT_THAT(Propose(R"(language_code: "en" term { text: "CSTO" })"),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("\"t1\"")));
  EXPECT_THAT((Call<v1::ReviewTermRequest, v1::Concept>(
                  "GlossaryService/ReviewTerm",
                  R"(concept_name: "glossaries/g/concepts/none" term_id: "t1"
                     process_status: PROCESS_STATUS_APPROVED)")),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));
}

}  // namespace
}  // namespace sild::service
