#include "server/matching/concordance.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/matching/concordance_words.h"
#include "server/matching/text_index.h"
#include "tests/matching/indexed_unit_source.h"
#include "tests/support/status_matchers.h"

namespace sild::matching {
namespace {

using test::IndexedUnitSource;
using test::IsOk;
using test::MakeUnit;
using test::MakeVariant;
using test::StatusIs;
using test::Tagged;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::vector<std::string> SomeForms(std::string_view word) {
  static const std::map<std::string, std::vector<std::string>, std::less<>> forms = {
      {"liit", {"liit", "liidu", "liitu"}}, {"euroopa", {"euroopa", "euroopas"}},
      {"Liit", {"liit", "liidu", "liitu"}}, {"Euroopa", {"euroopa", "euroopas"}},
      {"мост", {"мост", "моста", "мосту"}}, {"ёлка", {"ёлка", "ёлки"}},
      {"good", {"good", "better"}},
  };
  const auto found = forms.find(word);
  return found == forms.end() ? std::vector<std::string>{std::string(word)} : found->second;
}

// A memory whose units are Estonian texts with the ids `0`, `1`, …
class ConcordanceTest : public ::testing::Test {
 protected:
  static std::vector<TranslationUnit> Units(const std::vector<std::string>& texts) {
    std::vector<TranslationUnit> units;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      units.push_back(
          MakeUnit("m", std::to_string(i), {MakeVariant("et", texts[i]), MakeVariant("en", "x")}));
    }
    return units;
  }

  ConcordancePage Search(const std::vector<TranslationUnit>& units, std::string_view query,
                         const ConcordanceOptions& options = {}) {
    const auto parsed = ConcordanceQuery::Parse(query, options, SomeForms);
    EXPECT_THAT(parsed, IsOk());
    request_.memories = {{"m"}};
    request_.language = request_.language.empty() ? Tagged("et") : request_.language;
    request_.max_hits = request_.max_hits == 0 ? 100 : request_.max_hits;
    auto page = SearchConcordance(request_, *parsed, IndexedUnitSource(units), {});
    EXPECT_THAT(page, IsOk());
    return *std::move(page);
  }

  // The hits as texts, with what was found in brackets, the best first.
  std::vector<std::string> Found(const std::vector<std::string>& texts, std::string_view query,
                                 const ConcordanceOptions& options = {}) {
    std::vector<std::string> found;
    for (const ConcordanceHit& hit : Search(Units(texts), query, options).hits) {
      std::string text = hit.unit.Find(hit.language)->segment.text;
      for (std::size_t i = hit.ranges.size(); i-- > 0;) {
        text.insert(hit.ranges[i].end, "]");
        text.insert(hit.ranges[i].begin, "[");
      }
      found.push_back(text);
    }
    return found;
  }

