#include "server/matching/repair.h"

#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sild::matching {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

LanguageTag Language(std::string_view tag) { return LanguageTag::FromCanonical(std::string(tag)); }

// A query and a unit, from English unless told otherwise.
struct Case {
  std::string query;
  std::string source;
  std::string target;
  std::string target_language = "et";
  std::string source_language = "en";
};

Repair Make(const Case& of) {
  const Segment query{of.query, {}};
  return Repairer(query, Language(of.source_language))
      .Make({of.source, {}}, Language(of.source_language), {of.target, {}},
            Language(of.target_language));
}

std::string Proposal(const Case& of) { return Make(of).proposal.text; }

// Each placement as `query>proposal`, `?` where there is none, with `!` if it is to be checked.
std::vector<std::string> Placements(const Case& of) {
  const Repair repair = Make(of);
  const auto cut = [](const std::string& text, const std::optional<ByteRange>& range) {
    return range ? text.substr(range->begin, range->end - range->begin) : "?";
  };
  std::vector<std::string> shown;
  for (const Placement& placement : repair.placements) {
    std::string one = cut(of.query, placement.query_range) + ">" +
                      cut(repair.proposal.text, placement.proposal_range);
    one += placement.state == PlacementState::kCheckAgreement ? "!" : "";
    EXPECT_EQ(placement.state == PlacementState::kLeft,
              !placement.query_range || !placement.proposal_range);
    shown.push_back(one);
  }
  return shown;
}

TEST(Repair, PutsNumbersInTheFormatOfTheTarget) {
  const Case numbers{"It cost 12,345.6 euros.", "It cost 1,234.5 euros.",
                     "See maksis 1 234,5 eurot."};
  EXPECT_EQ(Proposal(numbers), "See maksis 12 345,6 eurot.");
  EXPECT_THAT(Placements(numbers), ElementsAre("12,345.6>12 345,6", "euros>eurot"));
  const Repair repair = Make(numbers);
  EXPECT_TRUE(repair.differs_only_in_placeables);
  EXPECT_EQ(repair.score_tenths, 990);
}

TEST(Repair, NationsAreNoCurrencies) {
  const Repair repair = Make({"Погибли 5 грузинских солдат.", "Погибли 5 казахских солдат.",
                              "Hukkus 5 Kasahstani sõdurit.", "et", "ru"});
  EXPECT_FALSE(repair.differs_only_in_placeables);
  EXPECT_EQ(repair.proposal.text, "Hukkus 5 Kasahstani sõdurit.");
}

TEST(Repair, PutsDatesInTheFormOfTheTarget) {
  const std::string query = "This article was first published on 3 June 2023.";
  const std::string source = "This article was first published on 14 March 2024.";
  EXPECT_EQ(Proposal({query, source, "Artikkel ilmus esimest korda 14. märtsil 2024."}),
            "Artikkel ilmus esimest korda 3. juunil 2023.");
  EXPECT_EQ(
      Proposal({query, source, "Šis straipsnis pirmą kartą paskelbtas 2024 m. kovo 14 d.", "lt"}),
      "Šis straipsnis pirmą kartą paskelbtas 2023 m. birželio 3 d.");
  EXPECT_EQ(Proposal({query, source, "Впервые опубликовано 14 марта 2024 года.", "ru"}),
            "Впервые опубликовано 3 июня 2023 года.");
}

TEST(Repair, PutsRangesOfDaysInTheFormOfTheTarget) {
  const std::string query = "The summit was held on 3–5 June 2023.";
  const std::string source = "The summit was held on 12–14 March 2024.";
  EXPECT_EQ(Proposal({query, source, "Tippkohtumine toimus 12.–14. märtsil 2024."}),
            "Tippkohtumine toimus 3.–5. juunil 2023.");
  EXPECT_EQ(Proposal({query, source, "Susitikimas vyko 2024 m. kovo 12–14 d.", "lt"}),
            "Susitikimas vyko 2023 m. birželio 3–5 d.");
  EXPECT_EQ(Proposal({query, source, "Саммит проходил с 12 по 14 марта 2024 года.", "ru"}),
            "Саммит проходил с 3 по 5 июня 2023 года.");
  const Case day{"The summit was held on 3 June 2023.", source,
                 "Tippkohtumine toimus 12.–14. märtsil 2024."};
  EXPECT_EQ(Proposal(day), day.target);
  EXPECT_THAT(Placements(day), ElementsAre("3 June 2023>?", "?>12.–14. märtsil 2024"));
}

