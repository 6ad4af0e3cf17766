// The pairs of real files, against what other parsers counted.
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/pairs.h"
#include "tests/formats/collect.h"
#include "tests/formats/manifest.h"
#include "tests/support/status_matchers.h"

namespace sild::formats {
namespace {

using sild::test::IsOk;
using sild::test::StatusIs;
using test::PairCollector;
using ::testing::HasSubstr;

std::vector<test::ManifestRow> XliffRows() {
  std::vector<test::ManifestRow> rows;
  for (const char* folder : {"xliff/", "sdlxliff/", "mqxliff/"}) {
    for (test::ManifestRow& row : test::ManifestRows(folder)) {
      rows.push_back(std::move(row));
    }
  }
  return rows;
}

std::size_t PlaceCount(const PairCollector& found) {
  std::set<std::int64_t> places;
  for (const ParsedPair& pair : found.pairs) {
    places.insert(pair.offset_bytes);
  }
  return places.size();
}

std::size_t DroppedCount(const PairCollector& found) {
  return static_cast<std::size_t>(std::count_if(found.issues.begin(), found.issues.end(),
                                                [](const Issue& issue) { return issue.dropped; }));
}

class XliffManifestTest : public ::testing::TestWithParam<test::ManifestRow> {};

TEST_P(XliffManifestTest, GivesTheCountsOfAnotherParser) {
  const test::ManifestRow& row = GetParam();
  if (row.file.empty()) {
    GTEST_SKIP() << "no test data: " << test::ManifestPath() << " is missing";
  }
  PairCollector found;
  const absl::Status status = test::ReadAll(*NewXliffReader({}, {}, found),
                                            test::Contents(test::FormatsFolder() / row.file));
  if (!row.units) {  // The other parser refuses the file.
    EXPECT_TRUE(!found.issues.empty() || !status.ok());
    return;
  }
  EXPECT_THAT(status, IsOk());
  // Units of XLIFF 1 are at one place each, segments of XLIFF 2 too.
  const std::size_t counted = row.Count("segments").value_or(*row.units);
  const std::size_t read = PlaceCount(found) + DroppedCount(found);
  if (row.oddities.find("translate=no") == std::string::npos) {
    EXPECT_EQ(read, counted) << ::testing::PrintToString(found.Issues());
  } else {
    EXPECT_LE(read, counted);
  }
}

INSTANTIATE_TEST_SUITE_P(Files, XliffManifestTest, ::testing::ValuesIn(XliffRows()),
                         [](const auto& row) {
                           return test::TestName(row.param.file) + "_" + std::to_string(row.index);
                         });

class PoManifestTest : public ::testing::TestWithParam<test::ManifestRow> {};

TEST_P(PoManifestTest, GivesTheCountsOfAnotherParser) {
  const test::ManifestRow& row = GetParam();
  if (row.file.empty()) {
    GTEST_SKIP() << "no test data: " << test::ManifestPath() << " is missing";
  }
  PairCollector found;
  const absl::Status status =
      test::ReadAll(*NewPoReader({}, found), test::Contents(test::FormatsFolder() / row.file));
  if (!row.units) {
    EXPECT_TRUE(!found.issues.empty() || !status.ok() || !found.pairs.empty());
    return;
  }
  EXPECT_THAT(status, IsOk());
  EXPECT_EQ(PlaceCount(found) + DroppedCount(found), *row.units)
      << ::testing::PrintToString(found.Issues());
}

INSTANTIATE_TEST_SUITE_P(Files, PoManifestTest, ::testing::ValuesIn(test::ManifestRows("po/")),
                         [](const auto& row) {
                           return test::TestName(row.param.file) + "_" + std::to_string(row.index);
                         });

}  // namespace
}  // namespace sild::formats
