#include "client/cli/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "client/cli/errors.h"
#include "tests/support/status_matchers.h"

namespace sild::cli {
namespace {

using ::sild::test::IsOkAndHolds;
using ::testing::HasSubstr;

TEST(MemoryNameOf, TakesTheIdAndTheFullName) {
  EXPECT_THAT(MemoryNameOf("news"), IsOkAndHolds("memories/news"));
  EXPECT_THAT(MemoryNameOf("memories/news"), IsOkAndHolds("memories/news"));
}

TEST(MemoryNameOf, PassesTheWildcardOn) {
  EXPECT_THAT(MemoryNameOf("-"), IsOkAndHolds("memories/-"));
}

TEST(UnitNameOf, TakesTheShortAndTheFullForm) {
  EXPECT_THAT(UnitNameOf("news/u.1"), IsOkAndHolds("memories/news/units/u.1"));
  EXPECT_THAT(UnitNameOf("memories/news/units/u.1"), IsOkAndHolds("memories/news/units/u.1"));
}

TEST(UnitNameOf, TakesAMemoryThatIsCalledMemories) {
  EXPECT_THAT(UnitNameOf("memories/u"), IsOkAndHolds("memories/memories/units/u"));
}

TEST(GlossaryNameOf, TakesTheIdAndTheFullName) {
  EXPECT_THAT(GlossaryNameOf("g"), IsOkAndHolds("glossaries/g"));
  EXPECT_THAT(GlossaryNameOf("glossaries/g"), IsOkAndHolds("glossaries/g"));
}

TEST(ConceptNameOf, TakesTheShortAndTheFullForm) {
  EXPECT_THAT(ConceptNameOf("g/c"), IsOkAndHolds("glossaries/g/concepts/c"));
  EXPECT_THAT(ConceptNameOf("glossaries/g/concepts/c"), IsOkAndHolds("glossaries/g/concepts/c"));
}

// The error must be of usage and show the form wanted.
void ExpectUsageError(const absl::StatusOr<std::string>& name, const std::string& form) {
  EXPECT_EQ(ExitCodeOf(name.status()), ExitCode::kUsage);
  EXPECT_THAT(std::string(name.status().message()), HasSubstr(form));
}

TEST(Names, ShowTheFormWantedWhereThereIsNone) {
  for (const char* word : {"", "a/b", "memories/", "glossaries/news", "memories/a/units/b"}) {
    ExpectUsageError(MemoryNameOf(word), "ID or memories/ID");
  }
  for (const char* word :
       {"", "a", "a/", "/b", "a/b/c", "memories/a/concepts/b", "memories/a//b"}) {
    ExpectUsageError(UnitNameOf(word), "memories/ID/units/ID");
  }
}

TEST(IdOf, IsTheLastPart) {
  EXPECT_EQ(IdOf("memories/news"), "news");
  EXPECT_EQ(IdOf("memories/news/units/u1"), "u1");
  EXPECT_EQ(IdOf("news"), "news");
}

}  // namespace
}  // namespace sild::cli
