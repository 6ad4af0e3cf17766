#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/text/context_hash.h"
#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

constexpr char kHello[] = R"(
    parent: "memories/m" unit_id: "hello"
    unit { source_language_code: "en"
           variants { language_code: "en" segment { text: "Hello" } neighbors { previous_text: "" next_text: "How are you?" } }
           variants { language_code: "et" segment { text: "Tere" } status: STATUS_REVIEWED } })";

class UnitMethodsTest : public ServiceTest {
 protected:
  UnitMethodsTest() {
    EXPECT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           R"(memory_id: "m")")),
                IsOk());
  }

  absl::StatusOr<v1::TranslationUnit> Create(const std::string& text) {
    return Call<v1::CreateUnitRequest, v1::TranslationUnit>("MemoryService/CreateUnit", text);
  }
  absl::StatusOr<v1::TranslationUnit> Get(const std::string& id) {
    return Call<v1::GetUnitRequest, v1::TranslationUnit>("MemoryService/GetUnit",
                                                         "name: \"memories/m/units/" + id + "\"");
  }
  absl::StatusOr<v1::TranslationUnit> Update(const std::string& text) {
    return Call<v1::UpdateUnitRequest, v1::TranslationUnit>("MemoryService/UpdateUnit", text);
  }
};

TEST_F(UnitMethodsTest, CreatedUnitIsReadBackWithAllThatWasSent) {
  const auto created = Create(kHello);
  ASSERT_THAT(created, IsOk());
  const auto read = Get("hello");
  ASSERT_THAT(read, IsOk());
  EXPECT_EQ(read->SerializeAsString(), created->SerializeAsString());
  EXPECT_EQ(read->name(), "memories/m/units/hello");
  EXPECT_EQ(read->creator(), "mari");
  EXPECT_EQ(read->variants(1).segment().text(), "Tere");
  EXPECT_EQ(read->variants(1).status(), v1::Variant::STATUS_REVIEWED);
  EXPECT_EQ(read->variants(0).neighbors().previous_hash(), text::ContextHash(""));
  EXPECT_FALSE(read->variants(0).neighbors().has_previous_text());
  EXPECT_GT(read->revision(), 0);
  EXPECT_FALSE(read->etag().empty());
  EXPECT_TRUE(read->has_create_time());
}

TEST_F(UnitMethodsTest, SameUnitUnderItsIdChangesNothing) {
  const auto first = Create(kHello);
  const auto second = Create(kHello);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->SerializeAsString(), second->SerializeAsString());
}

TEST_F(UnitMethodsTest, OtherUnitUnderATakenIdIsRefused) {
  ASSERT_THAT(Create(kHello), IsOk());
  EXPECT_THAT(
      Create(
          R"(parent: "memories/m" unit_id: "hello" unit { variants { language_code: "en" segment { text: "Bye" } } })"),
      StatusIs(absl::StatusCode::kAlreadyExists, HasSubstr("memories/m/units/hello")));
}

