#include "client/cli/lookup_output.h"

#include <sstream>

#include <google/protobuf/text_format.h>
#include <gtest/gtest.h>

#include "client/cli/display_text.h"
#include "client/cli/tagged_text.h"

namespace sild::cli {
namespace {

class LookupOutputTest : public ::testing::Test {
 protected:
  void SetUp() override { UseUtf8Locale(); }

  v1::LookupMatchesResponse::Result Parse(const std::string& text) {
    v1::LookupMatchesResponse::Result result;
    EXPECT_TRUE(google::protobuf::TextFormat::ParseFromString(text, &result));
    return result;
  }

  static v1::Segment Text(const std::string& text) {
    v1::Segment segment;
    segment.set_text(text);
    return segment;
  }

  std::ostringstream out_;
  Printer plain_{out_, false};
  Printer colored_{out_, true};
};

constexpr char kFuzzy[] = R"(
  matches {
    unit {
      name: "memories/news/units/u1"
      variants { language_code: "ru" segment { text: "Второй саммит" } }
      variants {
        language_code: "et" segment { text: "Teine tippkohtumine" } status: STATUS_REVIEWED
        updater: "mari" update_time { seconds: 1714521600 }
      }
    }
    type: MATCH_TYPE_FUZZY score: 87.9
    source_language_code: "ru" target_language_code: "et"
    proposal { text: "Teine tippkohtumine" }
    direction: MATCH_DIRECTION_REVERSED
    also_in: "memories/old/units/u9"
    explanation {
      similarity: 88.9 distance: 100 weight: 200
      penalties { reason: REASON_REVERSED points: 1 }
      edits {
        operation: OPERATION_REPLACE kind: KIND_WORD points: 100
        unit_range { begin: 0 end: 6 } query_range { begin: 0 end: 6 }
      }
    }
  })";

TEST_F(LookupOutputTest, ShowsAMatchWithItsDifferencesMarked) {
  EXPECT_EQ(LookupText(plain_, Text("Третий саммит"), Parse(kFuzzy), {}),
            "Третий саммит\n"
            "   87%  fuzzy       memories/news/units/u1, mari, 2024-05-01, reviewed, reversed\n"
            "        ru     [-Второй-]{+Третий+} саммит\n"
            "        et     Teine tippkohtumine\n"
            "               also in memories/old/units/u9");
}

TEST_F(LookupOutputTest, ShowsTheBridgeOfAMatchAcrossALanguage) {
  EXPECT_EQ(LookupText(plain_, Text("Sild on valmis."), Parse(R"(
              matches {
                unit {
                  name: "memories/news/units/u1"
                  variants { language_code: "et" segment { text: "Sild on valmis." } }
                  variants { language_code: "en" segment { text: "The bridge is finished." } }
                }
                type: MATCH_TYPE_FUZZY score: 96
                source_language_code: "et" target_language_code: "lt"
                proposal { text: "Tiltas baigtas." }
                bridge {
                  language_code: "en" text: "The bridge is finished." unit: "memories/b/units/u2"
                  first_score: 97 second_score: 99
                }
              })"),
                       {}),
            "Sild on valmis.\n"
            "   96%  pivot       memories/news/units/u1\n"
            "        et     Sild on valmis.\n"
            "        en     The bridge is finished.\n"
            "        lt     Tiltas baigtas.\n"
            "               across en to memories/b/units/u2: 97.0 up to there, 99.0 from there");
}

TEST_F(LookupOutputTest, TellsWhatBecameOfNumbersAndTags) {
  EXPECT_EQ(LookupText(plain_, Text("В главе 21 и 7"), Parse(R"(
              matches {
                unit {
                  name: "memories/news/units/u1"
                  variants { language_code: "ru" segment { text: "В главе 5 и 6" } }
                  variants { language_code: "et" segment { text: "Peatükis 5 ja 9" } }
                }
                type: MATCH_TYPE_FUZZY score: 80 repaired_score: 94
                source_language_code: "ru" target_language_code: "et"
                proposal { text: "Peatükis 21 ja 9" }
                placements {
                  query_range { begin: 8 end: 10 } proposal_range { begin: 9 end: 11 }
                  state: STATE_CHECK_AGREEMENT kind: KIND_NUMBER
                }
                placements {
                  query_range { begin: 13 end: 14 } state: STATE_LEFT kind: KIND_NUMBER
                }
                placements {
                  proposal_range { begin: 15 end: 16 } state: STATE_LEFT kind: KIND_NUMBER
                }
                placements { query_range {} state: STATE_LEFT kind: KIND_TAG }
              })"),
                       {}),
            "В главе 21 и 7\n"
            "   80%  fuzzy       memories/news/units/u1\n"
            "        ru     В главе 5 и 6\n"
            "        et     Peatükis 21 ja 9\n"
            "               94% as put here\n"
            "               put in: 7, tag\n"
            "               take out: 9 (not in the text)\n"
            "               check the words beside: 21");
}

TEST_F(LookupOutputTest, TellsAmountsAsTheyStand) {
  const auto told = [&](const std::string& query, const std::string& placements) {
    const std::string text = LookupText(plain_, Text(query),
                                        Parse(R"(
        matches { score: 80 proposal { text: "Summa oli 600 miljardit €" })" +
                                              placements + "}"),
                                        {});
    return text.substr(text.find("put in: "));
  };
  EXPECT_EQ(told("It was €750m for 3", R"(
                placements { query_range { begin: 7 end: 8 } proposal_range { begin: 24 end: 25 }
                             state: STATE_PLACED kind: KIND_NUMBER }
                placements { query_range { begin: 8 end: 12 } state: STATE_LEFT kind: KIND_NUMBER }
                placements { query_range { begin: 17 end: 18 } state: STATE_LEFT kind: KIND_NUMBER }
                placements { proposal_range { begin: 10 end: 23 }
                             state: STATE_LEFT kind: KIND_NUMBER })"),
            "put in: €750m, 3\n               take out: 600 miljardit € (not in the text)");
  EXPECT_EQ(told("It was 5 km or 7 or $8", R"(
                placements { query_range { begin: 7 end: 8 } state: STATE_LEFT kind: KIND_NUMBER }
                placements { query_range { begin: 9 end: 11 } state: STATE_LEFT kind: KIND_NUMBER }
                placements { query_range { begin: 20 end: 21 } state: STATE_LEFT kind: KIND_NUMBER }
                placements { query_range { begin: 21 end: 22 } proposal_range { begin: 0 end: 1 }
                             state: STATE_PLACED kind: KIND_NUMBER })"),
            "put in: 5 km, $8");
  EXPECT_EQ(told("Doors open at 6 a.m. at err.ee.", R"(
                placements { query_range { begin: 14 end: 19 } state: STATE_LEFT kind: KIND_DATE }
                placements { query_range { begin: 24 end: 30 }
                             state: STATE_LEFT kind: KIND_ADDRESS })"),
            "put in: 6 a.m., err.ee");
}

TEST_F(LookupOutputTest, ShowsTagsWhereTheyStand) {
  const auto result = Parse(R"(
      matches {
        unit {
          name: "memories/m/units/u"
          variants {
            language_code: "en"
            segment { text: "Press here" tags { kind: KIND_OPEN position: 6 pair: 1 data: "<b>" }
                      tags { kind: KIND_CLOSE position: 10 pair: 1 data: "</b>" } }
          }
          variants { language_code: "et" segment { text: "Vajuta siia" } }
        }
        type: MATCH_TYPE_FUZZY score: 74 source_language_code: "en" target_language_code: "et"
        proposal { text: "Vajuta siia" tags { kind: KIND_PLACEHOLDER position: 7 data: "<br/>" } }
        placements { query_range { begin: 6 end: 6 } state: STATE_LEFT kind: KIND_TAG }
        explanation { edits { unit_range { begin: 0 end: 5 } query_range { begin: 0 end: 5 } } }
      })");
  EXPECT_EQ(LookupText(plain_, ParseTags("Click <i>here"), result, {}),
            "Click <i>here\n"
            "   74%  fuzzy       memories/m/units/u\n"
            "        en     [-Press-]{+Click+} <b>here</b>\n"
            "        et     Vajuta <br/>siia\n"
            "               put in: <i>");
}

TEST_F(LookupOutputTest, TellsThatOnlySpacesDiffer) {
  const auto text = [&](const std::string& explanation) {
    return LookupText(plain_, Text("a"),
                      Parse("matches { score: 99.9 explanation { " + explanation + " } }"), {});
  };
  constexpr char kTold[] = "only spaces or what cannot be seen differ";
  EXPECT_NE(text("similarity: 99.9 weight: 100").find(kTold), std::string::npos);
  EXPECT_EQ(text("similarity: 100 weight: 100").find(kTold), std::string::npos);
  EXPECT_EQ(text("similarity: 90 distance: 10 edits {}").find(kTold), std::string::npos);
}

TEST_F(LookupOutputTest, DoesNotTellHowGoodItIsAsPutIfNothingIsPutIn) {
  const std::string match = R"(
      unit {
        name: "memories/news/units/u1"
        variants { language_code: "ru" segment { text: "В главе 5" } }
        variants { language_code: "et" segment { text: "Peatükis" } }
      }
      score: 80 repaired_score: 94 source_language_code: "ru" target_language_code: "et")";
  const auto text = [&](const std::string& proposal) {
    return LookupText(plain_, Text("В главе 6"),
                      Parse("matches {" + match + "proposal {" + proposal + "} }"), {});
  };
  EXPECT_EQ(text(R"(text: "Peatükis")").find("as put here"), std::string::npos);
  EXPECT_NE(text(R"(text: "Peatükis 6")").find("94% as put here"), std::string::npos);
  EXPECT_NE(text(R"(text: "Peatükis" tags { id: 1 })").find("94% as put here"), std::string::npos);
}

