#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::google::protobuf::Empty;
using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr char kBridge[] = R"(
    parent: "glossaries/g" concept_id: "bridge"
    concept_entry {
      subject_field: "ehitus" definition: "Tee üle vee"
      sections { language_code: "et" terms { text: "sild" status: STATUS_PREFERRED } }
      sections { language_code: "ru" terms { text: "мост" } terms { text: "мостик" } } })";

class GlossaryMethodsTest : public ServiceTest {
 protected:
  GlossaryMethodsTest() { EXPECT_THAT(CreateGlossary("g"), IsOk()); }

  absl::StatusOr<v1::Glossary> CreateGlossary(const std::string& id) {
    return Call<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                         "glossary_id: \"" + id + "\"");
  }
  absl::StatusOr<v1::Glossary> GetGlossary() {
    return Call<v1::GetGlossaryRequest, v1::Glossary>("GlossaryService/GetGlossary",
                                                      R"(name: "glossaries/g")");
  }
  absl::StatusOr<v1::Glossary> UpdateGlossary(const std::string& request) {
    return Call<v1::UpdateGlossaryRequest, v1::Glossary>("GlossaryService/UpdateGlossary", request);
  }
  absl::StatusOr<v1::Concept> Create(const std::string& request) {
    return Call<v1::CreateConceptRequest, v1::Concept>("GlossaryService/CreateConcept", request);
  }
  absl::StatusOr<v1::Concept> Get(const std::string& id) {
    return Call<v1::GetConceptRequest, v1::Concept>("GlossaryService/GetConcept",
                                                    "name: \"glossaries/g/concepts/" + id + "\"");
  }
  absl::StatusOr<v1::Concept> Update(const std::string& request) {
    return Call<v1::UpdateConceptRequest, v1::Concept>("GlossaryService/UpdateConcept", request);
  }
  absl::Status Delete(const std::string& more = "") {
    return Call<v1::DeleteConceptRequest, Empty>("GlossaryService/DeleteConcept",
                                                 R"(name: "glossaries/g/concepts/bridge" )" + more)
        .status();
  }
  absl::StatusOr<v1::ListConceptRevisionsResponse> History(const std::string& more = "") {
    return Call<v1::ListConceptRevisionsRequest, v1::ListConceptRevisionsResponse>(
        "GlossaryService/ListConceptRevisions", R"(name: "glossaries/g/concepts/bridge" )" + more);
  }
};

TEST_F(GlossaryMethodsTest, GlossaryTellsWhatItHolds) {
  ASSERT_THAT(Create(kBridge), IsOk());
  const auto glossary = GetGlossary();
  ASSERT_THAT(glossary, IsOk());
  EXPECT_EQ(glossary->concept_count(), 1);
  EXPECT_THAT(glossary->language_codes(), testing::ElementsAre("et", "ru"));
}

TEST_F(GlossaryMethodsTest, GlossaryNameIsTakenOnce) {
  EXPECT_THAT(CreateGlossary("g"),
              StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("glossaries/g")));
  EXPECT_THAT(CreateGlossary("õ"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("glossary_id")));
}

TEST_F(GlossaryMethodsTest, GlossariesAreListedInPages) {
  ASSERT_THAT(CreateGlossary("h"), IsOk());
  const auto first = Call<v1::ListGlossariesRequest, v1::ListGlossariesResponse>(
      "GlossaryService/ListGlossaries", "page_size: 1");
  ASSERT_THAT(first, IsOk());
  ASSERT_EQ(first->glossaries_size(), 1);
  EXPECT_EQ(first->glossaries(0).name(), "glossaries/g");
  v1::ListGlossariesRequest next;
  next.set_page_size(1);
  next.set_page_token(first->next_page_token());
  const auto second = Call<v1::ListGlossariesResponse>("GlossaryService/ListGlossaries", next);
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->glossaries_size(), 1);
  EXPECT_EQ(second->glossaries(0).name(), "glossaries/h");
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(GlossaryMethodsTest, UpdateOfAGlossaryChangesWhatTheMaskNames) {
  const auto updated = UpdateGlossary(R"(
      glossary { name: "glossaries/g" display_name: "Sillad" labels { key: "desk" value: "et" } }
      update_mask { paths: "display_name" })");
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->display_name(), "Sillad");
  EXPECT_EQ(updated->labels_size(), 0);
}