TEST_F(UnitMethodsTest, RepeatedRequestIdGivesTheFirstAnswer) {
  const std::string request =
      R"(parent: "memories/m" request_id: "r1" unit { variants { language_code: "en" segment { text: "Hi" } } })";
  const auto first = Create(request);
  ASSERT_THAT(first, IsOk());
  const auto second = Create(request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(first->name(), second->name());  // The id was chosen by the server.
}

TEST_F(UnitMethodsTest, ErrorsNameTheFieldAndTheRemedy) {
  EXPECT_THAT(
      Create(R"(parent: "memories/m" unit { variants { language_code: "en" segment { text: "a" } }
                                                    variants { language_code: "en_US" segment { text: "b" } } })"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("unit.variants[1].language_code: \"en_US\"")));
  EXPECT_THAT(
      Create(
          R"(parent: "memories/m" unit { variants { language_code: "en" segment { text: "a\000b" } } })"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("unit.variants[0].segment.text")));
  EXPECT_THAT(
      Create(
          R"(parent: "memories/m" unit { variants { language_code: "en" segment { text: "" } } })"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("is empty")));
  EXPECT_THAT(
      Create("parent: \"memories/m\" unit { variants { language_code: \"en\" segment { text: \"" +
             std::string(10'001, 'a') + "\" } } }"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("at most 10000 are taken")));
  EXPECT_THAT(
      Create(R"(parent: "memories/m" unit { })"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("unit.variants: is required")));
  EXPECT_THAT(
      Create(
          R"(parent: "memories/m" unit { variants { language_code: "en" segment { text: "a" tags { kind: KIND_OPEN position: 2 } } } })"),
      StatusIs(absl::StatusCode::kInvalidArgument,
               HasSubstr("unit.variants[0].segment.tags[0].position")));
  EXPECT_THAT(
      Create(R"(parent: "m" unit { variants { language_code: "en" segment { text: "a" } } })"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("parent")));
  EXPECT_THAT(
      Create(
          R"(parent: "memories/none" unit { variants { language_code: "en" segment { text: "a" } } })"),
      StatusIs(absl::StatusCode::kNotFound, HasSubstr("memories/none")));
}

TEST_F(UnitMethodsTest, TagsStandAtCodePointsOfTheTextAsSent) {
  ASSERT_THAT(Create(R"(parent: "memories/m" unit_id: "t" unit { variants { language_code: "et"
                        segment { text: "š on 😀 hea" tags { kind: KIND_PLACEHOLDER position: 6 data: "<br/>" } } } })"),
              IsOk());
  EXPECT_EQ(Get("t")->variants(0).segment().tags(0).position(), 6);
}

TEST_F(UnitMethodsTest, UpdateChangesOnlyWhatTheMaskNames) {
  ASSERT_THAT(Create(kHello), IsOk());
  const auto updated =
      Update(R"(unit { name: "memories/m/units/hello" document: "a.txt" context_id: "ignored" }
                                 update_mask { paths: "document" })");
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->document(), "a.txt");
  EXPECT_EQ(updated->context_id(), "");
  EXPECT_EQ(updated->variants_size(), 2);
  EXPECT_EQ(updated->variants(0).neighbors().next_hash(), text::ContextHash("How are you?"));
}

TEST_F(UnitMethodsTest, UpdateRefusesAPathThatIsNotThere) {
  ASSERT_THAT(Create(kHello), IsOk());
  EXPECT_THAT(
      Update(R"(unit { name: "memories/m/units/hello" } update_mask { paths: "documents" })"),
      StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("documents")));
}

TEST_F(UnitMethodsTest, StaleEtagIsAborted) {
  const auto created = Create(kHello);
  ASSERT_THAT(
      Update(
          R"(unit { name: "memories/m/units/hello" document: "b" } update_mask { paths: "document" })"),
      IsOk());
  v1::UpdateUnitRequest request;
  request.mutable_unit()->set_name(created->name());
  request.mutable_unit()->set_etag(created->etag());
  request.mutable_unit()->set_document("c");
  request.mutable_update_mask()->add_paths("document");
  EXPECT_THAT((Call<v1::TranslationUnit>("MemoryService/UpdateUnit", request)),
              StatusIs(absl::StatusCode::kAborted, HasSubstr("has changed since it was read")));
  EXPECT_EQ(Get("hello")->document(), "b");
}

TEST_F(UnitMethodsTest, BatchIsStoredWholeOrNotAtAll) {
  const auto result = Call<v1::BatchCreateUnitsRequest, v1::BatchCreateUnitsResponse>(
      "MemoryService/BatchCreateUnits", R"(
      parent: "memories/m"
      requests { unit_id: "a" unit { variants { language_code: "en" segment { text: "a" } } } }
      requests { unit_id: "b" unit { variants { language_code: "xx-invalid-tag-xx" segment { text: "b" } } } })");
  EXPECT_THAT(result, StatusIs(absl::StatusCode::kInvalidArgument,
                               HasSubstr("requests[1].unit.variants[0].language_code")));
  EXPECT_THAT(Get("a"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("units/a")));
}

