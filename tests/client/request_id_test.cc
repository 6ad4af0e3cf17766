#include "client/lib/request_id.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sild/v1/memory_service.pb.h"

namespace sild::client {
namespace {

using ::testing::MatchesRegex;

TEST(NewRequestId, IsARandomUuid) {
  for (int i = 0; i < 100; ++i) {
    EXPECT_THAT(
        NewRequestId(),
        MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"));
  }
}

TEST(NewRequestId, IsNewEachTime) { EXPECT_NE(NewRequestId(), NewRequestId()); }

TEST(EnsureRequestId, LeavesTheCallersOwn) {
  v1::CreateUnitRequest request;
  request.set_request_id("mine");
  EnsureRequestId(request);
  EXPECT_EQ(request.request_id(), "mine");
}

TEST(EnsureRequestId, FillsAnEmptyOne) {
  v1::CreateUnitRequest request;
  EnsureRequestId(request);
  EXPECT_EQ(request.request_id().size(), 36U);
}

}  // namespace
}  // namespace sild::client
