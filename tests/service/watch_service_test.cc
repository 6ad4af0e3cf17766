#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sild/v1/watch_service.pb.h"
#include "tests/service/service_test.h"
#include "tests/support/status_matchers.h"

namespace sild::service {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;

class WatchServiceTest : public ServiceTest {
 protected:
  void CreateMemory(const std::string& id) {
    ASSERT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           "memory_id: \"" + id + "\"")),
                IsOk());
  }

  std::vector<std::string> Watch(const std::string& request) {
    std::vector<std::string> names;
    auto result = RunStream<v1::WatchChangesResponse>(
        "WatchService/WatchChanges", std::vector{Parse<v1::WatchChangesRequest>(request)});
    status_ = result.status;
    responses_ = std::move(result.responses);
    for (const auto& response : responses_) {
      for (const v1::Change& change : response.changes()) {
        names.push_back(v1::Change::Type_Name(change.type()) + " " + change.name());
      }
    }
    return names;
  }

  std::vector<v1::WatchChangesResponse> responses_;
  absl::Status status_;
};

TEST_F(WatchServiceTest, TellsAllChangesSinceARevisionInOrder) {
  const auto first =
      Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory", R"(memory_id: "a")");
  CreateMemory("b");
  ASSERT_THAT((Call<v1::DeleteMemoryRequest, google::protobuf::Empty>("MemoryService/DeleteMemory",
                                                                      R"(name: "memories/a")")),
              IsOk());
  EXPECT_THAT(
      Watch("start_revision: " + std::to_string(first->revision())),
      ElementsAre("TYPE_CREATED memories/a", "TYPE_CREATED memories/b", "TYPE_DELETED memories/a"));
  EXPECT_THAT(status_, IsOk());
}

TEST_F(WatchServiceTest, TellsOfAConfirmedSegmentButOfNoUse) {
  const auto first =
      Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory", R"(memory_id: "a")");
  std::string name;
  for (int i = 0; i < 3; ++i) {  // Two uses of what the first stored.
    const auto confirmed = Call<v1::ConfirmSegmentRequest, v1::ConfirmSegmentResponse>(
        "MemoryService/ConfirmSegment", R"(parent: "memories/a"
        source { language_code: "lt" segment { text: "Derybos tęsiasi." } }
        target { language_code: "ru" segment { text: "Переговоры продолжаются." } })");
    ASSERT_THAT(confirmed, IsOk());
    name = confirmed->unit().name();
  }
  EXPECT_THAT(Watch("start_revision: " + std::to_string(first->revision())),
              ElementsAre("TYPE_CREATED memories/a", "TYPE_CREATED " + name));
}

TEST_F(WatchServiceTest, ShowsOnlyTheParentsAskedFor) {
  const auto first =
      Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory", R"(memory_id: "a")");
  CreateMemory("b");
  EXPECT_THAT(Watch("parents: \"memories/b\" start_revision: " + std::to_string(first->revision())),
              ElementsAre("TYPE_CREATED memories/b"));
}

TEST_F(WatchServiceTest, WhatIsNotThereIsNotFoundUnlessItMayHaveBeen) {
  const auto first =
      Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory", R"(memory_id: "a")");
  Watch(R"(parents: "memories/a" parents: "memories/typo")");
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kNotFound, HasSubstr("parents[1]: ")));
  Watch(R"(parents: "glossaries/typo")");
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kNotFound, HasSubstr("glossaries/typo")));
  EXPECT_THAT(
      Watch("parents: \"memories/gone\" start_revision: " + std::to_string(first->revision())),
      ElementsAre());
  EXPECT_THAT(status_, IsOk());
}

TEST_F(WatchServiceTest, FromNowOnShowsNothingOldButWhereItStands) {
  CreateMemory("a");
  EXPECT_THAT(Watch(""), ElementsAre());
  ASSERT_THAT(responses_, SizeIs(1));
  EXPECT_EQ(responses_[0].revision(), store_->CurrentView()->revision().value);
}

TEST_F(WatchServiceTest, LargeWriteComesInMessagesThatEveryClientTakes) {
  CreateMemory("a");
  const auto before = store_->CurrentView()->revision().value;
  v1::BatchCreateUnitsRequest batch;
  batch.set_parent("memories/a");
  for (int i = 0; i < 7; ++i) {
    v1::CreateUnitRequest& request = *batch.add_requests();
    request.set_unit_id("u" + std::to_string(i));
    v1::Variant& variant = *request.mutable_unit()->add_variants();
    variant.set_language_code("en");
    variant.mutable_segment()->set_text("text");
    for (int note = 0; note < 9; ++note) {
      request.mutable_unit()->add_notes(std::string(100'000, 'x'));
    }
  }
  ASSERT_THAT(Call<v1::BatchCreateUnitsResponse>("MemoryService/BatchCreateUnits", batch), IsOk());
  EXPECT_THAT(Watch("include_resource: true start_revision: " + std::to_string(before + 1)),
              SizeIs(7));
  ASSERT_GT(responses_.size(), 1U);
  for (const v1::WatchChangesResponse& response : responses_) {
    EXPECT_LT(response.ByteSizeLong(), 4U << 20);
    const bool is_last = &response == &responses_.back();
    EXPECT_EQ(response.revision(), is_last ? before + 1 : before);
  }
}

TEST_F(WatchServiceTest, RefusesASecondRequest) {
  const auto result = RunStream<v1::WatchChangesResponse>(
      "WatchService/WatchChanges",
      std::vector{v1::WatchChangesRequest(), v1::WatchChangesRequest()});
  EXPECT_THAT(result.status,
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("one request")));
}

TEST_F(WatchServiceTest, RevisionOfAnOlderEpochIsOutOfRange) {
  CreateMemory("a");
  Watch("start_revision: 1");
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kOutOfRange, HasSubstr("")));
}

TEST_F(WatchServiceTest, RefusesWhatIsNoMemoryOrGlossary) {
  Watch("parents: \"memories/a/units/b\"");
  EXPECT_THAT(status_, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("parents[0]")));
}

}  // namespace
}  // namespace sild::service