TEST_F(UnitMethodsTest, RepeatedBatchGivesTheFirstAnswerWhole) {
  ASSERT_THAT(Create(kHello), IsOk());
  v1::BatchCreateUnitsRequest request;
  request.set_parent("memories/m");
  request.set_request_id("batch");
  for (const char* text : {"one", "two"}) {
    v1::Variant* variant = request.add_requests()->mutable_unit()->add_variants();
    variant->set_language_code("en");
    variant->mutable_segment()->set_text(text);
  }
  *request.add_requests() =
      Parse<v1::CreateUnitRequest>(kHello);  // Is there already: makes no change.
  const auto first = Call<v1::BatchCreateUnitsResponse>("MemoryService/BatchCreateUnits", request);
  const auto second = Call<v1::BatchCreateUnitsResponse>("MemoryService/BatchCreateUnits", request);
  ASSERT_THAT(first, IsOk());
  ASSERT_THAT(second, IsOk());
  ASSERT_EQ(second->units_size(), 3);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(first->units(i).name(), second->units(i).name());
  }
}

TEST_F(UnitMethodsTest, SetAndRemoveVariant) {
  ASSERT_THAT(Create(kHello), IsOk());
  const auto set = Call<v1::SetVariantRequest, v1::TranslationUnit>("MemoryService/SetVariant", R"(
      unit: "memories/m/units/hello" variant { language_code: "lt" segment { text: "Labas" } })");
  ASSERT_THAT(set, IsOk());
  EXPECT_EQ(set->variants_size(), 3);
  const auto removed =
      Call<v1::RemoveVariantRequest, v1::TranslationUnit>("MemoryService/RemoveVariant", R"(
      unit: "memories/m/units/hello" language_code: "et")");
  ASSERT_THAT(removed, IsOk());
  EXPECT_EQ(removed->variants_size(), 2);
}

TEST_F(UnitMethodsTest, DeletedUnitIsRestoredFromItsHistory) {
  const auto created = Create(kHello);
  ASSERT_THAT((Call<v1::DeleteUnitRequest, google::protobuf::Empty>(
                  "MemoryService/DeleteUnit", R"(name: "memories/m/units/hello")")),
              IsOk());
  EXPECT_THAT(Get("hello"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("hello")));
  const auto history = Call<v1::ListUnitRevisionsRequest, v1::ListUnitRevisionsResponse>(
      "MemoryService/ListUnitRevisions", R"(name: "memories/m/units/hello")");
  ASSERT_THAT(history, IsOk());
  ASSERT_EQ(history->units_size(), 2);
  EXPECT_TRUE(history->units(0).deleted());
  v1::RestoreUnitRequest restore;
  restore.set_name(created->name());
  restore.set_revision(history->units(1).revision());
  ASSERT_THAT((Call<v1::TranslationUnit>("MemoryService/RestoreUnit", restore)), IsOk());
  EXPECT_EQ(Get("hello")->variants(1).segment().text(), "Tere");
}

TEST_F(UnitMethodsTest, PurgedUnitLeavesOnlyThatItWas) {
  ASSERT_THAT(Create(kHello), IsOk());
  ASSERT_THAT((Call<v1::PurgeUnitRequest, google::protobuf::Empty>(
                  "MemoryService/PurgeUnit", R"(name: "memories/m/units/hello")")),
              IsOk());
  const auto history = Call<v1::ListUnitRevisionsRequest, v1::ListUnitRevisionsResponse>(
      "MemoryService/ListUnitRevisions", R"(name: "memories/m/units/hello")");
  ASSERT_THAT(history, IsOk());
  for (const v1::TranslationUnit& state : history->units()) {
    EXPECT_TRUE(state.purged());
    EXPECT_EQ(state.variants_size(), 0);
  }
}