TEST_F(GlossaryMethodsTest, StaleEtagOfAGlossaryIsAborted) {
  const std::string stale = GetGlossary()->etag();
  ASSERT_THAT(UpdateGlossary(R"(glossary { name: "glossaries/g" display_name: "Мосты" })"), IsOk());
  EXPECT_THAT(UpdateGlossary("glossary { name: \"glossaries/g\" display_name: \"x\" etag: '" +
                             stale + "' }"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")));
  EXPECT_EQ(GetGlossary()->display_name(), "Мосты");
}

TEST_F(GlossaryMethodsTest, GlossaryWithConceptsIsDeletedOnlyByForce) {
  ASSERT_THAT(Create(kBridge), IsOk());
  EXPECT_THAT((Call<v1::DeleteGlossaryRequest, Empty>("GlossaryService/DeleteGlossary",
                                                      R"(name: "glossaries/g")")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("1 concepts")));
  EXPECT_THAT((Call<v1::DeleteGlossaryRequest, Empty>("GlossaryService/DeleteGlossary",
                                                      R"(name: "glossaries/g" force: true)")),
              IsOk());
  EXPECT_THAT(Get("bridge"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/g")));
}

TEST_F(GlossaryMethodsTest, CreatedConceptIsReadBackWithAllThatWasSent) {
  const auto created = Create(kBridge);
  ASSERT_THAT(created, IsOk());
  const auto read = Get("bridge");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->SerializeAsString(), created->SerializeAsString());
  EXPECT_EQ(read->definition(), "Tee üle vee");
  EXPECT_EQ(read->creator(), "mari");
  EXPECT_EQ(read->sections(1).terms(1).text(), "мостик");
  EXPECT_FALSE(read->sections(1).terms(1).id().empty());
}

TEST_F(GlossaryMethodsTest, SameConceptUnderItsIdChangesNothing) {
  const auto first = Create(kBridge);
  const auto second = Create(kBridge);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->revision(), first->revision());
}

TEST_F(GlossaryMethodsTest, OtherConceptUnderATakenIdIsRefused) {
  ASSERT_THAT(Create(kBridge), IsOk());
  EXPECT_THAT(Create(R"(parent: "glossaries/g" concept_id: "bridge"
      concept_entry { sections { language_code: "lt" terms { text: "tiltas" } } })"),
              StatusIs(absl::StatusCode::kAlreadyExists,
                       HasSubstr("another concept; choose another concept_id")));
}

TEST_F(GlossaryMethodsTest, ErrorsOfAConceptNameTheField) {
  EXPECT_THAT(
      Create(R"(parent: "glossaries/g" concept_entry {
      sections { language_code: "et" terms { text: "sild" } terms { text: "" } } })"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("concept.sections[0].terms[1].text")));
  EXPECT_THAT(Create(R"(parent: "glossaries/none" concept_entry {
      sections { language_code: "et" terms { text: "sild" } } })"),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/none")));
}

TEST_F(GlossaryMethodsTest, BatchIsAllOrNone) {
  const auto batch = Call<v1::BatchCreateConceptsRequest, v1::BatchCreateConceptsResponse>(
      "GlossaryService/BatchCreateConcepts", R"(
      parent: "glossaries/g"
      requests { concept_id: "a" concept_entry { sections { language_code: "et" terms { text: "jõgi" } } } }
      requests { concept_id: "b" concept_entry { sections { language_code: "e_t" terms { text: "x" } } } })");
  EXPECT_THAT(batch,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("requests[1].concept")));
  EXPECT_THAT(Get("a"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("")));
}

