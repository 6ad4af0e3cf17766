#include <map>
#include <set>
#include <sstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/tmx.h"
#include "server/text/languages.h"
#include "tests/formats/collect.h"
#include "tests/formats/manifest.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::Collector;
using ::testing::HasSubstr;

// The units of the file as its `tu` elements: parts of one that was split lie at one place.
std::size_t ElementCount(const Collector& found) {
  std::set<std::int64_t> places;
  for (const ParsedUnit& unit : found.units) {
    places.insert(unit.offset_bytes);
  }
  return places.size();
}

std::map<std::string, int> Languages(const Collector& found) {
  std::map<std::string, int> counts;
  for (const ParsedUnit& unit : found.units) {
    for (const Variant& variant : unit.unit.variants) {
      ++counts[variant.language.str()];
    }
  }
  return counts;
}

class TmxManifestTest : public ::testing::TestWithParam<test::ManifestRow> {};

TEST_P(TmxManifestTest, GivesTheCountsOfAnotherParser) {
  const test::ManifestRow& row = GetParam();
  if (row.file.empty()) {
    GTEST_SKIP() << "no test data: " << test::ManifestPath() << " is missing";
  }
  const std::string bytes = test::Contents(test::FormatsFolder() / row.file);
  Collector found;
  const auto reader = NewTmxReader({}, found);
  const absl::Status status = test::ReadAll(*reader, bytes);
  if (!row.units) {  // The other parser refuses the file.
    EXPECT_TRUE(!found.issues.empty() || !status.ok());
    if (!status.ok()) {
      EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line ")));
    }
    return;
  }
  EXPECT_THAT(status, IsOk());
  EXPECT_EQ(ElementCount(found) + found.DroppedCount(), *row.units) << found.Messages();
  const auto languages = Languages(found);
  for (const auto& [spelling, count] : row.languages) {
    const auto language = text::LenientLanguageTag(spelling);
    ASSERT_TRUE(language) << spelling;
    EXPECT_TRUE(found.DroppedCount() > 0 || languages.count(language->str()) > 0 ||
                found.Messages().find(language->str()) != std::string::npos)
        << spelling;
  }
  if (found.issues.empty() && ElementCount(found) == found.units.size()) {
    std::map<std::string, int> expected;
    for (const auto& [spelling, count] : row.languages) {
      expected[text::LenientLanguageTag(spelling)->str()] += count;
    }
    EXPECT_EQ(languages, expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, TmxManifestTest, ::testing::ValuesIn(test::ManifestRows("tmx/")),
                         [](const auto& row) { return test::TestName(row.param.file); });

}  // namespace
}  // namespace sild::formats