TEST_F(UnitMethodsTest, PagesHoldEachUnitOnce) {
  for (const char* id : {"a", "b", "c", "d", "e"}) {
    ASSERT_THAT(
        Create(
            std::string(
                R"(parent: "memories/m" unit { variants { language_code: "en" segment { text: "x" } } } unit_id: ")") +
            id + "\""),
        IsOk());
  }
  std::string ids;
  v1::ListUnitsRequest request;
  request.set_parent("memories/m");
  request.set_page_size(2);
  do {
    const auto page = Call<v1::ListUnitsResponse>("MemoryService/ListUnits", request);
    ASSERT_THAT(page, IsOk());
    for (const v1::TranslationUnit& unit : page->units()) {
      ids += unit.name().back();
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  EXPECT_EQ(ids, "abcde");
}

TEST_F(UnitMethodsTest, PageTokenOfAnotherListIsRefused) {
  for (const char* id : {"a", "b"}) {
    ASSERT_THAT(
        Create(
            std::string(
                R"(parent: "memories/m" unit { variants { language_code: "en" segment { text: "x" } } } unit_id: ")") +
            id + "\""),
        IsOk());
  }
  v1::ListUnitsRequest request;
  request.set_parent("memories/m");
  request.set_page_size(1);
  const auto page = Call<v1::ListUnitsResponse>("MemoryService/ListUnits", request);
  request.set_page_token(page->next_page_token());
  request.mutable_filter()->set_document("other");
  EXPECT_THAT((Call<v1::ListUnitsResponse>("MemoryService/ListUnits", request)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_token")));
  request.set_page_size(-1);
  EXPECT_THAT((Call<v1::ListUnitsResponse>("MemoryService/ListUnits", request)),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("page_size")));
}

TEST_F(UnitMethodsTest, MemoryWithUnitsIsDeletedOnlyByForce) {
  ASSERT_THAT(Create(kHello), IsOk());
  EXPECT_THAT((Call<v1::DeleteMemoryRequest, google::protobuf::Empty>("MemoryService/DeleteMemory",
                                                                      R"(name: "memories/m")")),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("1 units")));
  ASSERT_THAT((Call<v1::DeleteMemoryRequest, google::protobuf::Empty>(
                  "MemoryService/DeleteMemory", R"(name: "memories/m" force: true)")),
              IsOk());
  ASSERT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                         R"(memory_id: "m")")),
              IsOk());
  EXPECT_THAT(Get("hello"), StatusIs(absl::StatusCode::kNotFound, HasSubstr("hello")));
}

TEST_F(UnitMethodsTest, ConfirmedSegmentIsFoundByTheNextLookup) {
  const auto confirmed = Call<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>(
      "MemoryService/ConfirmSegment", R"(
      parent: "memories/m" source { language_code: "en" segment { text: "Spheres of influence" } }
      target { language_code: "et" segment { text: "Mõjusfäärid" } })");
  ASSERT_THAT(confirmed, IsOk());
  EXPECT_EQ(confirmed->outcome(), v1::ConfirmSegmentResponse::OUTCOME_CREATED);
  const auto found =
      Call<v1::LookupMatchesRequest, v1::LookupMatchesResponse>("MatchService/LookupMatches", R"(
      memories { memory: "memories/m" } source_language_code: "en" target_language_codes: "et"
      queries { segment { text: "Spheres of influence" } })");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->results(0).matches_size(), 1);
  EXPECT_EQ(found->results(0).matches(0).score(), 100.0);
  EXPECT_EQ(found->results(0).matches(0).proposal().text(), "Mõjusfäärid");
}

