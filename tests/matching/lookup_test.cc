#include "server/matching/lookup.h"

#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/matching/score.h"
#include "tests/matching/unit_source.h"
#include "tests/support/status_matchers.h"

namespace sild::matching {
namespace {

using ::sild::test::StatusIs;
using test::MakeUnit;
using test::MakeVariant;
using test::Tagged;
using test::UnitSource;
using ::testing::_;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

LookupRequest Request(const std::string& text, const std::string& from = "en",
                      std::vector<std::string> to = {"et"}) {
  LookupRequest request;
  request.memories = {{{"m"}, 0}};
  request.source_language = Tagged(from);
  for (std::string& tag : to) {
    request.target_languages.push_back(Tagged(std::move(tag)));
  }
  request.queries = {{{text, {}}, "", "", {}}};
  return request;
}

LookupResult FindOne(const LookupRequest& request, const std::vector<TranslationUnit>& units) {
  auto found = Find(request, UnitSource(units), {});
  EXPECT_TRUE(found.ok()) << found.status();
  return found.ok() ? found->at(0) : LookupResult();
}

// Each match as "id score target text".
std::vector<std::string> Told(const LookupRequest& request,
                              const std::vector<TranslationUnit>& units) {
  std::vector<std::string> lines;
  for (const Match& match : FindOne(request, units).matches) {
    lines.push_back(match.unit.name.unit + " " + std::to_string(match.score_tenths) + " " +
                    match.target_language.str() + " " +
                    match.unit.Find(match.target_language)->segment.text);
  }
  return lines;
}

TranslationUnit Pair(const std::string& id, const std::string& english,
                     const std::string& estonian) {
  return MakeUnit("m", id, {MakeVariant("en", english), MakeVariant("et", estonian)});
}

TEST(Lookup, FindsTheBestFirst) {
  EXPECT_THAT(Told(Request("The bridge is closed."),
                   {Pair("a", "The bridges are open.", "Sillad on avatud."),
                    Pair("b", "The bridge was closed.", "Sild oli suletud."),
                    Pair("c", "The bridge is closed.", "Sild on suletud.")}),
              ElementsAre("c 1000 et Sild on suletud.", "b 777 et Sild oli suletud."));
}

TEST(Lookup, SearchesBothWays) {
  EXPECT_THAT(Told(Request("Sild on suletud.", "et", {"en"}),
                   {Pair("c", "The bridge is closed.", "Sild on suletud.")}),
              ElementsAre("c 1000 en The bridge is closed."));
}

TEST(Lookup, CallsNothingRepairedWhereNothingCouldBePut) {
  const LookupResult found =
      FindOne(Request("The meeting took place on 17 October.", "en", {"et"}),
              {MakeUnit("m", "a",
                        {MakeVariant("en", "The meeting took place on 5 May 2024."),
                         MakeVariant("et", "Kohtumine toimus 5. mail 2024.")})});
  ASSERT_THAT(found.matches, SizeIs(1));
  EXPECT_EQ(found.matches[0].type, MatchType::kFuzzy);
  EXPECT_EQ(found.matches[0].proposal.text, "Kohtumine toimus 5. mail 2024.");
}

TEST(Lookup, ProposesTheTargetWithThePlaceablesOfTheQuery) {
  const LookupResult found = FindOne(
      Request("This article was first published on 3 June 2023.", "en", {"lt"}),
      {MakeUnit("m", "a",
                {MakeVariant("en", "This article was first published on 14 March 2024."),
                 MakeVariant("lt", "Šis straipsnis pirmą kartą paskelbtas 2024 m. kovo 14 d.")})});
  ASSERT_THAT(found.matches, SizeIs(1));
  const Match& match = found.matches[0];
  EXPECT_EQ(match.type, MatchType::kRepaired);
  EXPECT_EQ(match.proposal.text, "Šis straipsnis pirmą kartą paskelbtas 2023 m. birželio 3 d.");
  EXPECT_EQ(match.repaired_tenths, 990);
  EXPECT_LT(match.score_tenths, 900);
  ASSERT_THAT(match.placements, SizeIs(1));
  EXPECT_EQ(match.placements[0].state, PlacementState::kPlaced);
  EXPECT_EQ(match.placements[0].kind, PlacementKind::kDate);
}

TEST(Lookup, TellsOfPlaceablesThatItCannotPlace) {
  TranslationUnit unit = Pair("a", "Article 5 and Article 5 again.", "Artikkel 5 ja taas sama.");
  const LookupResult found = FindOne(Request("Article 7 and Article 8 again."), {unit});
  ASSERT_THAT(found.matches, SizeIs(1));
  EXPECT_EQ(found.matches[0].proposal.text, "Artikkel 5 ja taas sama.");
  EXPECT_LT(found.matches[0].repaired_tenths, 990);
  EXPECT_THAT(found.matches[0].placements,
              ::testing::Contains(::testing::Field(&Placement::state, PlacementState::kLeft)));
}

TEST(Lookup, TellsWhichWayAUnitWasTranslated) {
  TranslationUnit unit = MakeUnit(
      "m", "a",
      {MakeVariant("en", "Bridge"), MakeVariant("et", "Sild"), MakeVariant("lt", "Tiltas")});
  const auto direction = [&unit](const std::string& original) {
    unit.source_language = Tagged(original);
    return FindOne(Request("Bridge"), {unit}).matches.at(0).direction;
  };
  EXPECT_EQ(direction(""), MatchDirection::kForward);
  EXPECT_EQ(direction("en"), MatchDirection::kForward);
  EXPECT_EQ(direction("en-GB"), MatchDirection::kForward);
  EXPECT_EQ(direction("et"), MatchDirection::kReversed);
  EXPECT_EQ(direction("lt"), MatchDirection::kSibling);
}

TEST(Lookup, LeavesReversedUnitsOutIfAsked) {
  TranslationUnit unit = Pair("a", "Bridge", "Sild");
  unit.source_language = Tagged("et");
  LookupRequest request = Request("Bridge");
  EXPECT_THAT(Told(request, {unit}), ElementsAre("a 990 et Sild"));
  request.exclude_reversed = true;
  EXPECT_THAT(Told(request, {unit}), IsEmpty());
}

TEST(Lookup, ProposesTheNearestVariety) {
  const TranslationUnit unit =
      MakeUnit("m", "a",
               {MakeVariant("en-US", "Bus"), MakeVariant("pt-PT", "autocarro"),
                MakeVariant("pt-BR", "ônibus")});
  EXPECT_THAT(Told(Request("Bus", "en", {"pt-BR"}), {unit}), ElementsAre("a 1000 pt-BR ônibus"));
  EXPECT_THAT(Told(Request("Bus", "en-GB", {"pt-AO"}), {unit}), ElementsAre("a 980 pt-BR ônibus"));
}

TEST(Lookup, KeepsScriptsApart) {
  const TranslationUnit unit = MakeUnit(
      "m", "a",
      {MakeVariant("en", "Bridge"), MakeVariant("sr", "Мост"), MakeVariant("sr-Latn", "Most")});
  EXPECT_THAT(Told(Request("Bridge", "en", {"sr-Latn-RS"}), {unit}),
              ElementsAre("a 1000 sr-Latn Most"));
}

TEST(Lookup, TakesAnyTargetIfNoneIsNamed) {
  const TranslationUnit unit = MakeUnit(
      "m", "a",
      {MakeVariant("en", "Bridge"), MakeVariant("et", "Sild"), MakeVariant("en-GB", "Bridge")});
  EXPECT_THAT(Told(Request("Bridge", "en", {}), {unit}), ElementsAre("a 1000 et Sild"));
}

TEST(Lookup, CountsMatchesForEachTargetLanguage) {
  std::vector<TranslationUnit> units;
  for (const char* id : {"a", "b", "c"}) {
    units.push_back(MakeUnit("m", id,
                             {MakeVariant("en", "Old bridge " + std::string(id)),
                              MakeVariant("et", "Sild " + std::string(id)),
                              MakeVariant("lt", "Tiltas " + std::string(id))}));
  }
  LookupRequest request = Request("Old bridge x", "en", {"et", "lt"});
  request.minimum_tenths = 600;
  request.max_matches = 2;
  EXPECT_THAT(FindOne(request, units).matches, SizeIs(4));
}

TEST(Lookup, DoesNotCountExactMatches) {
  std::vector<TranslationUnit> units = {Pair("z", "Bridge!", "Sild!")};
  for (int i = 0; i < 60; ++i) {
    units.push_back(Pair("u" + std::to_string(i), "Bridge", "Sild " + std::to_string(i)));
  }
  LookupRequest request = Request("Bridge");
  request.minimum_tenths = 500;
  request.max_matches = 1;
  const LookupResult result = FindOne(request, units);
  EXPECT_THAT(result.matches, SizeIs(51));
  EXPECT_EQ(result.more_exact, 10);
  EXPECT_TRUE(result.matches.front().multiple);
  EXPECT_FALSE(result.matches.back().multiple);
}

TEST(Lookup, TellsTheSameTranslationOnce) {
  std::vector<TranslationUnit> units = {
      Pair("b", "Bridge", "Sild"), Pair("a", "Bridge", "Sild"),
      MakeUnit("l", "z", {MakeVariant("en", "Bridge"), MakeVariant("et", "Sild")})};
  LookupRequest request = Request("Bridge");
  request.memories = {{{"m"}, 0}, {{"l"}, 0}};
  const LookupResult result = FindOne(request, units);
  ASSERT_THAT(result.matches, SizeIs(1));
  EXPECT_EQ(result.matches[0].unit.name.str(), "memories/l/units/z");
  EXPECT_THAT(result.matches[0].also_in, ElementsAre(UnitName{"m", "a"}, UnitName{"m", "b"}));
  EXPECT_FALSE(result.matches[0].multiple);
}

TEST(Lookup, TellsKindsOfExactMatchesApart) {
  TranslationUnit by_id = Pair("id", "Bridge", "Sild 1");
  by_id.document = "news";
  by_id.context_id = "title";
  TranslationUnit in_context = Pair("context", "Bridge", "Sild 2");
  in_context.variants[0].neighbors = {1, 2};
  TranslationUnit half_known = Pair("half", "Bridge", "Sild 3");
  half_known.variants[0].neighbors = {1, std::nullopt};
  TranslationUnit tagged = Pair("tagged", "Bridge", "Sild 4");
  tagged.variants[0].segment.tags.push_back(Tag{TagKind::kPlaceholder, 0, 0, 0, "", "<x/>"});
  LookupRequest request = Request("Bridge");
  request.queries[0].document = "news";
  request.queries[0].context_id = "title";
  request.queries[0].neighbors = {1, 2};
  std::vector<std::pair<std::string, MatchType>> told;
  for (const Match& match : FindOne(request, {tagged, half_known, in_context, by_id}).matches) {
    told.emplace_back(match.unit.name.unit, match.type);
  }
  EXPECT_THAT(told, ElementsAre(std::pair("id", MatchType::kExactId),
                                std::pair("context", MatchType::kExactContext),
                                std::pair("half", MatchType::kExact),
                                std::pair("tagged", MatchType::kExactText)));
}

TEST(Lookup, PutsFirstWhatHasMoreOfTheSameContext) {
  TranslationUnit none = Pair("none", "Bridge", "Sild 1");
  TranslationUnit other = Pair("other", "Bridge", "Sild 2");
  other.variants[0].neighbors = {7, 8};
  TranslationUnit one_side = Pair("one", "Bridge", "Sild 3");
  one_side.variants[0].neighbors = {1, 8};
  TranslationUnit with_id = Pair("with-id", "Bridge", "Sild 4");
  with_id.context_id = "title";
  with_id.variants[0].neighbors = {1, std::nullopt};
  TranslationUnit elsewhere = Pair("zz-elsewhere", "Bridge", "Sild 5");
  elsewhere.document = "sports";
  elsewhere.context_id = "title";
  LookupRequest request = Request("Bridge");
  request.queries[0].neighbors = {1, std::nullopt};
  request.queries[0].context_id = "title";
  request.queries[0].document = "news";
  std::vector<std::string> names;
  for (const Match& match : FindOne(request, {elsewhere, other, none, one_side, with_id}).matches) {
    EXPECT_EQ(match.type, MatchType::kExact) << match.unit.name.unit;
    EXPECT_EQ(match.score_tenths, 1000) << "what is unknown costs nothing";
    names.push_back(match.unit.name.unit);
  }
  EXPECT_THAT(names, ElementsAre("with-id", "one", "none", "other", "zz-elsewhere"));
}

// The minimum is of what is stored, as the order is; the repair only says how good the proposal is.
TEST(Lookup, TakesTheMinimumOfTheScoreBeforeRepairs) {
  const TranslationUnit unit = Pair("a", "On 14 March 2024.", "14. märtsil 2024.");
  LookupRequest request = Request("On 3 June 2023.");
  EXPECT_THAT(FindOne(request, {unit}).matches, IsEmpty());
  request.minimum_tenths = 500;
  const LookupResult result = FindOne(request, {unit});
  ASSERT_THAT(result.matches, SizeIs(1));
  EXPECT_EQ(result.matches[0].type, MatchType::kRepaired);
  EXPECT_EQ(result.matches[0].score_tenths, 644);
  EXPECT_EQ(result.matches[0].repaired_tenths, 990);
  EXPECT_EQ(result.matches[0].proposal.text, "3. juunil 2023.");
}

TEST(Lookup, FiltersBeforeItCounts) {
  std::vector<TranslationUnit> units;
  for (int i = 0; i < 20; ++i) {
    units.push_back(Pair("a" + std::to_string(i), "Old bridge", "Sild " + std::to_string(i)));
  }
  units.push_back(Pair("z", "Older bridges", "Vanemad sillad"));
  units.back().labels = {{"client", "city"}};
  LookupRequest request = Request("Old bridges");
  request.max_matches = 1;
  request.minimum_tenths = 500;
  request.filter.labels = {{"client", "city"}};
  EXPECT_THAT(Told(request, units), ElementsAre("z 680 et Vanemad sillad"));
}

TEST(Lookup, HoldsTheMinimumAfterPenalties) {
  LookupRequest request = Request("Bridge");
  request.minimum_tenths = 960;
  TranslationUnit unit = Pair("a", "Bridge", "Sild");
  EXPECT_THAT(Told(request, {unit}), SizeIs(1));
  unit.variants[1].origin = Origin::kMachine;
  EXPECT_THAT(Told(request, {unit}), IsEmpty());
}

TEST(Lookup, SendsExactMatchesBelowTheBestOthers) {
  std::vector<TranslationUnit> units = {Pair("a", "Bridge", "Sild")};
  units[0].variants[1].origin = Origin::kMachine;
  for (int i = 0; i < 600; ++i) {  // Enough that the ranking prunes.
    units.push_back(Pair("z" + std::to_string(i), "Bridge ", "Sild " + std::to_string(i)));
  }
  units.push_back(Pair("y", "Bridge", "Sillake"));
  units.back().variants[1].origin = Origin::kMachine;
  LookupRequest request = Request("Bridge");
  request.max_matches = 1;
  EXPECT_THAT(Told(request, units),
              ElementsAre("z0 999 et Sild 0", "a 950 et Sild", "y 950 et Sillake"));
}

TEST(Lookup, BreaksTiesByCharactersThenStatusThenTime) {
  std::vector<TranslationUnit> units = {Pair("a", "Bridge one", "1"), Pair("b", "Bridge ab", "2"),
                                        Pair("c", "Bridge ab", "3"), Pair("d", "Bridge ab", "4")};
  units[2].variants[1].update_time = Timestamp(std::chrono::hours(1));
  units[3].variants[1].status = VariantStatus::kApproved;
  LookupRequest request = Request("Bridge ac");
  request.minimum_tenths = 500;
  EXPECT_THAT(Told(request, units),
              ElementsAre("d 500 et 4", "c 500 et 3", "b 500 et 2", "a 500 et 1"));
}

TEST(Lookup, ExplainsTheScore) {
  TranslationUnit unit = Pair("a", "Old bridges", "Vanad sillad");
  unit.variants[1].status = VariantStatus::kDraft;
  LookupRequest request = Request("Old bridge");
  request.explain = true;
  const Match match = FindOne(request, {unit}).matches.at(0);
  const MatchExplanation expected{
      755,
      {{PenaltyReason::kDraft, 50}},
      {{EditOperation::kReplace, EditKind::kForm, {4, 11}, {4, 10}, 49}},
      49,
      200,
      kScoreVersion};
  EXPECT_EQ(match.explanation, expected);
  EXPECT_EQ(match.score_tenths, 705);
}

TEST(Lookup, NeverMatchesEmptyText) {
  TranslationUnit unit = Pair("a", "", "Sild");
  unit.variants[0].segment.tags.push_back(Tag());
  EXPECT_THAT(Told(Request(""), {unit}), IsEmpty());
}

TEST(Lookup, AnswersEachQueryInItsPlace) {
  LookupRequest request = Request("Bridge");
  request.queries.push_back({{"River", {}}, "", "", {}});
  const auto found = Find(request, UnitSource({Pair("a", "River", "Jõgi")}), {});
  ASSERT_THAT(found, test::IsOk());
  EXPECT_THAT(found->at(0).matches, IsEmpty());
  EXPECT_THAT(found->at(1).matches, SizeIs(1));
}

TEST(Lookup, FailsIfAMemoryIsMissing) {
  LookupRequest request = Request("Bridge");
  request.memories = {{{"nowhere"}, 0}};
  EXPECT_THAT(Find(request, UnitSource({}), {}), StatusIs(absl::StatusCode::kNotFound, _));
}

TEST(Lookup, StopsWhenItIsCancelled) {
  std::vector<TranslationUnit> units(1000, Pair("a", "Bridge", "Sild"));
  EXPECT_THAT(Find(Request("Bridge"), UnitSource(units), [] { return true; }),
              StatusIs(absl::StatusCode::kCancelled, _));
}

}  // namespace
}  // namespace sild::matching
