#include <string>
#include <vector>

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
using ::testing::IsEmpty;

using SimilarTerm = v1::FindSimilarTermsResponse::SimilarTerm;

class SimilarTermsTest : public ServiceTest {
 protected:
  SimilarTermsTest() {
    for (const char* glossary : {"g", "h"}) {
      EXPECT_THAT(
          (Call<v1::CreateGlossaryRequest, v1::Glossary>(
              "GlossaryService/CreateGlossary", "glossary_id: \"" + std::string(glossary) + "\"")),
          IsOk());
    }
    Create("g", "partnership", R"(sections { language_code: "ru" terms { text: "партнёрство" } }
                                  sections { language_code: "et" terms { text: "euro" } })");
    Create("g", "lukashenka", R"(sections { language_code: "lt" terms { text: "Lukašenka"
                                 process_status: PROCESS_STATUS_REJECTED } })");
    Create("h", "other", R"(sections { language_code: "ru-RU" terms { text: "Партнерство" } })");
  }

  void Create(const std::string& glossary, const std::string& id, const std::string& entry) {
    EXPECT_THAT((Call<v1::CreateConceptRequest, v1::Concept>(
                    "GlossaryService/CreateConcept", "parent: \"glossaries/" + glossary +
                                                         "\" concept_id: \"" + id +
                                                         "\" concept_entry { " + entry + " }")),
                IsOk());
  }

  // What is similar to `entry`: `KIND text concept`.
  std::vector<std::string> Find(const std::string& glossaries, const std::string& entry) {
    const auto found = Call<v1::FindSimilarTermsRequest, v1::FindSimilarTermsResponse>(
        "GlossaryService/FindSimilarTerms", glossaries + " concept_entry { " + entry + " }");
    EXPECT_THAT(found, IsOk());
    std::vector<std::string> lines;
    for (const SimilarTerm& similar : found->similar_terms()) {
      lines.push_back(SimilarTerm::Kind_Name(similar.kind()) + " " + similar.text() + " " +
                      similar.concept_name());
    }
    return lines;
  }
};

TEST_F(SimilarTermsTest, FindsTheSameTermInAllGlossariesAsked) {
  const std::string entry =
      R"(sections { language_code: "ru" terms { text: "ПАРТНЁРСТВО\302\255" } })";
  EXPECT_THAT(Find(R"(glossaries: "glossaries/g")", entry),
              ElementsAre("KIND_SAME ПАРТНЁРСТВО\u00AD glossaries/g/concepts/partnership"));
  EXPECT_THAT(Find(R"(glossaries: "glossaries/h" glossaries: "glossaries/g")", entry),
              ElementsAre("KIND_SAME ПАРТНЁРСТВО\u00AD glossaries/h/concepts/other",
                          "KIND_SAME ПАРТНЁРСТВО\u00AD glossaries/g/concepts/partnership"));
}

TEST_F(SimilarTermsTest, LeavesOutTheConceptItself) {
  EXPECT_THAT(Find(R"(glossaries: "glossaries/g")",
                   R"(name: "glossaries/g/concepts/partnership"
                      sections { language_code: "ru" terms { text: "партнёрство" } })"),
              IsEmpty());
}

TEST_F(SimilarTermsTest, FindsFormsAndNearTermsAndRejectedOnes) {
  EXPECT_THAT(Find(R"(glossaries: "glossaries/g")",
                   R"(sections { language_code: "et" terms { text: "eurole" } }
                      sections { language_code: "lt" terms { text: "Lukasenka" } })"),
              ElementsAre("KIND_FORM eurole glossaries/g/concepts/partnership",
                          "KIND_NEAR Lukasenka glossaries/g/concepts/lukashenka"));
}

TEST_F(SimilarTermsTest, OtherLanguagesAreNotCompared) {
  EXPECT_THAT(Find(R"(glossaries: "glossaries/g")",
                   R"(sections { language_code: "lt" terms { text: "euro" } })"),
              IsEmpty());
}

TEST_F(SimilarTermsTest, SaysWhatIsWrong) {
  EXPECT_THAT((Call<v1::FindSimilarTermsRequest, v1::FindSimilarTermsResponse>(
                  "GlossaryService/FindSimilarTerms", R"(glossaries: "glossaries/g")")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("concept.sections")));
}

}  // namespace
}  // namespace sild::service