TEST_F(UnitMethodsTest, LookupLeadsAcrossAThirdLanguage) {
  for (const char* const more :
       {R"(variants { language_code: "et" segment { text: "Sild" } })",
        R"(variants { language_code: "lt" segment { text: "Tiltas" } })"}) {
    ASSERT_THAT(Create(std::string(R"(parent: "memories/m" unit {
                  variants { language_code: "en" segment { text: "Bridge" } } )") +
                       more + "}"),
                IsOk());
  }
  const auto found =
      Call<v1::LookupMatchesRequest, v1::LookupMatchesResponse>("MatchService/LookupMatches", R"(
      memories { memory: "memories/m" } source_language_code: "lt" target_language_codes: "et"
      queries { segment { text: "Tiltas" } } options { penalties { pivot: 4.5 } })");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->results(0).matches_size(), 1);
  const v1::Match& match = found->results(0).matches(0);
  EXPECT_EQ(match.score(), 95.5);
  EXPECT_EQ(match.proposal().text(), "Sild");
  EXPECT_EQ(match.bridge().language_code(), "en");
  EXPECT_EQ(match.bridge().text(), "Bridge");
  EXPECT_NE(match.bridge().unit(), match.unit().name());
  ASSERT_EQ(match.unit().variants_size(), 2);  // Of the query's language and of the bridge's.
  EXPECT_EQ(match.unit().variants(0).language_code(), "en");
  EXPECT_EQ(match.unit().variants(1).language_code(), "lt");
}

TEST_F(UnitMethodsTest, LookupTellsWherePlaceablesStand) {
  ASSERT_THAT(Create(R"(parent: "memories/m" unit {
                variants { language_code: "ru" segment { text: "Глава 5" } }
                variants { language_code: "et" segment { text: "Peatükk 5" } } })"),
              IsOk());
  const auto found =
      Call<v1::LookupMatchesRequest, v1::LookupMatchesResponse>("MatchService/LookupMatches", R"(
      memories { memory: "memories/m" } source_language_code: "ru" target_language_codes: "et"
      queries { segment { text: "Глава 17" } })");
  ASSERT_THAT(found, IsOk());
  ASSERT_EQ(found->results(0).matches_size(), 1);
  const v1::Match& match = found->results(0).matches(0);
  EXPECT_EQ(match.type(), v1::MATCH_TYPE_REPAIRED);
  EXPECT_EQ(match.proposal().text(), "Peatükk 17");
  EXPECT_EQ(match.repaired_score(), 99.0);
  ASSERT_EQ(match.placements_size(), 1);
  const v1::Placement& placement = match.placements(0);
  EXPECT_EQ(placement.state(), v1::Placement::STATE_PLACED);
  EXPECT_EQ(placement.kind(), v1::Placement::KIND_NUMBER);
  EXPECT_EQ(placement.query_range().begin(), 6);
  EXPECT_EQ(placement.query_range().end(), 8);
  EXPECT_EQ(placement.proposal_range().begin(), 8);
  EXPECT_EQ(placement.proposal_range().end(), 10);
}

TEST_F(UnitMethodsTest, ConfirmThatChangesAUnitTellsWhenAndByWhom) {
  const auto created = Create(kHello);
  ASSERT_THAT(created, IsOk());
  actor_ = "jonas";
  const auto confirmed = Call<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>(
      "MemoryService/ConfirmSegment", R"(
      parent: "memories/m" write_policy: WRITE_POLICY_KEEP_NEWEST
      source { language_code: "en" segment { text: "Hello" } }
      target { language_code: "ru" segment { text: "Привет" } })");
  ASSERT_THAT(confirmed, IsOk());
  ASSERT_EQ(confirmed->outcome(), v1::ConfirmSegmentResponse::OUTCOME_UPDATED);
  const v1::TranslationUnit& unit = confirmed->unit();
  EXPECT_EQ(unit.name(), created->name());
  EXPECT_EQ(unit.creator(), "mari");
  EXPECT_EQ(unit.updater(), "jonas");
  EXPECT_EQ(unit.variants(2).creator(), "jonas");
  EXPECT_EQ(unit.create_time().SerializeAsString(), created->create_time().SerializeAsString());
  EXPECT_NE(unit.update_time().SerializeAsString(), created->update_time().SerializeAsString());
}

