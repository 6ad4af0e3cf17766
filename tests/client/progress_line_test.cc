#include "client/cli/progress_line.h"

#include <sstream>

#include <gtest/gtest.h>

#include "client/cli/display_text.h"

namespace sild::cli {
namespace {

TEST(ProgressText, ShowsShareAmountAndSpeed) {
  EXPECT_EQ(ProgressText({.name = "dir/news.tmx",
                          .bytes = 5'000'000,
                          .all_bytes = 20'000'000,
                          .items = 30'000,
                          .item_name = "units",
                          .elapsed = std::chrono::milliseconds(2'000)}),
            "news.tmx  [###         ]  25 %  5.0 MB  30000 units  15000/s");
}

TEST(ProgressText, HasNoBarWhereTheSizeIsNotKnown) {
  EXPECT_EQ(ProgressText({.name = "-", .bytes = 100'000, .items = 5, .item_name = "concepts"}),
            "-  0.1 MB  5 concepts");
}

TEST(ProgressText, FitsALine) {
  UseUtf8Locale();
  const std::string text = ProgressText({.name = std::string(200, 'n') + "õõõõõõõõõõõõõõõõõõõ.tmx",
                                         .bytes = 99'999'000'000,
                                         .all_bytes = 1,
                                         .items = 99'999'999,
                                         .item_name = "units",
                                         .elapsed = std::chrono::milliseconds(1'000)});
  EXPECT_LE(WidthOf(text), 79U) << text;
}

TEST(ProgressLine, DrawsNothingOffATerminal) {
  std::ostringstream err;
  {
    ProgressLine line(err, false);
    line.Draw({.name = "a", .item_name = "units"});
  }
  EXPECT_EQ(err.str(), "");
}

TEST(ProgressLine, LeavesNothingBehind) {
  std::ostringstream err;
  {
    ProgressLine line(err, true);
    line.Draw({.name = "a", .item_name = "units"});
  }
  EXPECT_TRUE(err.str().ends_with("\r\x1b[K")) << err.str();
}

}  // namespace
}  // namespace sild::cli
