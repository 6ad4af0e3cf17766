#include "client/cli/pairs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/errors.h"
#include "tests/support/status_matchers.h"

namespace sild::cli {
namespace {

using ::sild::test::IsOk;
using ::sild::test::IsOkAndHolds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(ParsePairs, SplitsAtTheFirstEqualsSign) {
  EXPECT_THAT(ParsePairs({"en=a=b", "et="}, ""),
              IsOkAndHolds(ElementsAre(Pair("en", "a=b"), Pair("et", ""))));
}

TEST(ParsePairs, ShowsTheFormWantedForWhatIsNoPair) {
  for (const char* argument : {"Hello", "=Hello", ""}) {
    const auto pairs = ParsePairs({argument}, "KEY=VALUE");
    EXPECT_EQ(ExitCodeOf(pairs.status()), ExitCode::kUsage) << argument;
    EXPECT_THAT(std::string(pairs.status().message()), HasSubstr("KEY=VALUE"));
  }
}

TEST(ParseTexts, KeepsTheOrderTyped) {
  EXPECT_THAT(
      ParseTexts({"ru=Привет", "en=Hello", "ar=مرحبا"}),
      IsOkAndHolds(ElementsAre(Pair("ru", "Привет"), Pair("en", "Hello"), Pair("ar", "مرحبا"))));
}

TEST(ParseTexts, RefusesALanguageThatStandsTwice) {
  const auto texts = ParseTexts({"en=a", "et=b", "en=c"});
  EXPECT_EQ(ExitCodeOf(texts.status()), ExitCode::kUsage);
  EXPECT_THAT(std::string(texts.status().message()), HasSubstr("en stands twice"));
}

TEST(ApplyLabels, SetsAndTakesAway) {
  google::protobuf::Map<std::string, std::string> labels;
  labels["client"] = "acme";
  labels["draft"] = "yes";
  ASSERT_THAT(ApplyLabels({"client=globex", "draft=", "topic=õigus"}, labels), IsOk());
  EXPECT_THAT(labels, UnorderedElementsAre(Pair("client", "globex"), Pair("topic", "õigus")));
}

}  // namespace
}  // namespace sild::cli