  ConcordanceRequest request_;
};

TEST_F(ConcordanceTest, FindsAllWordsInAnyOrderAlsoInflected) {
  EXPECT_THAT(
      Found({"Liidu laienemine Euroopas.", "Liit on siin.", "Euroopa Liit"}, "Euroopa Liit"),
      ElementsAre("[Euroopa] [Liit]", "[Liidu] laienemine [Euroopas]."));
}

TEST_F(ConcordanceTest, WordsThemselvesComeBeforeOtherForms) {
  EXPECT_THAT(Found({"liidu", "meie suur ja vana liit"}, "liit"),
              ElementsAre("meie suur ja vana [liit]", "[liidu]"));
}

TEST_F(ConcordanceTest, WordsTogetherAndInOrderComeFirst) {
  EXPECT_THAT(Found({"liit Euroopa", "Euroopa on liit", "a b c d Euroopa liit", "Euroopa, liit"},
                    "Euroopa liit"),
              ElementsAre("a b c d [Euroopa] [liit]", "[liit] [Euroopa]", "[Euroopa], [liit]",
                          "[Euroopa] on [liit]"));
}

TEST_F(ConcordanceTest, ShortTextsComeFirstAndOfThemTheNewest) {
  auto units = Units({"see liit ei ole", "vana liit", "uus. liit", "uus liit", "vai liit"});
  units[3].update_time = Timestamp(std::chrono::seconds(5));
  const ConcordancePage page = Search(units, "liit");
  std::vector<std::string> ids;
  for (const ConcordanceHit& hit : page.hits) {
    ids.push_back(hit.unit.name.unit);
  }
  EXPECT_THAT(ids, ElementsAre("3", "4", "1", "2", "0"));
}

TEST_F(ConcordanceTest, WholeWordLeavesOutOtherForms) {
  EXPECT_THAT(Found({"liidu", "liit"}, "liit", {.whole_word = true}), ElementsAre("[liit]"));
}

TEST_F(ConcordanceTest, PhraseStandsSideBySideAndInOrder) {
  const std::vector<std::string> texts = {"Liit Euroopa", "Euroopa suur liit", "Euroopa liidu",
                                          "see Euroopa Liit, Euroopa Liit ja Euroopa"};
  EXPECT_THAT(Found(texts, "Euroopa liit", {.mode = ConcordanceMode::kPhrase}),
              ElementsAre("see [Euroopa Liit], [Euroopa Liit] ja Euroopa", "[Euroopa liidu]"));
  EXPECT_THAT(Found(texts, "Liit, Euroopa", {.mode = ConcordanceMode::kPhrase, .whole_word = true}),
              ElementsAre("see Euroopa [Liit, Euroopa] Liit ja Euroopa"));
}

TEST_F(ConcordanceTest, PhrasesDoNotOverlap) {
  EXPECT_THAT(Found({"ha ha ha ha ha"}, "ha ha", {.mode = ConcordanceMode::kPhrase}),
              ElementsAre("[ha ha] [ha ha] ha"));
}

TEST_F(ConcordanceTest, SubstringStandsAlsoInsideWordsAndAcrossThem) {
  EXPECT_THAT(Found({"riigiliitlane", "liiga", "vana liit", "LIIT!"}, "liit",
                    {.mode = ConcordanceMode::kSubstring}),
              ElementsAre("riigi[liit]lane", "[LIIT]!", "vana [liit]"));
  EXPECT_THAT(
      Found({"suur\u00A0\u00A0Liit", "suurliit"}, "r l", {.mode = ConcordanceMode::kSubstring}),
      ElementsAre("suu[r\u00A0\u00A0L]iit"));
  EXPECT_THAT(Found({"%sliit", "<b>liit", "50%"}, "sliit", {.mode = ConcordanceMode::kSubstring}),
              ElementsAre("%[sliit]"));
  EXPECT_THAT(Found({"50%", "50 %"}, "0%", {.mode = ConcordanceMode::kSubstring}),
              ElementsAre("5[0%]"));
}

TEST_F(ConcordanceTest, CaseIsTold) {
  EXPECT_THAT(Found({"Liit", "liit", "LIIT", "Liidu", "liidu"}, "Liit", {.match_case = true}),
              ElementsAre("[Liit]", "[Liidu]"));
  EXPECT_THAT(Found({"Better", "better", "Good"}, "good", {.match_case = true}),
              ElementsAre("[better]"));
  EXPECT_THAT(Found({"riiGIliit", "riigiliit"}, "GIl",
                    {.mode = ConcordanceMode::kSubstring, .match_case = true}),
              ElementsAre("rii[GIl]iit"));
}

TEST_F(ConcordanceTest, WildcardsAreOfOneWord) {
  const ConcordanceOptions options{.wildcards = true};
  EXPECT_THAT(Found({"liitlane", "riigi liit", "liidu"}, "l*t*", options),
              ElementsAre("[liitlane]", "riigi [liit]"));
  EXPECT_THAT(Found({"aastal 2022", "aastal 2023", "aastal 202a"}, "202?", options),
              ElementsAre("aastal [2022]", "aastal [2023]", "aastal [202a]"));
  EXPECT_THAT(Found({"Euroopa suur liit", "Euroopa väga suur liit", "Euroopa, liit"},
                    "euroopa * l*t", {.mode = ConcordanceMode::kPhrase, .wildcards = true}),
              ElementsAre("[Euroopa suur liit]"));
  EXPECT_THAT(Found({"2 * 3", "2 liit 3"}, "2 * 3", {.mode = ConcordanceMode::kPhrase}),
              ElementsAre("[2 * 3]"));
}

TEST_F(ConcordanceTest, FewWordsMayHaveWildcards) {
  const ConcordanceOptions options{.mode = ConcordanceMode::kPhrase, .wildcards = true};
  EXPECT_THAT(
      Found({"liit 1 2 3 4 5 6 7 a", "liit 1 2 3 4 5 6 7"}, "liit * * * * * * * *", options),
      ElementsAre("[liit 1 2 3 4 5 6 7 a]"));
  EXPECT_THAT(ConcordanceQuery::Parse("liit * * * * * * * * *", options, SomeForms),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("9 words with wildcards")));
}

