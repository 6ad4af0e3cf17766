// Matches across a third language.

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/matching/lookup.h"
#include "tests/matching/unit_source.h"

namespace sild::matching {
namespace {

using test::MakeUnit;
using test::MakeVariant;
using test::Tagged;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class PivotTest : public ::testing::Test {
 protected:
  PivotTest() {
    request_.memories = {{{"a"}, 0}, {{"b"}, 0}};
    request_.source_language = Tagged("et");
    request_.target_languages = {Tagged("lt")};
    request_.queries = {{{"Euroopa Liidu nõukogu koguneb homme.", {}}, "", "", {}}};
    request_.explain = true;
  }

  // Each match as "unit score text", with the way to it.
  std::vector<std::string> Told() {
    const auto found = Find(request_, test::UnitSource(units_), {});
    EXPECT_TRUE(found.ok()) << found.status();
    std::vector<std::string> lines;
    if (!found.ok()) {
      return lines;
    }
    for (const Match& match : (*found)[0].matches) {
      std::string line = match.unit.name.unit + " " + std::to_string(match.score_tenths) + " ";
      line += match.bridge ? match.bridge->target.text + " by " + match.bridge->language.str() +
                                 " " + match.bridge->unit.unit
                           : match.unit.Find(match.target_language)->segment.text;
      lines.push_back(line);
    }
    return lines;
  }

  const std::string english_ = "The Council of the European Union meets tomorrow.";
  const std::string lithuanian_ = "Europos Sąjungos Taryba posėdžiauja rytoj.";
  std::vector<TranslationUnit> units_ = {
      MakeUnit(
          "a", "1",
          {MakeVariant("en", english_), MakeVariant("et", "Euroopa Liidu nõukogu koguneb homme.")}),
      MakeUnit("b", "2", {MakeVariant("en", english_), MakeVariant("lt", lithuanian_)})};
  LookupRequest request_;
};

TEST_F(PivotTest, LeadsAcrossATextThatTwoUnitsHave) {
  EXPECT_THAT(Told(), ElementsAre("1 970 " + lithuanian_ + " by en 2"));
  const auto found = Find(request_, test::UnitSource(units_), {});
  const Match& match = (*found)[0].matches[0];
  EXPECT_EQ(match.type, MatchType::kFuzzy);
  EXPECT_EQ(match.bridge->text, english_);
  EXPECT_EQ(match.bridge->first_tenths, 970);
  EXPECT_EQ(match.bridge->second_tenths, 1000);
  EXPECT_THAT(match.explanation->penalties, ElementsAre(Penalty{PenaltyReason::kPivot, 30}));
  EXPECT_EQ(match.explanation->similarity_tenths, 1000);
}

TEST_F(PivotTest, FindsNearTextsToo) {
  request_.queries[0].segment.text = "Euroopa Liidu nõukogu koguneb täna.";
  EXPECT_THAT(Told(), ElementsAre("1 788 " + lithuanian_ + " by en 2"));
}

TEST_F(PivotTest, ComparesTheBridgeInNormalForm) {
  units_[0].variants[0].segment.text = "Kova 11-osios aktas: Vilnius s\xCC\x8Ciandien";
  units_[1].variants[0].segment.text = "Kova 11-osios aktas: Vilnius \xC5\xA1iandien";
  EXPECT_THAT(Told(), ElementsAre("1 970 " + lithuanian_ + " by en 2"));
  units_[1].variants[0].segment.text = "Kova 11-osios aktas: Vilnius siandien";
  EXPECT_THAT(Told(), IsEmpty());
}

TEST_F(PivotTest, ComparesTheBridgeWithWhiteSpaceCollapsed) {
  units_[0].variants[0].segment.text = "10\u00A0000 eurot  kuus";
  units_[1].variants[0].segment.text = " 10 000 eurot\u2009kuus";
  EXPECT_THAT(Told(), ElementsAre("1 970 " + lithuanian_ + " by en 2"));
  units_[1].variants[0].segment.text = "10000 eurot kuus";
  EXPECT_THAT(Told(), IsEmpty());
}

TEST_F(PivotTest, IsNotMadeIfExcludedOrNoTargetIsNamed) {
  request_.exclude_pivot = true;
  EXPECT_THAT(Told(), IsEmpty());
  request_.exclude_pivot = false;
  request_.target_languages.clear();
  EXPECT_THAT(Told(), ElementsAre("1 1000 " + english_));
}

TEST_F(PivotTest, UnitWithBothLanguagesIsADirectMatch) {
  units_[0].variants.push_back(MakeVariant("lt", "ES Taryba renkasi rytoj."));
  EXPECT_THAT(Told(), ElementsAre("1 1000 ES Taryba renkasi rytoj."));
}

TEST_F(PivotTest, StandsBehindABetterDirectMatch) {
  units_.push_back(MakeUnit("a", "3",
                            {MakeVariant("et", "Euroopa Liidu nõukogu koguneb homme."),
                             MakeVariant("lt", "ES Taryba renkasi rytoj.")}));
  EXPECT_THAT(Told(),
              ElementsAre("3 1000 ES Taryba renkasi rytoj.", "1 970 " + lithuanian_ + " by en 2"));
}

TEST_F(PivotTest, LosesWhatBothUnitsCost) {
  request_.memories = {{{"a"}, 5}, {{"b"}, 20}};
  units_[0].source_language = Tagged("en");              // Reversed: 1.
  units_[1].variants[1].status = VariantStatus::kDraft;  // 5.
  EXPECT_THAT(Told(), ElementsAre("1 885 " + lithuanian_ + " by en 2"));
  const auto found = Find(request_, test::UnitSource(units_), {});
  const Bridge& bridge = *(*found)[0].matches[0].bridge;
  EXPECT_EQ(bridge.first_tenths, 955);
  EXPECT_EQ(bridge.second_tenths, 930);
  request_.penalties.pivot = 0;
  EXPECT_THAT(Told(), ElementsAre("1 915 " + lithuanian_ + " by en 2"));
  request_.exclude_reversed = true;
  EXPECT_THAT(Told(), IsEmpty());
}

TEST_F(PivotTest, FilterHoldsForTheTargetAndForBothUnits) {
  request_.filter.minimum_status = VariantStatus::kReviewed;
  EXPECT_THAT(Told(), IsEmpty());
  units_[1].variants[1].status = VariantStatus::kReviewed;
  EXPECT_THAT(Told(), ElementsAre("1 970 " + lithuanian_ + " by en 2"));
}

TEST_F(PivotTest, SameTranslationByTwoLanguagesIsToldOfBoth) {
  units_[0].variants.push_back(MakeVariant("ru", "Совет Европейского союза соберётся завтра."));
  units_.push_back(MakeUnit("b", "3",
                            {MakeVariant("ru", "Совет Европейского союза соберётся завтра."),
                             MakeVariant("lt", lithuanian_)}));
  EXPECT_THAT(Told(), ElementsAre("1 970 " + lithuanian_ + " by en 2",
                                  "1 970 " + lithuanian_ + " by ru 3"));
}

TEST_F(PivotTest, SameTranslationOfTwoUnitsIsToldOnce) {
  units_.push_back(
      MakeUnit("b", "3", {MakeVariant("en", english_), MakeVariant("lt", lithuanian_)}));
  EXPECT_THAT(Told(), ElementsAre("1 970 " + lithuanian_ + " by en 2"));
}

}  // namespace
}  // namespace sild::matching
