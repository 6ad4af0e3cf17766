#include "server/model/names.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/status_matchers.h"

namespace sild {
namespace {

using ::sild::test::IsOk;
using ::sild::test::StatusIs;
using ::testing::HasSubstr;

TEST(Names, ParsesWhatItPrints) {
  const auto unit = UnitName::Parse("memories/News.2022/units/a-b_c");
  ASSERT_THAT(unit, IsOk());
  EXPECT_EQ(unit->memory, "News.2022");
  EXPECT_EQ(unit->unit, "a-b_c");
  EXPECT_EQ(unit->str(), "memories/News.2022/units/a-b_c");
  EXPECT_EQ(MemoryName::Parse("memories/m")->str(), "memories/m");
  EXPECT_EQ(GlossaryName::Parse("glossaries/g")->str(), "glossaries/g");
  EXPECT_EQ(ConceptName::Parse("glossaries/g/concepts/csto")->str(), "glossaries/g/concepts/csto");
}

TEST(Names, RefusesOtherForms) {
  for (const std::string name :
       {"", "m", "memories/", "memories/a/", "memories/a/units", "memory/a", "memories/a/b",
        "memories/ä", "memories/-a", "memories/a b", "memoriesx/a"}) {
    EXPECT_THAT(MemoryName::Parse(name),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("memories/{memory}")))
        << name;
  }
  EXPECT_THAT(UnitName::Parse("memories/a/units/"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("units/{unit}")));
  EXPECT_THAT(UnitName::Parse("memories/a/units/b/c"),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("b/c")));
}

TEST(Names, TakesIdsOfUpTo63Characters) {
  EXPECT_TRUE(IsResourceId(std::string(63, 'a')));
  EXPECT_FALSE(IsResourceId(std::string(64, 'a')));
  EXPECT_FALSE(IsResourceId(""));
}

}  // namespace
}  // namespace sild
