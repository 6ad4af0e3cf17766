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

// The memories of the shared data, one translation in three ways and one gzipped.
class TmxMemoryTest : public ::testing::Test {
 protected:
  // Reads the file, or skips the test.
  void ReadFile(std::string_view name) {
    const auto path = std::filesystem::path(SILD_SHARED_DATA) / "tm" / name;
    if (!std::filesystem::exists(path)) {
      GTEST_SKIP() << "no test data: " << path << " is missing";
    }
    found_ = {};
    const auto reader = NewTmxReader({}, found_);
    EXPECT_THAT(test::ReadAll(*reader, test::Contents(path)), IsOk());
  }

  Collector found_;
};

TEST_F(TmxMemoryTest, GivesTheSameTextWhateverBecameOfTheTags) {
  ReadFile("nushell-docs.en-ru.level1.tmx");
  if (IsSkipped()) {
    return;
  }
  const std::vector<ParsedUnit> without_tags = std::move(found_.units);
  ReadFile("nushell-docs.en-ru.level2.tmx");
  ASSERT_EQ(without_tags.size(), 201);
  ASSERT_EQ(found_.units.size(), 201);
  for (std::size_t i = 0; i < found_.units.size(); ++i) {
    EXPECT_EQ(found_.units[i].unit.variants[0].segment.text,
              without_tags[i].unit.variants[0].segment.text);
  }
}

TEST_F(TmxMemoryTest, ReadsAWholeGzippedMemory) {
  ReadFile("omegat-l10n.en-ru.tmx.gz");
  if (IsSkipped()) {
    return;
  }
  EXPECT_EQ(found_.units.size(), 3029);
  EXPECT_EQ(found_.DroppedCount(), 0);
}

INSTANTIATE_TEST_SUITE_P(Files, TmxManifestTest, ::testing::ValuesIn(test::ManifestRows("tmx/")),
                         [](const auto& row) { return test::TestName(row.param.file); });

}  // namespace
}  // namespace sild::formats