TEST_F(GlossaryMethodsTest, BatchAnswersInItsOrderAlsoWhenRepeated) {
  v1::BatchCreateConceptsRequest request;
  request.set_parent("glossaries/g");
  request.set_request_id("r1");
  for (const char* text : {"река", "jõgi", "upė"}) {
    v1::LanguageSection* section = request.add_requests()->mutable_concept_entry()->add_sections();
    section->set_language_code("et");
    section->add_terms()->set_text(text);
  }
  const auto first =
      Call<v1::BatchCreateConceptsResponse>("GlossaryService/BatchCreateConcepts", request);
  const auto second =
      Call<v1::BatchCreateConceptsResponse>("GlossaryService/BatchCreateConcepts", request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->concepts(2).sections(0).terms(0).text(), "upė");
  EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
}

TEST_F(GlossaryMethodsTest, UpdateChangesWhatTheMaskNamesAndStampsIt) {
  ASSERT_THAT(Create(kBridge), IsOk());
  actor_ = "jonas";
  const auto updated = Update(R"(
      concept_entry { name: "glossaries/g/concepts/bridge" definition: "Дорога над водой" subject_field: "x" }
      update_mask { paths: "definition" })");
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->definition(), "Дорога над водой");
  EXPECT_EQ(updated->subject_field(), "ehitus");
  EXPECT_EQ(updated->creator(), "mari");
  EXPECT_EQ(updated->updater(), "jonas");
}

TEST_F(GlossaryMethodsTest, UpdateToTheSameChangesNothing) {
  const auto created = Create(kBridge);
  const auto updated =
      Update(R"(concept_entry { name: "glossaries/g/concepts/bridge" subject_field: "ehitus" })");
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->revision(), created->revision());
}

TEST_F(GlossaryMethodsTest, UpdateOfAMissingConceptNeedsAllowMissing) {
  const std::string request = R"(concept_entry { name: "glossaries/g/concepts/bridge"
      sections { language_code: "lt" terms { text: "tiltas" } } } )";
  EXPECT_THAT(Update(request), StatusIs(absl::StatusCode::kNotFound, HasSubstr("bridge")));
  const auto created = Update(request + "allow_missing: true");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->creator(), "mari");
}

