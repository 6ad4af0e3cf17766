#include "client/lib/backoff.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sild::client {
namespace {

using std::chrono::milliseconds;
using ::testing::Optional;

constexpr RetryPolicy kPolicy{
    .max_attempts = 5, .initial_backoff = milliseconds(100), .max_backoff = milliseconds(300)};

TEST(Backoff, DoublesTheWaitUpToTheLongest) {
  Backoff backoff(kPolicy, [] { return 0.99; });
  EXPECT_THAT(backoff.Next(), Optional(milliseconds(99)));
  EXPECT_THAT(backoff.Next(), Optional(milliseconds(198)));
  EXPECT_THAT(backoff.Next(), Optional(milliseconds(297)));
  EXPECT_THAT(backoff.Next(), Optional(milliseconds(297)));
}

TEST(Backoff, EndsAfterTheLastAttempt) {
  Backoff backoff({.max_attempts = 2}, [] { return 0.5; });
  EXPECT_TRUE(backoff.Next().has_value());
  EXPECT_EQ(backoff.Next(), std::nullopt);
}

TEST(Backoff, SpreadsTheWaitFromZero) {
  Backoff backoff(kPolicy, [] { return 0.0; });
  EXPECT_THAT(backoff.Next(), Optional(milliseconds(0)));
}

TEST(Backoff, BeginsAnewAfterProgress) {
  Backoff backoff(kPolicy, [] { return 0.99; });
  while (backoff.Next().has_value()) {
  }
  backoff.Reset();
  EXPECT_THAT(backoff.Next(), Optional(milliseconds(99)));
}

TEST(IsRetryable, HoldsForUnavailableOnly) {
  EXPECT_TRUE(IsRetryable(absl::UnavailableError("")));
  for (const absl::Status& status :
       {absl::DeadlineExceededError(""), absl::ResourceExhaustedError(""), absl::AbortedError(""),
        absl::InternalError(""), absl::UnknownError("")}) {
    EXPECT_FALSE(IsRetryable(status)) << status;
  }
}

}  // namespace
}  // namespace sild::client