TEST_F(ConcordanceTest, WordsAreNotSoughtOnceItIsCancelled) {
  Vocabulary vocabulary;
  std::vector<FormId> forms;
  InternForms(text::Tokenize("liit liidu"), vocabulary, forms);
  const auto query = ConcordanceQuery::Parse("li*", {.wildcards = true}, SomeForms);
  ASSERT_THAT(query, IsOk());
  const std::function<bool()> never;
  EXPECT_EQ(ConcordanceWords(*query, vocabulary, never).ways().at(0)[0].all.size(), 2U);
  const std::function<bool()> always = [] { return true; };
  EXPECT_THAT(ConcordanceWords(*query, vocabulary, always).ways().at(0)[0].all, IsEmpty());
}

TEST_F(ConcordanceTest, PagesOfLongUnitsEndEarly) {
  std::vector<TranslationUnit> units = Units({"liit", "liit a", "liit a b", "liit a b c"});
  for (TranslationUnit& unit : units) {
    unit.notes = {std::string(10'000, 'n')};
  }
  std::rotate(units.begin(), units.begin() + 2, units.end());
  request_.max_bytes = 30'000;
  std::vector<std::string> ids;
  std::vector<std::size_t> sizes;
  bool has_more = true;
  while (has_more && sizes.size() < 5) {
    const ConcordancePage page = Search(units, "liit");
    ASSERT_FALSE(page.hits.empty());
    for (const ConcordanceHit& hit : page.hits) {
      ids.push_back(hit.unit.name.unit);
    }
    sizes.push_back(page.hits.size());
    has_more = page.has_more;
    request_.after = page.hits.back().place;
  }
  EXPECT_THAT(ids, ElementsAre("0", "1", "2", "3"));
  EXPECT_THAT(sizes, ElementsAre(2U, 2U));
  request_.after.reset();
  request_.max_bytes = 1;
  const ConcordancePage page = Search(units, "liit");
  EXPECT_EQ(page.hits.size(), 1U) << "one unit is told however long it is";
  EXPECT_TRUE(page.has_more);
}

TEST_F(ConcordanceTest, SpellingsThatPeopleDoNotTellApartAreFound) {
  EXPECT_THAT(Found({"Елки", "мо\u0301ста", "„ёлка“"}, "ёлка"), ElementsAre("„[ёлка]“", "[Елки]"));
  EXPECT_THAT(Found({"мо\u0301ста"}, "мост"), ElementsAre("[мо\u0301ста]"));
  EXPECT_THAT(Found({"jo\u0303gi", "jogi"}, "JÕGI"), ElementsAre("[jo\u0303gi]"));
}

TEST_F(ConcordanceTest, AWordThatComesTwiceInTheQueryIsOne) {
  EXPECT_THAT(Found({"liit"}, "liit, liit!"), ElementsAre("[liit]"));
}

TEST_F(ConcordanceTest, MarksCountIfThereIsNothingElse) {
  EXPECT_THAT(Found({"§ 5", "liit", "👍 5"}, "§"), ElementsAre("[§] 5"));
  EXPECT_THAT(Found({"§ 5", "liit", "👍🏽"}, "👍🏽"), ElementsAre("[👍🏽]"));
}

TEST_F(ConcordanceTest, PagesFollowOneAnother) {
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i) {
    texts.push_back(i % 3 == 0 ? "liidu" : "liit");
  }
  const auto units = Units(texts);
  const ConcordancePage all = Search(units, "liit");
  ASSERT_EQ(all.hits.size(), 40U);
  EXPECT_FALSE(all.has_more);
  request_.max_hits = 7;
  std::size_t done = 0;
  for (bool has_more = true; has_more;) {
    const ConcordancePage page = Search(units, "liit");
    for (const ConcordanceHit& hit : page.hits) {
      EXPECT_EQ(hit.unit.name, all.hits[done++].unit.name);
      request_.after = hit.place;
    }
    has_more = page.has_more;
  }
  EXPECT_EQ(done, 40U);
}

TEST_F(ConcordanceTest, OfRegionalVariantsTheNearestThatIsFoundCounts) {
  request_.language = Tagged("en-GB");
  const std::vector<TranslationUnit> units = {
      MakeUnit("m", "0", {MakeVariant("en-US", "a liit"), MakeVariant("en-GB", "the liit")}),
      MakeUnit("m", "1", {MakeVariant("en-US", "liit"), MakeVariant("en-GB", "none")}),
      MakeUnit("m", "2", {MakeVariant("et", "liit")})};
  const ConcordancePage page = Search(units, "liit");
  ASSERT_EQ(page.hits.size(), 2U);
  EXPECT_EQ(page.hits[0].language, Tagged("en-US"));
  EXPECT_EQ(page.hits[1].language, Tagged("en-GB"));
}

TEST_F(ConcordanceTest, FilterHolds) {
  auto units = Units({"liit", "liit", "liit"});
  units[1].labels["client"] = "acme";
  units[2].labels["client"] = "acme";
  units[2].variants[1].status = VariantStatus::kDraft;
  request_.filter.labels["client"] = "acme";
  request_.filter.minimum_status = VariantStatus::kTranslated;
  const ConcordancePage page = Search(units, "liit");
  ASSERT_EQ(page.hits.size(), 1U);
  EXPECT_EQ(page.hits[0].unit.name.unit, "1");
}

TEST_F(ConcordanceTest, StopsWhenCancelled) {
  const auto query = ConcordanceQuery::Parse("liit", {}, SomeForms);
  request_.memories = {{"m"}};
  request_.language = Tagged("et");
  request_.max_hits = 5;
  EXPECT_THAT(
      SearchConcordance(request_, *query, IndexedUnitSource(Units({"liit"})), [] { return true; }),
      StatusIs(absl::StatusCode::kCancelled, HasSubstr("")));
}

TEST_F(ConcordanceTest, AsksOftenWhetherToGoOnInLongTexts) {
  std::string text;
  for (int i = 0; i < 1'000; ++i) {
    text += "suur liit ";
  }
  std::vector<std::string> texts;
  for (int i = 0; i < 100; ++i) {
    texts.push_back(text + std::to_string(i));
  }
  const auto query = ConcordanceQuery::Parse("suur liit", {}, SomeForms);
  ASSERT_THAT(query, IsOk());
  request_.memories = {{"m"}};
  request_.language = Tagged("et");
  request_.max_hits = 100;
  for (const bool is_indexed : {false, true}) {
    const std::vector<TranslationUnit> units = Units(texts);
    std::unique_ptr<CandidateSource> source;
    if (is_indexed) {
      source = std::make_unique<IndexedUnitSource>(units);
    } else {
      source = std::make_unique<test::UnitSource>(units);
    }
    int questions = 0;
    const auto is_cancelled = [&questions] {
      ++questions;
      return false;
    };
    EXPECT_THAT(SearchConcordance(request_, *query, *source, is_cancelled), IsOk());
    EXPECT_GE(questions, is_indexed ? 12 : 4);
  }
}

TEST(ConcordanceQuery, RefusesWhatHasNothingToLookFor) {
  for (const char* query : {"", "  ", "\u0301", "\u200B"}) {
    EXPECT_THAT(ConcordanceQuery::Parse(query, {}, SomeForms),
                StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("write at least one word")));
    EXPECT_THAT(
        ConcordanceQuery::Parse(query, {.mode = ConcordanceMode::kSubstring}, SomeForms),
        StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("write at least one character")));
  }
  EXPECT_THAT(ConcordanceQuery::Parse("liit *", {.wildcards = true}, SomeForms),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wildcards alone")));
  EXPECT_THAT(ConcordanceQuery::Parse("* ?", {.mode = ConcordanceMode::kPhrase, .wildcards = true},
                                      SomeForms),
              StatusIs(absl::StatusCode::kInvalidArgument, HasSubstr("wildcards alone")));
}

}  // namespace
}  // namespace sild::matching