TEST(Repair, PutsCurrenciesOrTellsOfThem) {
  EXPECT_EQ(Proposal({"It cost $7 million.", "It cost €5 million.", "See maksis 5 mln €."}),
            "See maksis 7 mln $.");
  EXPECT_EQ(Proposal({"It cost $7.", "It cost €5.", "See maksis 5 €."}), "See maksis 7 $.");
  EXPECT_EQ(Proposal({"It cost €7.", "It cost £5.", "Kainavo 5 £.", "lt"}), "Kainavo 7 €.");
  const Case words{"It cost $7.", "It cost €5.", "Это стоило 5 евро.", "ru"};
  EXPECT_EQ(Proposal(words), words.target) << "7 are no euros";
  EXPECT_THAT(Placements(words), ElementsAre("$>?", "7>?", "?>евро", "?>5"));
  const Case sign{"It cost 7 euros.", "It cost 5 euros.", "Kainavo 5 €.", "lt"};
  EXPECT_THAT(Placements(sign), ElementsAre("7>7", "euros>€"));
  const Case unread{"It cost 7 quid.", "It cost 5 quid.", "Kainavo 5 £.", "lt"};
  EXPECT_THAT(Placements(unread), ElementsAre("7>7")) << "the sign is a word there";
  const Case other{"It cost $7.", "It cost 5 quid.", "Kainavo 5 £.", "lt"};
  EXPECT_THAT(Placements(other), ElementsAre("$>?", "7>?", "?>5", "?>£"));
}

TEST(Repair, TellsOfAnotherMagnitude) {
  const Case billions{"It cost 5 billion.", "It cost 5 million.", "See maksis 5 miljonit."};
  EXPECT_EQ(Proposal(billions), billions.target);
  EXPECT_THAT(Placements(billions), ElementsAre("5 billion>?", "?>5 miljonit"))
      << "though the digits are the same";
}

TEST(Repair, ShortNamesNeedNoAgreement) {
  const auto state = [](const std::string& target) {
    return Placements({"2 million km", "5 million km", target, "ru"}).front();
  };
  EXPECT_EQ(state("5 млн км"), "2>2");
  EXPECT_EQ(state("5 миллионов км"), "2>2!");
  EXPECT_THAT(Placements({"2 MW", "5 MW", "5 МВт", "ru"}), ElementsAre("2>2", "MW>МВт"));
}

TEST(Repair, PutsTimesIntoTheOtherClock) {
  EXPECT_EQ(Proposal({"It begins at 4:15 p.m.", "It begins at 2:30 p.m.", "Algus kell 14.30."}),
            "Algus kell 16.15.");
  EXPECT_EQ(Proposal({"It begins at 4 pm.", "It begins at 2:30 pm.", "Pradžia 14:30.", "lt"}),
            "Pradžia 16:00.");
  EXPECT_EQ(Proposal({"Начало в 9:05.", "Начало в 14:30.", "It begins at 2:30 p.m.", "en", "ru"}),
            "It begins at 9:05 a.m.");
  EXPECT_EQ(Proposal({"At 4:15 pm", "At 14:30", "Kell 14:30"}), "Kell 16:15")
      << "not a copy in the other clock";
  const Case hour{"At 4 pm", "At 2 pm", "Kell 14"};
  EXPECT_EQ(Proposal(hour), hour.target);
  EXPECT_THAT(Placements(hour), ElementsAre("4 pm>?", "?>14"));
}

TEST(Repair, PutsValuesWhereTheTargetHasThem) {
  EXPECT_EQ(Proposal({"Copied {b} to {a}", "Copied {x} to {y}", "Kausta {y} kopeeriti {x}"}),
            "Kausta {a} kopeeriti {b}");
  EXPECT_EQ(Proposal({"See https://b.ee/2 or mail c@d.lt", "See http://a.ee or mail a@b.ee",
                      "Kirjuta a@b.ee või vaata http://a.ee"}),
            "Kirjuta c@d.lt või vaata https://b.ee/2");
  EXPECT_EQ(Proposal({"Save as MP4", "Save as MP3", "Salvesta MP3-na"}), "Salvesta MP4-na");
}

