// What must hold for every repair, on random units and on real ones.

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "server/matching/repair.h"
#include "server/text/placeables.h"
#include "server/text/utf8.h"
#include "tests/bench/repair_pairs.h"
#include "tests/matching/random_text.h"

namespace sild::matching {
namespace {

constexpr std::array<std::string_view, 4> kLanguages = {"en", "et", "lt", "ru"};

LanguageTag Language(std::string_view tag) { return LanguageTag::FromCanonical(std::string(tag)); }

// Random sentences with placeables of all kinds, in the four languages and in broken forms.
class RandomUnit {
 public:
  explicit RandomUnit(std::uint32_t seed) : random_(seed) {}

  std::string Text() {
    std::string text;
    for (std::size_t i = 0, pieces = random_.Number(8); i < pieces; ++i) {
      text += random_.OneIn(2) ? random_.Word() : Piece();
      text += random_.OneIn(5) ? "" : random_.OneIn(6) ? "-" : " ";
    }
    return text;
  }

  // `text` with some of its pieces exchanged for others.
  std::string Changed(const std::string& text) {
    std::string changed;
    std::size_t at = 0;
    for (const text::Placeable& placeable : text::FindPlaceables(text, Language("en"))) {
      changed += text.substr(at, placeable.range.begin - at);
      at = placeable.range.end;
      changed += random_.OneIn(2) ? Piece()
                                  : text.substr(placeable.range.begin, at - placeable.range.begin);
    }
    return changed + text.substr(at);
  }

  std::string_view AnyLanguage() { return kLanguages[random_.Number(kLanguages.size())]; }

 private:
  std::string Piece() {
    static constexpr std::array<std::string_view, 54> kPieces = {"5",
                                                                 "7",
                                                                 "12",
                                                                 "5",
                                                                 "7",
                                                                 "1,234",
                                                                 "1.234",
                                                                 "1 234,5",
                                                                 "1,234.5",
                                                                 "\u22125",
                                                                 "-7",
                                                                 "2022",
                                                                 "29. jaanuaril 2022",
                                                                 "3. mai 2021",
                                                                 "2022 m. sausio 29 d.",
                                                                 "5 марта 2020 года",
                                                                 "янв. 2022",
                                                                 "29 January 2022",
                                                                 "May 5",
                                                                 "January 3rd",
                                                                 "01/02/2022",
                                                                 "29.01.2022",
                                                                 "2022-01-29",
                                                                 "14:30",
                                                                 "14.30",
                                                                 "http://a.ee/1",
                                                                 "a@b.ee",
                                                                 "%s",
                                                                 "%d",
                                                                 "%1",
                                                                 "{n}",
                                                                 "<b>",
                                                                 "MP3",
                                                                 "5-го",
                                                                 "21st",
                                                                 "٢٥",
                                                                 "5 million",
                                                                 "€7",
                                                                 "US$5 million",
                                                                 "5 млн долларов",
                                                                 "2,5 miljonit eurot",
                                                                 "7 mln. €",
                                                                 "5 км",
                                                                 "7 km2",
                                                                 "20 °C",
                                                                 "3 kilometres",
                                                                 "29.01.22",
                                                                 "May '22",
                                                                 "+372 631 8600",
                                                                 "12B",
                                                                 "14AC",
                                                                 "XXI",
                                                                 "2022/0047(COD)",
                                                                 "–5 %"};
    return std::string(kPieces[random_.Number(kPieces.size())]);
  }