TEST_F(LookupOutputTest, ExplainsTheScore) {
  const std::string text =
      LookupText(plain_, Text("Третий саммит"), Parse(kFuzzy), {.is_explained = true});
  EXPECT_TRUE(text.ends_with(
      "               score 87.9 = similarity 88.9 (distance 100 of weight 200) - 1.0 reversed\n"
      "               edits: Второй > Третий (word 100)"))
      << text;
}

TEST_F(LookupOutputTest, TellsThatThereIsNoMatch) {
  EXPECT_EQ(LookupText(plain_, Text("Hello"), {}, {.minimum_score = 85}),
            "Hello\n  no match of 85% or more");
  constexpr char kHint[] = "no match of 70% or more; --tags reads";
  EXPECT_NE(LookupText(plain_, Text("Click <b>here"), {}, {}).find(kHint), std::string::npos);
  EXPECT_EQ(LookupText(plain_, ParseTags("Click <b>here"), {}, {}).find(kHint), std::string::npos);
}

TEST_F(LookupOutputTest, ShowsThePartsThatAreStoredWhereThereIsNoMatch) {
  EXPECT_EQ(LookupText(plain_, Text("Vene gaas ja Euroopa Liit"), Parse(R"(
              fragments {
                range { begin: 0 end: 9 }
                match {
                  unit {
                    name: "memories/news/units/u1"
                    variants { language_code: "et" segment { text: "Vene gaas" } }
                    variants { language_code: "ru" segment { text: "российский газ" } }
                  }
                  type: MATCH_TYPE_EXACT score: 100
                  source_language_code: "et" target_language_code: "ru"
                  proposal { text: "российский газ" }
                }
              }
              fragments {
                range { begin: 13 end: 25 } concept_name: "glossaries/g/concepts/eu"
                term {
                  range { begin: 13 end: 25 } concept_name: "glossaries/g/concepts/eu"
                  term { text: "Euroopa Liit" } class: CLASS_STRICT
                  translations { language_code: "ru" terms { text: "Европейский союз" } }
                }
              })"),
                       {}),
            "Vene gaas ja Euroopa Liit\n"
            "  no match of 70% or more\n"
            "  Vene gaas\n"
            "  100%  exact       memories/news/units/u1\n"
            "        et     Vene gaas\n"
            "        ru     российский газ\n"
            "  Euroopa Liit  glossaries/g/concepts/eu\n"
            "        ru     Европейский союз");
}

