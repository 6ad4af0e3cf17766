#include <string>
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

class WatchServiceTest : public ServiceTest {
 protected:
  void CreateMemory(const std::string& id) {
    ASSERT_THAT((Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory",
                                                           "memory_id: \"" + id + "\"")),
                IsOk());
  }

  std::vector<std::string> Watch(const std::string& request) {
    std::vector<std::string> names;
    const auto result = RunStream<v1::WatchChangesResponse>(
        "WatchService/WatchChanges", std::vector{Parse<v1::WatchChangesRequest>(request)});
    status_ = result.status;
    for (const auto& response : result.responses) {
      for (const v1::Change& change : response.changes()) {
        names.push_back(v1::Change::Type_Name(change.type()) + " " + change.name());
      }
    }
    return names;
  }

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

TEST_F(WatchServiceTest, ShowsOnlyTheParentsAskedFor) {
  const auto first =
      Call<v1::CreateMemoryRequest, v1::Memory>("MemoryService/CreateMemory", R"(memory_id: "a")");
  CreateMemory("b");
  EXPECT_THAT(Watch("parents: \"memories/b\" start_revision: " + std::to_string(first->revision())),
              ElementsAre("TYPE_CREATED memories/b"));
}

TEST_F(WatchServiceTest, FromNowOnShowsNothingOld) {
  CreateMemory("a");
  EXPECT_THAT(Watch(""), ElementsAre());
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
