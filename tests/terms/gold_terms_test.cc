#include "tests/terms/gold_terms.h"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/terms/form_expanders.h"

namespace sild::terms {
namespace {

namespace fs = std::filesystem;

// What a language must reach, in percent.
struct Floor {
  std::string language;
  double recall = 0;
  double precision = 0;
};

std::ostream& operator<<(std::ostream& out, const Floor& floor) { return out << floor.language; }

const FormExpanders* Expanders() {
  static const std::vector<fs::path> directories{"/usr/share/hunspell", "/usr/share/myspell"};
  static const auto expanders = FormExpanders::Load(directories, MissingDictionary::kFail);
  return expanders.ok() ? expanders->get() : nullptr;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string joined;
  for (const std::string& line : lines) {
    joined += "\n" + line;
  }
  return joined;
}

void ExpectFloor(const fs::path& path, const Floor& floor) {
  if (Expanders() == nullptr) {
    GTEST_SKIP() << "the dictionaries of .ci/packages.txt are not installed";
  }
  const auto gold = ReadGold(path);
  ASSERT_TRUE(gold.ok()) << gold.status();
  const GoldResult result = Evaluate(*gold, Expanders()->For({floor.language}));
  EXPECT_GE(result.of_term, 90U);
  EXPECT_GE(result.others, 70U);
  EXPECT_GE(100 * result.recall(), floor.recall) << Joined(result.errors);
  EXPECT_GE(100 * result.precision(), floor.precision) << Joined(result.errors);
}

class OwnGold : public testing::TestWithParam<Floor> {};

TEST_P(OwnGold, IsRecognised) {
  ExpectFloor(fs::path(SILD_SOURCE_DIR "/tests/data/gold_terms") / (GetParam().language + ".tsv"),
              GetParam());
}

INSTANTIATE_TEST_SUITE_P(Languages, OwnGold,
                         testing::Values(Floor{"et", 99.9, 100}, Floor{"lt", 100, 100},
                                         Floor{"ru", 100, 100}, Floor{"en", 100, 100}));

class SharedGold : public testing::TestWithParam<Floor> {};

TEST_P(SharedGold, IsRecognised) {
  const fs::path path = fs::path(SILD_SHARED_DATA "/gold-terms") / (GetParam().language + ".tsv");
  if (!fs::exists(path)) {
    GTEST_SKIP() << "there is no " << path;
  }
  ExpectFloor(path, GetParam());
}

INSTANTIATE_TEST_SUITE_P(Languages, SharedGold,
                         testing::Values(Floor{"et", 100, 100}, Floor{"lt", 100, 100},
                                         Floor{"ru", 100, 100}, Floor{"en", 100, 100}));

}  // namespace
}  // namespace sild::terms
