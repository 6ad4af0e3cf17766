#include <filesystem>
#include <fstream>
#include <memory>
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
using ::testing::Contains;
using ::testing::HasSubstr;

class TermFormsTest : public ServiceTest {
 protected:
  TermFormsTest() {
    EXPECT_THAT((Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                               R"(glossary_id: "g")")),
                IsOk());
    EXPECT_THAT((Call<v1::CreateConceptRequest, v1::Concept>("GlossaryService/CreateConcept", R"(
                  parent: "glossaries/g" concept_id: "c" concept_entry {
                    sections { language_code: "lt" terms {
                      text: "Lukašenka" extra_forms: "Lukašenko" banned_forms: "lukašenkoms" } }
                    sections { language_code: "et" terms { text: "NATO" } } })")),
                IsOk());
  }

  absl::StatusOr<v1::ExplainTermResponse> Explain(const std::string& id, const std::string& text) {
    return Call<v1::ExplainTermRequest, v1::ExplainTermResponse>(
        "GlossaryService/ExplainTerm", "concept_name: \"glossaries/g/concepts/c\" term_id: \"" +
                                           id + "\" segment { text: \"" + text + "\" }");
  }

  template <typename Response>
  static std::vector<std::string> Texts(const Response& response) {
    std::vector<std::string> texts;
    for (const v1::Form& form : response.forms()) {
      texts.push_back(form.text() + (form.banned() ? " (banned)" : ""));
    }
    return texts;
  }
};

TEST_F(TermFormsTest, ListsWhatIsFoundAndWhatIsBanned) {
  const auto forms = Call<v1::ListFormsRequest, v1::ListFormsResponse>(
      "GlossaryService/ListForms", R"(concept_name: "glossaries/g/concepts/c" term_id: "t1")");
  ASSERT_THAT(forms, IsOk());
  EXPECT_THAT(Texts(*forms), Contains("lukašenkos"));
  EXPECT_THAT(Texts(*forms), Contains("Lukašenko"));
  EXPECT_THAT(Texts(*forms), Contains("lukašenkoms (banned)"));
  EXPECT_EQ(forms->forms(0).text(), "Lukašenka");
  EXPECT_EQ(forms->forms(0).origin(), v1::Form::ORIGIN_BASE);
}

TEST_F(TermFormsTest, SaysThatAWordHasTooManyForms) {
  const test::TempDir dictionaries;
  std::ofstream affixes(dictionaries.path() / "lt_LT.aff");
  affixes << "SET UTF-8\nSFX A Y 1200\n";
  for (int i = 0; i < 1'200; ++i) {
    affixes << "SFX A 0 " << std::string(1, static_cast<char>('a' + i % 20))
            << std::string(1, static_cast<char>('a' + i / 20 % 20))
            << std::string(1, static_cast<char>('a' + i / 400)) << " .\n";
  }
  affixes.close();
  std::ofstream(dictionaries.path() / "lt_LT.dic") << "1\nnamas/A\n";
  const std::vector<std::filesystem::path> directories{dictionaries.path()};
  const auto expanders =
      terms::FormExpanders::Load(directories, terms::MissingDictionary::kUseRules);
  ASSERT_THAT(expanders, IsOk());
  services_ = std::make_unique<Services>(*store_, **expanders, "test");
  const auto preview = [this](const std::string& term) {
    return Call<v1::PreviewFormsRequest, v1::PreviewFormsResponse>(
        "GlossaryService/PreviewForms", "language_code: \"lt\" term { text: \"" + term + "\" }");
  };
  EXPECT_TRUE(preview("namas")->truncated());
  EXPECT_TRUE(preview("namas x")->truncated());
  EXPECT_FALSE(preview("kalba")->truncated());
  services_.reset();  // Before what it uses.
}

TEST_F(TermFormsTest, PreviewsATermThatIsNotStored) {
  const auto forms = Call<v1::PreviewFormsRequest, v1::PreviewFormsResponse>(
      "GlossaryService/PreviewForms", R"(language_code: "lt" term { text: "Tokajevas" })");
  ASSERT_THAT(forms, IsOk());
  EXPECT_THAT(Texts(*forms), Contains("tokajevą"));
  EXPECT_THAT((Call<v1::PreviewFormsRequest, v1::PreviewFormsResponse>(
                  "GlossaryService/PreviewForms", R"(language_code: "lt" term {})")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("term.text")));
}

TEST_F(TermFormsTest, ExplainsWhyATermIsNotFound) {
  const auto found = Explain("t1", "Susitiko su Lukašenka Minske.");
  ASSERT_THAT(found, IsOk());
  EXPECT_TRUE(found->found());
  const auto banned = Explain("t1", "Pranešė Lukašenkoms.");
  ASSERT_THAT(banned, IsOk());
  EXPECT_FALSE(banned->found());
  EXPECT_THAT(banned->reason(), HasSubstr("banned"));
}

TEST_F(TermFormsTest, TellsWhatIsNotThere) {
  EXPECT_THAT(Explain("t9", "NATO"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("t9")));
  EXPECT_THAT((Call<v1::ListFormsRequest, v1::ListFormsResponse>(
                  "GlossaryService/ListForms", R"(concept_name: "c" term_id: "t1")")),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("concept")));
}

}  // namespace
}  // namespace sild::service
