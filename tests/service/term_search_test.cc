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

class TermSearchTest : public ServiceTest {
 protected:
  TermSearchTest() {
    for (const char* glossary : {"g", "h"}) {
      EXPECT_THAT(
          (Call<v1::CreateGlossaryRequest, v1::Glossary>(
              "GlossaryService/CreateGlossary", "glossary_id: \"" + std::string(glossary) + "\"")),
          IsOk());
    }
    Create("g", "eu", R"(subject_field: "Organisations"
      sections { language_code: "en" terms { text: "European Union" status: STATUS_PREFERRED } }
      sections { language_code: "et" terms { text: "Euroopa Liit" status: STATUS_PREFERRED }
                                     terms { text: "EL" status: STATUS_ADMITTED } })");
    Create("g", "euro", R"(subject_field: "money"
      sections { language_code: "et" terms { text: "euro" status: STATUS_PREFERRED } })");
    Create("g", "eurasia", R"(
      sections { language_code: "et-EE" terms { text: "Euraasia" process_status:
                                                PROCESS_STATUS_PROPOSED } })");
    Create("h", "oil", R"(sections { language_code: "et" terms { text: "õli" } })");
    Create("h", "zoo", R"(sections { language_code: "et" terms { text: "zoo" } })");
  }

  void Create(const std::string& glossary, const std::string& id, const std::string& entry) {
    EXPECT_THAT((Call<v1::CreateConceptRequest, v1::Concept>(
                    "GlossaryService/CreateConcept", "parent: \"glossaries/" + glossary +
                                                         "\" concept_id: \"" + id +
                                                         "\" concept_entry { " + entry + " }")),
                IsOk());
  }

  absl::StatusOr<v1::ListTermsResponse> List(const std::string& request) {
    return Call<v1::ListTermsRequest, v1::ListTermsResponse>("GlossaryService/ListTerms", request);
  }

  absl::StatusOr<v1::SearchTermsResponse> Search(const std::string& more) {
    return Call<v1::SearchTermsRequest, v1::SearchTermsResponse>(
        "GlossaryService/SearchTerms", "glossaries: \"glossaries/g\" " + more);
  }

  static std::vector<std::string> Texts(const absl::StatusOr<v1::ListTermsResponse>& response) {
    EXPECT_THAT(response, IsOk());
    std::vector<std::string> texts;
    for (const auto& entry : response->entries()) {
      texts.push_back(entry.term().text());
    }
    return texts;
  }

  // The ids of the concepts found.
  static std::vector<std::string> Ids(const absl::StatusOr<v1::SearchTermsResponse>& response) {
    EXPECT_THAT(response, IsOk());
    std::vector<std::string> ids;
    for (const v1::Concept& entry : response->concepts()) {
      ids.push_back(entry.name().substr(entry.name().rfind('/') + 1));
    }
    return ids;
  }
};

TEST_F(TermSearchTest, ListsTheTermsOfALanguageInItsOrder) {
  const auto listed = List(R"(parent: "glossaries/-" language_code: "et")");
  EXPECT_THAT(Texts(listed), ElementsAre("EL", "Euraasia", "euro", "Euroopa Liit", "zoo", "õli"));
  EXPECT_EQ(listed->entries(1).concept_name(), "glossaries/g/concepts/eurasia");
  EXPECT_EQ(listed->entries(1).language_code(), "et-EE");
  EXPECT_THAT(Texts(List(R"(parent: "glossaries/h" language_code: "et")")),
              ElementsAre("zoo", "õli"));
}

TEST_F(TermSearchTest, ListsWhatBeginsWithAPrefixWhateverItsCase) {
  EXPECT_THAT(Texts(List(R"(parent: "glossaries/g" language_code: "et" prefix: "EURO")")),
              ElementsAre("euro", "Euroopa Liit"));
  EXPECT_THAT(Texts(List(R"(parent: "glossaries/-" language_code: "et" prefix: "oli")")),
              IsEmpty());
}

TEST_F(TermSearchTest, ListsTranslationsIfAskedTo) {
  Create("g", "bridge", R"(sections { language_code: "en" terms { text: "bridge" } }
                           sections { language_code: "et" terms { text: "sild" } }
                           sections { language_code: "lt" terms { text: "tiltas" } })");
  const std::string request = R"(parent: "glossaries/g" language_code: "et" prefix: "sild" )";
  const auto listed = List(request + "include_translations: true");
  ASSERT_THAT(Texts(listed), ElementsAre("sild"));
  ASSERT_EQ(listed->entries(0).translations_size(), 2);
  EXPECT_EQ(listed->entries(0).translations(0).terms(0).text(), "bridge");
  EXPECT_EQ(listed->entries(0).translations(1).language_code(), "lt");
  EXPECT_EQ(List(request)->entries(0).translations_size(), 0);
}