TEST_F(GlossaryMethodsTest, StaleEtagOfAConceptIsAborted) {
  const std::string stale = Create(kBridge)->etag();
  ASSERT_THAT(
      Update(R"(concept_entry { name: "glossaries/g/concepts/bridge" definition: "новое" })"),
      IsOk());
  EXPECT_THAT(Update("concept_entry { name: \"glossaries/g/concepts/bridge\" definition: \"x\" "
                     "etag: '" +
                     stale + "' }"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")));
  EXPECT_THAT(Delete("etag: '" + stale + "'"),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("etag")));
  EXPECT_EQ(Get("bridge")->definition(), "новое");
}

TEST_F(GlossaryMethodsTest, PagesHoldEachConceptOnce) {
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    ASSERT_THAT(Create("parent: \"glossaries/g\" concept_id: \"" + std::string(id) +
                       "\" concept_entry { sections { language_code: \"et\" terms { text: \"sild\" "
                       "} } }"),
                IsOk());
  }
  std::string ids;
  v1::ListConceptsRequest request;
  request.set_parent("glossaries/g");
  request.set_page_size(2);
  do {
    const auto page = Call<v1::ListConceptsResponse>("GlossaryService/ListConcepts", request);
    ASSERT_THAT(page, IsOk());
    for (const v1::Concept& entry : page->concepts()) {
      ids += entry.name().back();
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(ids, "abcde");
}

TEST_F(GlossaryMethodsTest, JoinedConceptsAreOneThatHasWhatBothHad) {
  ASSERT_THAT(Create(kBridge), IsOk());
  ASSERT_THAT(Create(R"(parent: "glossaries/g" concept_id: "other" concept_entry {
      subject_field: "ehitus" definition: "Мост" definition_source: "Даль" notes: "n"
      sections { language_code: "et" terms { text: "sild" status: STATUS_DEPRECATED source: "ÕS" }
                                     terms { text: "purre" } }
      sections { language_code: "lt" terms { text: "tiltas" } }
      relations { type: TYPE_RELATED concept_name: "glossaries/g/concepts/bridge" }
      relations { type: TYPE_BROADER concept_name: "glossaries/g/concepts/road" } })"),
              IsOk());
  actor_ = "ona";
  const auto join = [&](const std::string& more) {
    return Call<v1::JoinConceptsRequest, v1::Concept>(
        "GlossaryService/JoinConcepts", R"(name: "glossaries/g/concepts/bridge" )" + more);
  };
  const std::string other = R"(joined_name: "glossaries/g/concepts/other" )";
  EXPECT_THAT(join(other + R"(joined_etag: "1-1")").status(),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("other")));
  EXPECT_THAT(join(R"(joined_name: "glossaries/g/concepts/bridge")").status(),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("joined_name")));
  EXPECT_THAT(join(R"(joined_name: "glossaries/g/concepts/none")").status(),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("none")));

  const auto joined = join(other + R"(request_id: "r1")");
  ASSERT_THAT(joined, IsOk());
  EXPECT_EQ(joined->definition(), "Tee üle vee");
  EXPECT_EQ(joined->definition_source(), "");
  EXPECT_THAT(joined->notes(), ElementsAre("n", "Мост (Даль)"));
  ASSERT_EQ(joined->sections_size(), 3);
  ASSERT_EQ(joined->sections(0).terms_size(), 2);
  EXPECT_EQ(joined->sections(0).terms(0).status(), v1::Term::STATUS_PREFERRED);
  EXPECT_EQ(joined->sections(0).terms(0).source(), "ÕS");
  EXPECT_EQ(joined->sections(0).terms(1).text(), "purre");
  EXPECT_EQ(joined->sections(1).terms_size(), 2);  // What only the first has stays.
  EXPECT_EQ(joined->sections(2).terms(0).text(), "tiltas");
  ASSERT_EQ(joined->relations_size(), 1);
  EXPECT_EQ(joined->relations(0).concept_name(), "glossaries/g/concepts/road");
  EXPECT_EQ(joined->updater(), "ona");
  EXPECT_THAT(Get("other").status(), StatusIs(absl::StatusCode::kNotFound, HasSubstr("other")));
  // Sent again it gives the same, although the other is gone.
  const auto again = join(other + R"(request_id: "r1")");
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->ShortDebugString(), joined->ShortDebugString());
}

TEST_F(GlossaryMethodsTest, OfAJoinTheOwnFactsOfTheFirstStay) {
  struct Case {
    std::string first;
    std::string second;
    std::string definition;
    std::string source;
    std::vector<std::string> notes;
  };
  const std::vector<Case> cases = {
      {"", R"(definition: "D" definition_source: "S")", "D", "S", {}},
      {R"(definition: "D")", R"(definition_source: "S")", "D", "", {"S"}},
      {R"(definition: "D" definition_source: "S")", R"(definition_source: "T")", "D", "S", {"T"}},
      {R"(definition: "D" definition_source: "S")", R"(definition_source: "S")", "D", "S", {}},
      {R"(definition: "D")", R"(definition: "D" definition_source: "S")", "D", "S", {}},
      {R"(definition_source: "S")", R"(definition: "E")", "", "S", {"E"}},
      {R"(definition_source: "S")",
       R"(definition: "E" definition_source: "T")",
       "",
       "S",
       {"E (T)"}},
      {R"(definition_source: "S")", R"(definition_source: "T")", "", "S", {"T"}},
      {"", "do_not_translate: true", "", "", {"b9 was marked: do not translate"}},
  };
  int number = 0;
  for (const Case& it : cases) {
    SCOPED_TRACE(it.first + " <- " + it.second);
    const std::string id = std::to_string(++number);
    const auto create = [&](const std::string& name, const std::string& fields) {
      return Create(R"(parent: "glossaries/g" concept_id: ")" + name + R"(" concept_entry { )" +
                    fields + R"( sections { language_code: "et" terms { text: "sild" } } })");
    };
    actor_ = "mari";
    ASSERT_THAT(create("a" + id, it.first), IsOk());
    actor_ = "jaan";
    ASSERT_THAT(create("b" + id, it.second), IsOk());
    actor_ = "ona";
    const auto joined = Call<v1::JoinConceptsRequest, v1::Concept>(
        "GlossaryService/JoinConcepts", R"(name: "glossaries/g/concepts/a)" + id +
                                            R"(" joined_name: "glossaries/g/concepts/b)" + id +
                                            R"(")");
    ASSERT_THAT(joined, IsOk());
    EXPECT_EQ(joined->definition(), it.definition);
    EXPECT_EQ(joined->definition_source(), it.source);
    std::vector<std::string> notes(joined->notes().begin(), joined->notes().end());
    EXPECT_EQ(notes, it.notes);
    EXPECT_FALSE(joined->do_not_translate());
    EXPECT_EQ(joined->creator(), "mari");
    EXPECT_EQ(joined->updater(), "ona");
  }
}

