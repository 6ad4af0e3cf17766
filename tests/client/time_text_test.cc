#include "client/cli/time_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/errors.h"
#include "tests/support/status_matchers.h"

namespace sild::cli {
namespace {

using ::sild::test::IsOk;
using ::testing::HasSubstr;

google::protobuf::Timestamp At(std::int64_t seconds) {
  google::protobuf::Timestamp time;
  time.set_seconds(seconds);
  time.set_nanos(999'000'000);
  return time;
}

TEST(TimeOf, IsInUtcToTheSecond) { EXPECT_EQ(TimeOf(At(1'714'566'605)), "2024-05-01 12:30:05"); }

TEST(TimeOf, IsEmptyForNoTime) { EXPECT_EQ(TimeOf({}), ""); }

TEST(DayOf, IsTheDay) { EXPECT_EQ(DayOf(At(1'714'566'605)), "2024-05-01"); }

TEST(TextOf, HasTheTwoLargestUnits) {
  const auto text = [](std::int64_t seconds) {
    google::protobuf::Duration duration;
    duration.set_seconds(seconds);
    return TextOf(duration);
  };
  EXPECT_EQ(text(7), "7 s");
  EXPECT_EQ(text(725), "12 min 5 s");
  EXPECT_EQ(text(3'600), "1 h 0 min");
  EXPECT_EQ(text(273'599), "3 d 3 h");
}

TEST(ParseTime, TakesADayAndATime) {
  const auto day = ParseTime("2024-05-01");
  ASSERT_THAT(day, IsOk());
  EXPECT_EQ(day->seconds(), 1'714'521'600);
  const auto time = ParseTime("2024-05-01T12:30:05+02:00");
  ASSERT_THAT(time, IsOk());
  EXPECT_EQ(time->seconds(), 1'714'559'405);
}

TEST(ParseTime, ShowsTheFormWanted) {
  for (const char* text : {"", "yesterday", "2024-13-01", "1.5.2024"}) {
    const auto time = ParseTime(text);
    EXPECT_EQ(ExitCodeOf(time.status()), ExitCode::kUsage) << text;
    EXPECT_THAT(std::string(time.status().message()), HasSubstr("2024-05-01"));
  }
}

}  // namespace
}  // namespace sild::cli
