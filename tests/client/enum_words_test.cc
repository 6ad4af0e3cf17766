#include "client/cli/enum_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sild/v1/memory_service.pb.h"

namespace sild::cli {
namespace {

using ::testing::ElementsAre;

TEST(WordsOf, AreTheValuesWithoutTheEnumsName) {
  EXPECT_THAT(WordsOf<v1::WritePolicy>(),
              ElementsAre("keep-all", "overwrite-same-context", "keep-newest", "keep-reviewed"));
}

TEST(WordsOf, KnowEnumsInsideMessages) {
  EXPECT_THAT(WordsOf<v1::Variant::Status>(),
              ElementsAre("draft", "translated", "reviewed", "approved"));
}

TEST(WordFor, IsEmptyForUnspecified) { EXPECT_EQ(WordFor(v1::Variant::STATUS_UNSPECIFIED), ""); }

TEST(WordFor, IsTheNumberOfAValueThatIsNotKnownYet) {
  EXPECT_EQ(WordFor(static_cast<v1::Variant::Status>(77)), "77");
}

TEST(ValueFor, TurnsEachWordBack) {
  for (const std::string& word : WordsOf<v1::Variant::Origin>()) {
    EXPECT_EQ(WordFor(ValueFor<v1::Variant::Origin>(word)), word);
  }
}

TEST(ValueFor, IsUnspecifiedForNoWord) {
  EXPECT_EQ(ValueFor<v1::WritePolicy>(""), v1::WRITE_POLICY_UNSPECIFIED);
}

}  // namespace
}  // namespace sild::cli