  test::RandomText random_;
};

// What the placeable at `range` may mean.
std::vector<std::string> KeysAt(std::string_view text, ByteRange range,
                                const LanguageTag& language) {
  std::vector<std::string> keys;
  for (const text::Placeable& placeable : text::FindPlaceables(text, language)) {
    if (placeable.range != range) {
      continue;
    }
    for (const text::Reading& reading : placeable.readings) {
      keys.push_back(text::ValueKey(reading));
    }
  }
  return keys;
}

// What stands between the placeables of a target, and what between those that a proposal has in
// their place, must be the same bytes.
void ExpectSameWords(const Repair& repair, const std::string& target, const LanguageTag& language) {
  std::size_t at = 0;
  const std::string& proposal = repair.proposal.text;
  std::size_t other_at = 0;
  for (const text::Placeable& placeable : text::FindPlaceables(target, language)) {
    const std::string between = target.substr(at, placeable.range.begin - at);
    const std::size_t found = proposal.find(between, other_at);
    ASSERT_NE(found, std::string::npos) << target << "\n" << proposal;
    at = placeable.range.end;
    other_at = found + between.size();
  }
  EXPECT_TRUE(proposal.ends_with(target.substr(at))) << target << "\n" << proposal;
}

// Each placed value is in the query, and the proposal shows it where it is said to stand.
void ExpectTruePlacements(const Repair& repair, const std::string& query,
                          const LanguageTag& query_language, const LanguageTag& target_language) {
  for (const Placement& placement : repair.placements) {
    EXPECT_TRUE(placement.query_range || placement.proposal_range);
    EXPECT_TRUE(placement.state == PlacementState::kLeft ||
                (placement.query_range && placement.proposal_range));
    if (!placement.query_range || !placement.proposal_range) {
      continue;
    }
    const auto cut = [](const std::string& text, ByteRange range) {
      return text.substr(range.begin, range.end - range.begin);
    };
    const std::string asked = cut(query, *placement.query_range);
    const std::string given = cut(repair.proposal.text, *placement.proposal_range);
    const std::vector<std::string> asked_keys =
        KeysAt(query, *placement.query_range, query_language);
    const std::vector<std::string> given_keys =
        KeysAt(repair.proposal.text, *placement.proposal_range, target_language);
    EXPECT_TRUE(asked == given ||
                std::find_first_of(asked_keys.begin(), asked_keys.end(), given_keys.begin(),
                                   given_keys.end()) != asked_keys.end())
        << asked << " is no " << given << " in " << query;
  }
}

TEST(RepairProperty, HoldsForRandomUnits) {
  RandomUnit random(20221129);
  int placed = 0;
  for (int i = 0; i < 3'000; ++i) {
    const std::string source = random.Text();
    const Segment query{i % 3 == 0 ? random.Text() : random.Changed(source), {}};
    const Segment target{i % 2 == 0 ? random.Text() : source, {}};
    const LanguageTag source_language = Language(random.AnyLanguage());
    const LanguageTag target_language = Language(random.AnyLanguage());
    const Repair repair = Repairer(query, source_language)
                              .Make({source, {}}, source_language, target, target_language);
    SCOPED_TRACE(query.text + " | " + source + " | " + target.text);
    EXPECT_FALSE(text::FindTextProblem(repair.proposal.text));
    EXPECT_GE(repair.score_tenths, 0);
    ExpectSameWords(repair, target.text, target_language);
    ExpectTruePlacements(repair, query.text, source_language, target_language);
    placed += repair.proposal.text != target.text ? 1 : 0;
    if (HasFailure()) {
      break;
    }
  }
  EXPECT_GT(placed, 150) << "the test repairs hardly anything";
}

TEST(RepairProperty, LongSegmentsAreRepaired) {
  std::string source;
  std::string query;
  for (int i = 0; source.size() < 9000; ++i) {
    source += std::to_string(i * 2) + " faili, ";
    query += std::to_string(i * 2 + 1) + " faili, ";
  }
  const LanguageTag et = Language("et");
  const Segment segment{query, {}};
  EXPECT_EQ(Repairer(segment, et).Make({source, {}}, et, {source, {}}, et).proposal.text, query);
  const Segment same{std::string(10'000, '7'), {}};
  const std::string other(10'000, '8');
  EXPECT_EQ(Repairer(same, et).Make({other, {}}, et, {other, {}}, et).proposal.text, same.text);
}

// The short form of sild_repair_check, which does this for all pairs of all directions.
TEST(RepairProperty, RealPairsAreRepairedAsPeopleDid) {
  constexpr std::size_t kEvery = 4;
  const LanguageTag et = Language("et");
  const LanguageTag en = Language("en");
  for (const bool with_tags : {false, true}) {
    bench::RepairTally exact;
    bench::RepairTally all;
    const std::vector<bench::RepairPair> pairs = bench::RepairPairs("et", "en", 3, with_tags);
    for (std::size_t i = 0; i < pairs.size(); i += kEvery) {
      const bench::RepairPair& pair = pairs[i];
      const bench::RepairTally tally = bench::TryRepair(pair, et, en);
      all.Add(tally);
      if (pair.truth_has_values && pair.target_has_values && pair.has_same_words) {
        exact.Add(tally);
      }
    }
    if (all.pairs == 0) {
      GTEST_SKIP() << "there are no software texts in " << SILD_SHARED_DATA;
    }
    EXPECT_GT(exact.pairs, 1000U / kEvery);
    // Of a part; the whole has 99.6 %.
    EXPECT_GE(exact.equal * 1000, exact.pairs * 990) << exact.equal << " of " << exact.pairs;
    EXPECT_EQ(all.strangers, 0U);
    EXPECT_EQ(all.other_words, 0U);
  }
}

}  // namespace
}  // namespace sild::matching
