#include "client/cli/printer.h"

#include <cstdlib>
#include <sstream>

#include <gtest/gtest.h>

namespace sild::cli {
namespace {

class WantsColorTest : public ::testing::Test {
 protected:
  void SetUp() override {
    unsetenv("NO_COLOR");
    setenv("TERM", "xterm", 1);
  }
  void TearDown() override { unsetenv("NO_COLOR"); }
};

TEST_F(WantsColorTest, IsForTerminalsOnly) {
  EXPECT_TRUE(WantsColor(ColorMode::kAuto, true));
  EXPECT_FALSE(WantsColor(ColorMode::kAuto, false));
}

TEST_F(WantsColorTest, RespectsNoColor) {
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(WantsColor(ColorMode::kAuto, true));
}

TEST_F(WantsColorTest, TakesAnEmptyNoColorAsUnset) {
  setenv("NO_COLOR", "", 1);
  EXPECT_TRUE(WantsColor(ColorMode::kAuto, true));
}

TEST_F(WantsColorTest, LeavesADumbTerminalPlain) {
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(WantsColor(ColorMode::kAuto, true));
}

TEST_F(WantsColorTest, DoesAsItIsTold) {
  setenv("NO_COLOR", "1", 1);
  EXPECT_TRUE(WantsColor(ColorMode::kAlways, false));
  EXPECT_FALSE(WantsColor(ColorMode::kNever, true));
}

TEST(Printer, WritesNoEscapesWithoutColor) {
  std::ostringstream out;
  EXPECT_EQ(Printer(out, false).Styled(Style::kBad, "x"), "x");
}

TEST(Printer, TellsThatTheOutputFailed) {
  std::ostringstream out;
  Printer printer(out, false);
  EXPECT_TRUE(printer.Flush());
  out.setstate(std::ios::badbit);
  EXPECT_FALSE(printer.Flush());
}

}  // namespace
}  // namespace sild::cli
