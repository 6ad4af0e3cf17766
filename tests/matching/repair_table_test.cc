// What becomes of sentences as newsrooms write them, in all four languages: tests/data/repairs.tsv.

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/matching/repair.h"

namespace sild::matching {
namespace {

struct Row {
  std::string languages;  // As en>et.
  std::string query;
  std::string source;
  std::string target;
  std::string proposal;
  std::string told;
};

std::vector<Row> ReadRows(const std::string& path) {
  std::vector<Row> rows;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line.starts_with('#')) {
      continue;
    }
    std::istringstream fields(line);
    Row row;
    for (std::string* field :
         {&row.languages, &row.query, &row.source, &row.target, &row.proposal, &row.told}) {
      std::getline(fields, *field, '\t');
    }
    rows.push_back(row);
  }
  return rows;
}

std::string CutOr(const std::string& text, const std::optional<ByteRange>& range) {
  return range ? text.substr(range->begin, range->end - range->begin) : "?";
}

// What a person is told to look at.
std::string ToldBy(const Repair& repair, const std::string& query) {
  std::string told;
  for (const Placement& placement : repair.placements) {
    const std::string shown = CutOr(repair.proposal.text, placement.proposal_range);
    if (placement.state != PlacementState::kPlaced) {
      told += told.empty() ? "" : ", ";
      told += placement.state == PlacementState::kLeft
                  ? CutOr(query, placement.query_range) + ">" + shown
                  : shown + "!";
    }
  }
  return told;
}

TEST(RepairTable, SentencesAreRepairedOrToldOf) {
  const std::vector<Row> rows = ReadRows(SILD_SOURCE_DIR "/tests/data/repairs.tsv");
  ASSERT_GT(rows.size(), 100U);
  for (const Row& row : rows) {
    const std::size_t mark = row.languages.find('>');
    const LanguageTag from = LanguageTag::FromCanonical(row.languages.substr(0, mark));
    const LanguageTag to = LanguageTag::FromCanonical(row.languages.substr(mark + 1));
    const Segment query{row.query, {}};
    const Repair repair = Repairer(query, from).Make({row.source, {}}, from, {row.target, {}}, to);
    EXPECT_EQ(repair.proposal.text, row.proposal) << row.languages << ": " << row.query;
    EXPECT_EQ(ToldBy(repair, row.query), row.told) << row.languages << ": " << row.query;
  }
}

}  // namespace
}  // namespace sild::matching