TEST(Repair, LeavesWhatTheTargetDoesNotShow) {
  const Case spelled{"All 7 files", "All 5 files", "Kõik viis faili"};
  EXPECT_EQ(Proposal(spelled), spelled.target);
  EXPECT_THAT(Placements(spelled), ElementsAre("7>?"));
  EXPECT_EQ(Make(spelled).score_tenths, 940);
  EXPECT_TRUE(Make(spelled).differs_only_in_placeables);
}

TEST(Repair, LeavesWhatCouldGoToSeveralPlaces) {
  const Case twice{"From 3 rows to 7 rows", "From 5 rows to 5 rows", "5 realt 5 reale"};
  EXPECT_EQ(Proposal(twice), twice.target);
  EXPECT_THAT(Placements(twice), ElementsAre("3>?", "7>?", "?>5", "?>5"));
  EXPECT_EQ(Make(twice).score_tenths, 890);
  EXPECT_EQ(Proposal({"Only 7 rows", "Only 5 rows", "5 rida, vaid 5"}), "5 rida, vaid 5");
}

TEST(Repair, PutsOneValueWhereSeveralAreEqual) {
  EXPECT_EQ(Proposal({"7 rows and 7 columns", "5 rows and 5 columns", "5 rida ja 5 veergu"}),
            "7 rida ja 7 veergu");
}

TEST(Repair, KeepsTheOrderWhereItIsCertain) {
  EXPECT_EQ(Proposal({"Scale 1:2", "Scale 1:1", "Mõõtkava 1:1"}), "Mõõtkava 1:2");
  EXPECT_EQ(Proposal({"%1 of %2", "%s of %s", "%s %s-st"}), "%1 %2-st");
  EXPECT_THAT(Placements({"%1 of %d as %2", "%s of %d as %s", "%d-st %s kui %s"}),
              ElementsAre("%1>?", "%d>%d", "%2>?", "?>%s", "?>%s"))
      << "the target has another order";
  EXPECT_EQ(Proposal({"cpu4: 8 cores", "cpu4: 4 cores", "4 tuuma: cpu4"}), "8 tuuma: cpu4");
}

TEST(Repair, DoesNotGuessBetweenReadings) {
  EXPECT_EQ(Proposal({"Due 03/04/2022", "Due 01/02/2022", "Tähtaeg 1. veebruar 2022"}),
            "Tähtaeg 3. aprill 2022")
      << "the target shows that the day comes first";
  const Case unclear{"Tähtaeg 1.234", "Tähtaeg 5", "Due 5", "en", "et"};
  EXPECT_EQ(Proposal(unclear), unclear.target);
  EXPECT_THAT(Placements(unclear), ElementsAre("1.234>?", "?>5"));
}

TEST(Repair, MarksFractionsOfAmountsOnly) {
  EXPECT_EQ(Proposal({"up 5.5 %", "up 5 %", "kasv 5 %"}), "kasv 5,5 %");
  EXPECT_EQ(Proposal({"about 5.5 degrees", "about 5 degrees", "umbes 5 kraadi"}),
            "umbes 5,5 kraadi");
  EXPECT_EQ(Proposal({"Heading 1.1", "Heading 1", "Pealkiri 1"}), "Pealkiri 1");
  EXPECT_EQ(Proposal({"With Qt 5.1 only", "With Qt 5 only", "Vaid Qt 5"}), "Vaid Qt 5");
  EXPECT_EQ(Proposal({"ratio 1.618 : 1", "ratio 1 : 1.618", "suhe 1:1.618"}), "suhe 1.618:1")
      << "as the target marks others";
}

TEST(Repair, SaysWhereWordsMayHaveToAgree) {
  const auto files = [](const std::string& number) {
    return Placements({number + " files", "5 files", "5 файлов", "ru"});
  };
  EXPECT_THAT(files("7"), ElementsAre("7>7"));
  EXPECT_THAT(files("2"), ElementsAre("2>2!"));
  EXPECT_THAT(files("21"), ElementsAre("21>21!"));
  EXPECT_THAT(Placements({"1 file", "2 file", "2 faili"}), ElementsAre("1>1!"));
  EXPECT_THAT(Placements({"10 files", "2 files", "2 failai", "lt"}), ElementsAre("10>10!"));
  EXPECT_THAT(Placements({"21 files", "1 files", "1 failas", "lt"}), ElementsAre("21>21"));
  EXPECT_THAT(Placements({"2 km", "5 km", "5 км", "ru"}), ElementsAre("2>2", "km>км"));
  EXPECT_THAT(Placements({"2 of 9", "5 of 9", "5 из 9", "ru"}), ElementsAre("2>2", "9>9"));
  EXPECT_THAT(Placements({"in 2021", "in 2022", "в 2022 году", "ru"}), ElementsAre("2021>2021"));
  EXPECT_THAT(Placements({"for 3", "for 5", "5-le"}), ElementsAre("3>3!"));
}