TEST_F(GlossaryMethodsTest, DeletedConceptIsRestoredFromItsHistory) {
  const auto created = Create(kBridge);
  ASSERT_THAT(Delete(), IsOk());
  EXPECT_THAT(Get("bridge"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("bridge")));
  const auto history = History();
  ASSERT_THAT(history, IsOk());
  ASSERT_EQ(history->concepts_size(), 2);
  EXPECT_TRUE(history->concepts(0).deleted());
  EXPECT_EQ(history->concepts(1).SerializeAsString(), created->SerializeAsString());
  v1::RestoreConceptRequest restore;
  restore.set_name(created->name());
  restore.set_revision(created->revision());
  actor_ = "ona";
  const auto restored = Call<v1::Concept>("GlossaryService/RestoreConcept", restore);
  ASSERT_THAT(restored, IsOk());
  EXPECT_EQ(restored->updater(), "ona");
  EXPECT_EQ(Get("bridge")->sections(0).terms(0).text(), "sild");
}

TEST_F(GlossaryMethodsTest, OnlyAStateThatWasIsRestored) {
  const auto created = Create(kBridge);
  v1::RestoreConceptRequest restore;
  restore.set_name(created->name());
  restore.set_revision(created->revision() + 1);
  EXPECT_THAT((Call<v1::Concept>("GlossaryService/RestoreConcept", restore)),
              StatusIs(absl::StatusCode::kNotFound, HasSubstr("has no state of revision")));
}

TEST_F(GlossaryMethodsTest, HistoryComesInPages) {
  ASSERT_THAT(Create(kBridge), IsOk());
  ASSERT_THAT(Delete(), IsOk());
  const auto first = History("page_size: 1");
  ASSERT_THAT(first, IsOk());
  EXPECT_TRUE(first->concepts(0).deleted());
  const auto second = History("page_size: 1 page_token: \"" + first->next_page_token() + "\"");
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->concepts_size(), 1);
  EXPECT_FALSE(second->concepts(0).deleted());
  EXPECT_EQ(second->next_page_token(), "");
}

TEST_F(GlossaryMethodsTest, PurgedConceptLeavesOnlyThatItWas) {
  ASSERT_THAT(Create(kBridge), IsOk());
  ASSERT_THAT((Call<v1::PurgeConceptRequest, Empty>("GlossaryService/PurgeConcept",
                                                    R"(name: "glossaries/g/concepts/bridge")")),
              IsOk());
  const auto history = History();
  ASSERT_THAT(history, IsOk());
  for (const v1::Concept& state : history->concepts()) {
    EXPECT_TRUE(state.purged());
    EXPECT_EQ(state.sections_size(), 0);
  }
}

}  // namespace
}  // namespace sild::service