TEST_F(TermSearchTest, PagesAreStableWhileTermsComeAndGo) {
  const std::string request = R"(parent: "glossaries/g" language_code: "et" page_size: 2)";
  const auto first = List(request);
  EXPECT_THAT(Texts(first), ElementsAre("EL", "Euraasia"));
  ASSERT_THAT((Call<v1::DeleteConceptRequest, google::protobuf::Empty>(
                  "GlossaryService/DeleteConcept", R"(name: "glossaries/g/concepts/eurasia")")),
              IsOk());
  Create("g", "a", R"(sections { language_code: "et" terms { text: "aas" } })");
  const auto second = List(request + " page_token: \"" + first->next_page_token() + "\"");
  EXPECT_THAT(Texts(second), ElementsAre("euro", "Euroopa Liit"));
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(TermSearchTest, RefusesAForeignPageToken) {
  const auto first = List(R"(parent: "glossaries/g" language_code: "et" page_size: 1)");
  EXPECT_THAT(List(R"(parent: "glossaries/h" language_code: "et" page_token: ")" +
                   first->next_page_token() + "\""),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token")));
}

TEST_F(TermSearchTest, SaysWhatIsWrongWithARequest) {
  EXPECT_THAT(List(R"(parent: "glossaries/none" language_code: "et")"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/none")));
  EXPECT_THAT(List(R"(parent: "glossaries/g")"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("language_code")));
  EXPECT_THAT(Search("query: \"" + std::string(501, 'x') + "\""),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("query")));
  EXPECT_THAT(Search("statuses: STATUS_UNSPECIFIED"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("statuses")));
}

TEST_F(TermSearchTest, FindsByPrefixPartAndForm) {
  const auto found = Search(R"(query: "euro")");
  EXPECT_THAT(Ids(found), ElementsAre("euro", "eu"));
  EXPECT_EQ(found->matches(0).kind(), v1::SearchTermsResponse::Match::KIND_EQUAL);
  EXPECT_EQ(found->matches(1).kind(), v1::SearchTermsResponse::Match::KIND_PREFIX);
  const auto form = Search(R"(query: "eurole")");
  ASSERT_THAT(Ids(form), ElementsAre("euro"));
  EXPECT_EQ(form->matches(0).kind(), v1::SearchTermsResponse::Match::KIND_FORM);
  EXPECT_EQ(form->matches(0).language_code(), "et");
  EXPECT_THAT(Ids(Search(R"(query: "union")")), ElementsAre("eu"));
}

TEST_F(TermSearchTest, LooksForFormsFromTwoLettersOn) {
  Create("g", "you", R"(sections { language_code: "et" terms { text: "sina" extra_forms: "qx"
                                                               extra_forms: "q" } })");
  const auto form = Search(R"(query: "QX")");
  ASSERT_THAT(Ids(form), ElementsAre("you"));
  EXPECT_EQ(form->matches(0).kind(), v1::SearchTermsResponse::Match::KIND_FORM);
  EXPECT_THAT(Ids(Search(R"(query: "q")")), IsEmpty());
}

TEST_F(TermSearchTest, FiltersByLanguageSubjectAndStatus) {
  EXPECT_THAT(Ids(Search(R"(language_code: "en")")), ElementsAre("eu"));
  EXPECT_THAT(Ids(Search(R"(subject_field: "ORGANISATIONS")")), ElementsAre("eu"));
  EXPECT_THAT(Ids(Search("process_statuses: PROCESS_STATUS_PROPOSED")), ElementsAre("eurasia"));
  const auto admitted = Search(R"(query: "e" statuses: STATUS_ADMITTED language_code: "et")");
  EXPECT_THAT(Ids(admitted), ElementsAre("eu", "eurasia"));
  EXPECT_EQ(admitted->matches(0).term().text(), "EL");
}

TEST_F(TermSearchTest, PagesOfASearchFollowEachOther) {
  const auto first = Search("page_size: 2");
  EXPECT_THAT(Ids(first), ElementsAre("euro", "eu"));
  const auto second = Search("page_size: 2 page_token: \"" + first->next_page_token() + "\"");
  EXPECT_THAT(Ids(second), ElementsAre("eurasia"));
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(TermSearchTest, TakesAnyQuery) {
  for (const char* query :
       {" ", "\u00AD", "👩‍👩‍👧", "\u202Eשלום", "|", "--", "e\u0301"}) {
    EXPECT_THAT(Search("query: \"" + std::string(query) + "\""), IsOk()) << query;
  }
}

}  // namespace
}  // namespace sild::service