TEST(Repair, TellsOfValuesThatTheQueryDoesNotHave) {
  const Case derived{"10 miles away", "5 miles away", "8 km kaugusel"};
  EXPECT_THAT(Placements(derived), ElementsAre("10>?", "?>8"));
  EXPECT_EQ(Make(derived).score_tenths, 940);
  const Case gone{"Version is out", "Version 5 is out", "Versioon 5 on väljas"};
  EXPECT_THAT(Placements(gone), ElementsAre("?>5"));
}

TEST(Repair, PairsByTheEditScriptWhereWordsDiffer) {
  const Case fuzzy{"The new total is 12 files in 3 folders", "The total is 10 files in 2 folders",
                   "Kokku on 10 faili 2 kaustas"};
  EXPECT_EQ(Proposal(fuzzy), "Kokku on 12 faili 3 kaustas");
  EXPECT_FALSE(Make(fuzzy).differs_only_in_placeables);
  EXPECT_EQ(Make(fuzzy).score_tenths, 888) << "one word of nine";
}

TEST(Repair, KeepsExactMatches) {
  const Case exact{"5 files of 5", "5 files of 5", "5 faili"};
  EXPECT_EQ(Proposal(exact), exact.target);
  EXPECT_EQ(Make(exact).score_tenths, 1000);
  EXPECT_FALSE(Make(exact).differs_only_in_placeables);
  EXPECT_THAT(Placements({"", "", ""}), IsEmpty());
  EXPECT_EQ(Proposal({"Hello", "Hello", "5 tere 7"}), "5 tere 7");
  EXPECT_THAT(Placements({"Hello", "Hello", "5 tere 7"}), IsEmpty());
}

TEST(Repair, ReadsDatesAsTheRegionDoes) {
  const auto make = [](const char* query_language, const char* source_language) {
    const Segment query{"Due 03/04/2022", {}};
    return Repairer(query, Language(query_language))
        .Make(query, Language(source_language), {"Tähtaeg 03.04.2022", {}}, Language("et"));
  };
  EXPECT_EQ(make("en-GB", "en-GB").score_tenths, 1000);
  EXPECT_EQ(make("en", "en").score_tenths, 1000);
  EXPECT_EQ(make("en", "en-GB").proposal.text, "Tähtaeg 03.04.2022");
  const Repair american = make("en-US", "en-GB");
  EXPECT_EQ(american.proposal.text, "Tähtaeg 04.03.2022") << "the same digits are another day";
  EXPECT_EQ(american.score_tenths, 990);
  const Repair unclear = make("en-US", "en-US");
  EXPECT_EQ(unclear.proposal.text, "Tähtaeg 03.04.2022");
  EXPECT_EQ(unclear.score_tenths, 1000) << "what a person made of the same text stays";
}

TEST(Repair, TellsOfOtherWordsAroundANumber) {
  const Case letters{"Flat 14AB", "Flat 12AC", "Korter 12AC"};
  EXPECT_EQ(Proposal(letters), letters.target);
  EXPECT_THAT(Placements(letters), ElementsAre("14>?", "?>12"));
  EXPECT_THAT(Placements({"Flat 12AB", "Flat 12AC", "Korter 12AC"}), ElementsAre("12>?"))
      << "though the number is the same";
  EXPECT_EQ(Proposal({"Covid-20", "COVID-19", "COVID-19"}), "COVID-20") << "but for case";
  EXPECT_EQ(Proposal({"14GB", "12MB", "12 MB"}), "14 GB") << "a unit is a placeable itself";
}

TEST(Repair, IsInTextsAsSent) {
  EXPECT_EQ(Proposal({"U\u0308le 7", "U\u0308le 5", "о\u0301н 5 е\u0308", "ru", "et"}),
            "о\u0301н 7 е\u0308");
}

}  // namespace
}  // namespace sild::matching