TEST_F(UnitMethodsTest, ConfirmedTwiceIsStoredOnce) {
  const std::string request = R"(parent: "memories/m"
      source { language_code: "en" segment { text: "OK" } }
      target { language_code: "ru" segment { text: "Ладно" } })";
  const auto first = Call<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>(
      "MemoryService/ConfirmSegment", request);
  const auto second = Call<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>(
      "MemoryService/ConfirmSegment", request);
  ASSERT_THAT(second, IsOk());
  EXPECT_EQ(second->outcome(), v1::ConfirmSegmentResponse::OUTCOME_UNCHANGED);
  EXPECT_EQ(second->unit().name(), first->unit().name());
}

TEST_F(UnitMethodsTest, ConfirmOfWhatIsStoredCountsAsAUse) {
  const auto confirm = [this](const std::string& more) {
    return Call<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>(
        "MemoryService/ConfirmSegment", R"(parent: "memories/m"
        source { language_code: "et" segment { text: "Läbirääkimised jätkuvad." } }
        target { language_code: "lt" segment { text: "Derybos tęsiasi." } } )" +
                                            more);
  };
  const auto first = confirm("");
  ASSERT_THAT(first, IsOk());
  EXPECT_EQ(first->unit().usage_count(), 0);
  EXPECT_FALSE(first->unit().has_last_use_time());
  const Revision revision = store_->CurrentView()->revision();
  ASSERT_THAT(confirm(R"(request_id: "r1")"), IsOk());
  const auto again = confirm(R"(request_id: "r1")");  // A retry.
  ASSERT_THAT(again, IsOk());
  EXPECT_EQ(again->outcome(), v1::ConfirmSegmentResponse::OUTCOME_UNCHANGED);
  EXPECT_EQ(again->unit().usage_count(), 1);
  const auto other = confirm(R"(request_id: "r2")");
  ASSERT_THAT(other, IsOk());
  EXPECT_EQ(other->unit().usage_count(), 2);
  EXPECT_TRUE(other->unit().has_last_use_time());
  EXPECT_EQ(other->unit().etag(), first->unit().etag());
  EXPECT_EQ(store_->CurrentView()->revision(), revision) << "a use is no change";
}

TEST_F(UnitMethodsTest, ConfirmThatThePolicyRefusesIsNoUse) {
  ASSERT_THAT(Create(R"(parent: "memories/m" unit_id: "u" unit {
      variants { language_code: "ru" segment { text: "Переговоры продолжаются." } }
      variants { language_code: "et" segment { text: "Läbirääkimised jätkuvad." }
                 status: STATUS_APPROVED } })"),
              IsOk());
  const auto refused = Call<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>(
      "MemoryService/ConfirmSegment", R"(parent: "memories/m"
      write_policy: WRITE_POLICY_KEEP_REVIEWED
      source { language_code: "ru" segment { text: "Переговоры продолжаются." } }
      target { language_code: "et" segment { text: "Kõnelused jätkuvad." } })");
  ASSERT_THAT(refused, IsOk());
  EXPECT_EQ(refused->outcome(), v1::ConfirmSegmentResponse::OUTCOME_UNCHANGED);
  EXPECT_EQ(refused->unit().name(), "memories/m/units/u");
  EXPECT_EQ(refused->unit().usage_count(), 0);
}

TEST_F(UnitMethodsTest, UsageIsOutputOnly) {
  const auto created = Create(R"(parent: "memories/m" unit_id: "hello"
      unit { usage_count: 7 last_use_time { seconds: 5 } variants { language_code: "en" segment { text: "Hello" } } })");
  ASSERT_THAT(created, IsOk());
  EXPECT_EQ(created->usage_count(), 0);
  EXPECT_FALSE(created->has_last_use_time());
  const auto updated = Update(
      R"(unit { name: "memories/m/units/hello" usage_count: 9 last_use_time { seconds: 9 } })");
  ASSERT_THAT(updated, IsOk());
  EXPECT_EQ(updated->SerializeAsString(), created->SerializeAsString());
}

}  // namespace
}  // namespace sild::service
