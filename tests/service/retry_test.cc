#include <memory>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/service/retry_store.h"
#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

// Plans may be run again, and the store may change before and after them.
namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

class RetryTest : public ServiceTest {
 protected:
  RetryTest() {
    retry_ = std::make_unique<RetryStore>(*store_);
    services_ = std::make_unique<Services>(*retry_, Expanders(), "test");
    Run<v1::CreateMemoryRequest, v1::Memory>(
        "MemoryService/CreateMemory",
        R"(memory_id: "m" memory { write_policy: WRITE_POLICY_KEEP_NEWEST })");
    Run<v1::CreateUnitRequest, v1::TranslationUnit>("MemoryService/CreateUnit", R"(
        parent: "memories/m" unit_id: "hello"
        unit { source_language_code: "en"
               variants { language_code: "en" segment { text: "Hello" } }
               variants { language_code: "et" segment { text: "Tere" } }
               variants { language_code: "ru" segment { text: "Привет" } } })");
    Run<v1::CreateGlossaryRequest, v1::Glossary>("GlossaryService/CreateGlossary",
                                                 R"(glossary_id: "g")");
    Run<v1::CreateConceptRequest, v1::Concept>("GlossaryService/CreateConcept", R"(
        parent: "glossaries/g" concept_id: "bridge"
        concept_entry { sections { language_code: "et" terms { text: "sild" } } })");
  }

  template <typename Request, typename Response>
  Response Run(std::string_view method, const std::string& request) {
    const auto response = Call<Request, Response>(method, request);
    EXPECT_THAT(response, IsOk());
    return response.value_or(Response());
  }

  ~RetryTest() override { services_.reset(); }  // They use `retry_`.

  // Changes the store under the services.
  template <typename Name>
  std::function<void()> Change(absl::Status (storage::Transaction::*change)(const Name&),
                               Name name) {
    return [this, change, name] {
      EXPECT_THAT(
          store_->Write({}, [&](storage::Transaction& write) { return (write.*change)(name); }),
          IsOk());
    };
  }

  std::unique_ptr<RetryStore> retry_;
};

TEST_F(RetryTest, SecondAttemptOfAConfirmKnowsNothingOfTheFirst) {
  retry_->between = Change<UnitName>(&storage::Transaction::Delete, {"m", "hello"});
  const auto confirmed =
      Run<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>("MemoryService/ConfirmSegment", R"(
      parent: "memories/m" source { language_code: "en" segment { text: "Hello" } }
      target { language_code: "et" segment { text: "Tervist" } })");
  EXPECT_EQ(confirmed.outcome(), v1::ConfirmSegmentResponse::OUTCOME_CREATED);
  EXPECT_EQ(confirmed.unit().variants_size(), 2);
  EXPECT_NE(confirmed.unit().name(), "memories/m/units/hello");
}

TEST_F(RetryTest, SecondAttemptOfABatchKnowsNothingOfTheFirst) {
  retry_->between = Change<UnitName>(&storage::Transaction::Delete, {"m", "hello"});
  actor_ = "jonas";
  const auto batch = Run<v1::BatchCreateUnitsRequest, v1::BatchCreateUnitsResponse>(
      "MemoryService/BatchCreateUnits", R"(
      parent: "memories/m" requests { unit_id: "hello"
        unit { source_language_code: "en"
               variants { language_code: "en" segment { text: "Hello" } }
               variants { language_code: "et" segment { text: "Tere" } }
               variants { language_code: "ru" segment { text: "Привет" } } } })");
  ASSERT_EQ(batch.units_size(), 1);
  EXPECT_EQ(batch.units(0).creator(), "jonas");  // Not what the first attempt found stored.
}

TEST_F(RetryTest, RestoredUnitIsNotOneThatWasPurgedMeanwhile) {
  const auto unit = Run<v1::GetUnitRequest, v1::TranslationUnit>(
      "MemoryService/GetUnit", R"(name: "memories/m/units/hello")");
  retry_->between = Change<UnitName>(&storage::Transaction::Purge, {"m", "hello"});
  v1::RestoreUnitRequest restore;
  restore.set_name(unit.name());
  restore.set_revision(unit.revision());
  EXPECT_THAT((Call<v1::TranslationUnit>("MemoryService/RestoreUnit", restore)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("purged")));
  EXPECT_FALSE(store_->CurrentView()->GetUnit({"m", "hello"}).ok());
}

TEST_F(RetryTest, RestoredConceptIsNotOneThatWasPurgedMeanwhile) {
  const auto entry = Run<v1::GetConceptRequest, v1::Concept>(
      "GlossaryService/GetConcept", R"(name: "glossaries/g/concepts/bridge")");
  retry_->between = Change<ConceptName>(&storage::Transaction::Purge, {"g", "bridge"});
  v1::RestoreConceptRequest restore;
  restore.set_name(entry.name());
  restore.set_revision(entry.revision());
  EXPECT_THAT((Call<v1::Concept>("GlossaryService/RestoreConcept", restore)),
              StatusIs(absl::StatusCode::kFailedPrecondition, HasSubstr("purged")));
  EXPECT_FALSE(store_->CurrentView()->GetConcept({"g", "bridge"}).ok());
}

TEST_F(RetryTest, UpdatedMemoryIsAnsweredEvenIfItIsGoneSince) {
  retry_->after = Change<MemoryName>(&storage::Transaction::Delete, {"m"});
  const auto memory = Run<v1::UpdateMemoryRequest, v1::Memory>(
      "MemoryService/UpdateMemory", R"(memory { name: "memories/m" display_name: "Uudised" })");
  EXPECT_EQ(memory.display_name(), "Uudised");
  EXPECT_EQ(memory.unit_count(), 0);
}

TEST_F(RetryTest, UpdatedGlossaryIsAnsweredEvenIfItIsGoneSince) {
  retry_->after = Change<GlossaryName>(&storage::Transaction::Delete, {"g"});
  const auto glossary = Run<v1::UpdateGlossaryRequest, v1::Glossary>(
      "GlossaryService/UpdateGlossary",
      R"(glossary { name: "glossaries/g" display_name: "Мосты" })");
  EXPECT_EQ(glossary.display_name(), "Мосты");
}

}  // namespace
}  // namespace sild::service
