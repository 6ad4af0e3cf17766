#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/formats/tbx.h"
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

class TbxManifestTest : public ::testing::TestWithParam<test::ManifestRow> {};

TEST_P(TbxManifestTest, GivesTheCountsOfAnotherParser) {
  const test::ManifestRow& row = GetParam();
  if (row.file.empty()) {
    GTEST_SKIP() << "no test data: " << test::ManifestPath() << " is missing";
  }
  const std::string bytes = test::Contents(test::FormatsFolder() / row.file);
  Collector found;
  const auto reader = NewTbxReader({}, found);
  const absl::Status status = test::ReadAll(*reader, bytes);
  if (!row.units) {  // The other parser refuses the file.
    EXPECT_THAT(status, StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("line ")));
    return;
  }
  EXPECT_THAT(status, IsOk());
  EXPECT_EQ(found.concepts.size() + found.DroppedCount(), *row.units) << found.Messages();
  std::map<std::string, int> languages;
  for (const ParsedConcept& entry : found.concepts) {
    for (const LanguageSection& section : entry.entry.sections) {
      ++languages[section.language.str()];
    }
  }
  std::map<std::string, int> expected;
  for (const auto& [spelling, count] : row.languages) {
    const auto language = text::LenientLanguageTag(spelling);
    if (!language) {
      EXPECT_THAT(found.Messages(), HasSubstr("language \"" + spelling + "\" is not known"));
    } else {
      expected[language->str()] += count;
    }
  }
  if (found.DroppedCount() == 0 && found.Messages().find("was left out") == std::string::npos &&
      found.Messages().find("were put together") == std::string::npos) {
    EXPECT_EQ(languages, expected);
  }
  for (const auto& [language, count] : languages) {
    EXPECT_LE(count, expected[language]) << language;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, TbxManifestTest, ::testing::ValuesIn(test::ManifestRows("tbx/")),
                         [](const auto& row) { return test::TestName(row.param.file); });

}  // namespace
}  // namespace sild::formats
