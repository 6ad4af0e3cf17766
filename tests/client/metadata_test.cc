#include "client/lib/metadata.h"

#include <gtest/gtest.h>

namespace sild::client {
namespace {

TEST(PercentEncode, KeepsPrintableAscii) {
  EXPECT_EQ(PercentEncode("Mari Maasikas <m@x.ee>"), "Mari Maasikas <m@x.ee>");
}

TEST(PercentEncode, EncodesWhatGrpcCannotCarry) {
  EXPECT_EQ(PercentEncode("J\u00fcri 5%\n"), "J%C3%BCri 5%25%0A");
}

TEST(ParseRevision, ReadsANumber) { EXPECT_EQ(ParseRevision("1099511627777"), 1099511627777); }

TEST(ParseRevision, TakesAnythingElseAsNone) {
  for (const char* text : {"", "x", "12x", "-3", "99999999999999999999"}) {
    EXPECT_EQ(ParseRevision(text), 0) << text;
  }
}

}  // namespace
}  // namespace sild::client
