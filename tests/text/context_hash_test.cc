#include "server/text/context_hash.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild::text {
namespace {

TEST(ContextHash, IsFrozen) {
  // Stored in every database and sent by clients. If this fails, the code is wrong, not the test.
  EXPECT_EQ(ContextHash(""), 0x2d06800538d394c2U);
  EXPECT_EQ(ContextHash("Tere, šalis!"), 0x693fbe11ff59f007U);
}

TEST(ContextHash, SetsNormalFormAndWhiteSpaceAside) {
  EXPECT_EQ(ContextHash(" Tere,\xC2\xA0\n s\xCC\x8C"
                        "alis! "),
            ContextHash("Tere, šalis!"));
}

TEST(ContextHash, TellsCaseApart) { EXPECT_NE(ContextHash("Ei"), ContextHash("ei")); }

}  // namespace
}  // namespace sild::text