TEST_F(LookupOutputTest, TellsOfExactMatchesLeftOut) {
  EXPECT_EQ(LookupText(plain_, Text("a"), Parse("more_exact: 7"), {}),
            "a\n  no match of 70% or more\n  and 7 more exact matches");
}

TEST_F(LookupOutputTest, KeepsControlsInStoredTextFromTheTerminal) {
  const auto result = Parse(R"(matches { proposal { text: "a\033[2J\302\233b" } })");
  const std::string text = LookupText(colored_, Text("q"), result, {});
  EXPECT_NE(text.find("a\\x1b[2J\\u{9b}b"), std::string::npos) << text;
}

TEST_F(LookupOutputTest, MarksInsertionsAndDeletionsInOrder) {
  v1::MatchExplanation explanation;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(edits { operation: OPERATION_DELETE unit_range { begin: 2 end: 4 } query_range { begin: 2 end: 2 } }
         edits { operation: OPERATION_INSERT unit_range { begin: 6 end: 6 } query_range { begin: 4 end: 6 } })",
      &explanation));
  EXPECT_EQ(MarkedSource(plain_, Text("õ b c "), "õ c d ", explanation), "õ [-b -]c {+d +}");
}

TEST_F(LookupOutputTest, PutsTheSpaceWhereAnInsertedWordNeedsIt) {
  v1::MatchExplanation explanation;
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(edits { operation: OPERATION_INSERT unit_range { begin: 7 end: 7 }
                 query_range { begin: 8 end: 12 } })",
      &explanation));
  EXPECT_EQ(MarkedSource(plain_, Text("kestnud sõda"), "kestnud kaua sõda", explanation),
            "kestnud{+ kaua+} sõda");
  EXPECT_EQ(MarkedSource(plain_, Text("kestnud"), "kestnud kaua", explanation), "kestnud{+ kaua+}");
  ASSERT_TRUE(google::protobuf::TextFormat::ParseFromString(
      R"(edits { operation: OPERATION_INSERT unit_range { begin: 0 end: 0 }
                 query_range { begin: 0 end: 4 } })",
      &explanation));
  EXPECT_EQ(MarkedSource(plain_, Text("sõda"), "kaua sõda", explanation), "{+kaua +}sõda");
}

TEST_F(LookupOutputTest, MarksByColorOnATerminal) {
  v1::MatchExplanation explanation;
  v1::Edit& edit = *explanation.add_edits();
  edit.mutable_unit_range()->set_end(1);
  edit.mutable_query_range()->set_end(1);
  EXPECT_EQ(MarkedSource(colored_, Text("a"), "b", explanation),
            "\x1b[31;9ma\x1b[0m\x1b[32;4mb\x1b[0m");
}

TEST(PercentText, IsTheFloor) {
  EXPECT_EQ(PercentText(100), "100%");
  EXPECT_EQ(PercentText(99.9), "99%");
  EXPECT_EQ(PercentText(70.0), "70%");
  EXPECT_EQ(PercentText(0.29 * 100), "29%");  // A double just below 29.
}

}  // namespace
}  // namespace sild::cli
