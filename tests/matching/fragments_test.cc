#include "server/matching/fragments.h"

#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/matching/span_table.h"
#include "tests/matching/indexed_unit_source.h"
#include "tests/matching/random_text.h"
#include "tests/matching/unit_source.h"
#include "tests/reference/fragments.h"
#include "tests/reference/lookup.h"

namespace sild::matching {
namespace {

using test::IndexedUnitSource;
using test::MakeUnit;
using test::MakeVariant;
using test::RandomText;
using test::Tagged;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr std::size_t kMaxBytes = std::size_t{1} << 30;

// A fragment as `part>target 98.5`, with the language if it is asked for.
std::string Told(const Fragment& fragment, bool with_language) {
  const Match& match = fragment.match;
  const std::string target = match.bridge ? match.bridge->target.text
                                          : match.unit.Find(match.target_language)->segment.text;
  return (with_language ? match.target_language.str() + " " : "") + fragment.part.segment.text +
         ">" + target + " " + std::to_string(match.score_tenths / 10);
}

class FragmentsTest : public ::testing::Test {
 protected:
  FragmentsTest() { request_.memories = {{{"a"}, 0}}; }

  void Add(const std::string& source, const std::string& target) {
    units_.push_back(MakeUnit("a", "u" + std::to_string(units_.size()),
                              {MakeVariant(from_, source), MakeVariant(to_, target)}));
  }

  // The fragments of a query, found by a look at all units and in an index alike.
  std::vector<std::string> Find(const std::string& query) {
    request_.source_language = Tagged(from_);
    request_.queries = {{{query, tags_}, "", "", {}}};
    if (request_.target_languages.empty() && !is_any_) {
      request_.target_languages = {Tagged(to_)};
    }
    std::vector<std::string> found = FindIn(test::UnitSource(units_));
    EXPECT_EQ(FindIn(IndexedUnitSource(units_)), found);
    return found;
  }

  std::vector<std::string> FindIn(const CandidateSource& source) {
    const auto results = matching::Find(request_, source, {});
    EXPECT_TRUE(results.ok()) << results.status();
    const auto fragments = FindFragments(request_, *results, source, {}, kMaxBytes);
    EXPECT_TRUE(fragments.ok()) << fragments.status();
    std::vector<std::string> told;
    for (const Fragment& fragment : (*fragments)[0]) {
      const std::string& query = request_.queries[0].segment.text;
      EXPECT_EQ(query.substr(fragment.range.begin, fragment.range.end - fragment.range.begin),
                fragment.part.segment.text);
      told.push_back(Told(fragment, is_any_ || request_.target_languages.size() > 1));
    }
    return told;
  }

  std::string from_ = "en";
  std::string to_ = "et";
  bool is_any_ = false;
  std::vector<Tag> tags_;
  std::vector<TranslationUnit> units_ = {MakeUnit("a", "none", {MakeVariant("fr", "rien")})};
  LookupRequest request_;
};

TEST_F(FragmentsTest, AreTheStoredSegmentsThatStandInTheQuery) {
  Add("Eastern Partnership", "Idapartnerlus");
  Add("European Union", "Euroopa Liit");
  Add("Partnership of Nations", "Rahvaste partnerlus");
  EXPECT_THAT(
      Find("Ministers of the Eastern Partnership met those of the European Union in Riga."),
      ElementsAre("Eastern Partnership>Idapartnerlus 100", "European Union>Euroopa Liit 100"));
  EXPECT_THAT(Find("Ministers of Eastern and other Partnership countries met in Riga."), IsEmpty());
}

TEST_F(FragmentsTest, StandInFourLanguages) {
  from_ = "et";
  to_ = "lt";
  Add("Euroopa Parlament", "Europos Parlamentas");
  EXPECT_THAT(Find("Täna kogunes Strasbourgis EUROOPA Parlament, kus arutati mitut küsimust."),
              ElementsAre("EUROOPA Parlament>Europos Parlamentas 85"));
  from_ = "lt";
  to_ = "ru";
  request_.target_languages.clear();
  Add("viršūnių susitikimas Vilniuje", "саммит в Вильнюсе");
  EXPECT_THAT(Find("Antradienį prasidėjęs viršūnių susitikimas Vilniuje buvo ilgas ir sunkus."),
              ElementsAre("viršūnių susitikimas Vilniuje>саммит в Вильнюсе 100"));
  from_ = "ru";
  to_ = "en";
  request_.target_languages.clear();
  Add("Восточное партнёрство", "Eastern Partnership");
  EXPECT_THAT(Find("Как сказал министр, восто\u0301чное партнёрство важно для всех стран региона."),
              ElementsAre("восто\u0301чное партнёрство>Eastern Partnership 85"))
      << "other case and a stress mark";
  EXPECT_THAT(Find("Как сказал министр, восточное партнерство важно для всех."), IsEmpty())
      << "ё and е are different letters";
}

TEST_F(FragmentsTest, PunctuationAtTheEndsOfASegmentNeedNotBeThere) {
  Add("The ceasefire did not last.", "Relvarahu ei kestnud.");
  EXPECT_THAT(Find("Everybody knew that the ceasefire did not last, and so talks were resumed."),
              ElementsAre("the ceasefire did not last>Relvarahu ei kestnud. 85"));
  EXPECT_THAT(Find("He said so to all of us: „The ceasefire did not last.“ Then he left the room."),
              ElementsAre("The ceasefire did not last.>Relvarahu ei kestnud. 100"));
}

TEST_F(FragmentsTest, LongerOnesWin) {
  Add("European Union", "Euroopa Liit");
  Add("Council of the European Union", "Euroopa Liidu Nõukogu");
  Add("Council", "nõukogu");
  Add("Union citizens", "liidu kodanikud");
  EXPECT_THAT(
      Find("The Council heard why the Council of the European Union citizens failed again."),
      ElementsAre("Council>nõukogu 100",
                  "Council of the European Union>Euroopa Liidu Nõukogu 100"));
}

TEST_F(FragmentsTest, OfEqualOnesTheFirstWins) {
  Add("red green", "punane roheline");
  Add("green blue", "roheline sinine");
  EXPECT_THAT(Find("one two three four red green blue five six seven eight"),
              ElementsAre("red green>punane roheline 100"));
}

TEST_F(FragmentsTest, AreNotSoughtWhereThereIsAMatch) {
  Add("European Union", "Euroopa Liit");
  Add("The European Union grows every year.", "Euroopa Liit kasvab igal aastal.");
  EXPECT_THAT(Find("The European Union grows every month."), IsEmpty());
  units_.push_back(MakeUnit(
      "a", "lt", {MakeVariant("en", "European Union"), MakeVariant("lt", "Europos Sąjunga")}));
  request_.target_languages = {Tagged("et"), Tagged("lt")};
  request_.exclude_pivot = true;
  EXPECT_THAT(Find("The European Union grows every month."),
              ElementsAre("lt European Union>Europos Sąjunga 100"));
}

TEST_F(FragmentsTest, AreChosenForEachLanguageByItself) {
  Add("European Union", "Euroopa Liit");
  units_.push_back(MakeUnit("a", "lt", {MakeVariant("en", "Union"), MakeVariant("lt", "sąjunga")}));
  const std::string query = "Those who join the European Union now will not regret it later.";
  request_.target_languages = {Tagged("et"), Tagged("lt")};
  EXPECT_THAT(Find(query),
              ElementsAre("et European Union>Euroopa Liit 100", "lt Union>sąjunga 100"));
  request_.target_languages.clear();
  is_any_ = true;
  EXPECT_THAT(Find(query),
              ElementsAre("et European Union>Euroopa Liit 100", "lt Union>sąjunga 100"));
}

TEST_F(FragmentsTest, FollowTheRulesOfTheLookup) {
  Add("European Union", "Euroopa Liit");
  units_.back().variants[1].status = VariantStatus::kDraft;
  const std::string query = "Those who join the European Union now will not regret it later.";
  EXPECT_THAT(Find(query), ElementsAre("European Union>Euroopa Liit 95"));
  request_.minimum_tenths = 960;
  EXPECT_THAT(Find(query), IsEmpty());
  request_.minimum_tenths = 700;
  request_.filter.minimum_status = VariantStatus::kReviewed;
  EXPECT_THAT(Find(query), IsEmpty());
  request_.filter = {};
  units_.back().source_language = Tagged("et");
  EXPECT_THAT(Find(query), ElementsAre("European Union>Euroopa Liit 94"));
  request_.exclude_reversed = true;
  EXPECT_THAT(Find(query), IsEmpty());
}

TEST_F(FragmentsTest, LeadAcrossAThirdLanguage) {
  units_.push_back(MakeUnit(
      "a", "1", {MakeVariant("en", "European Union"), MakeVariant("ru", "Европейский союз")}));
  units_.push_back(MakeUnit(
      "a", "2", {MakeVariant("ru", "Европейский союз"), MakeVariant("et", "Euroopa Liit")}));
  EXPECT_THAT(Find("Those who join the European Union now will not regret it later."),
              ElementsAre("European Union>Euroopa Liit 97"));
}

TEST_F(FragmentsTest, BeginAndEndBetweenWords) {
  from_ = "et";
  to_ = "en";
  Add("Ida", "East");
  Add("Viru", "Viru");
  Add("raudteesild", "railway bridge");
  EXPECT_THAT(
      Find("Aastaid on Ida-Virus ja Ida-Viru maakonnas sillad ja raudteesild‑tunnel püsinud."),
      IsEmpty());
  EXPECT_THAT(Find("Aastaid on Ida - Viru ees, Ida, raudteesild: sama asi, mida keegi ei vaja."),
              ElementsAre("Ida>East 100", "Viru>Viru 100", "Ida>East 100",
                          "raudteesild>railway bridge 100"));
}

TEST_F(FragmentsTest, AreOneWordOnlyIfItIsLongOrAName) {
  Add("The", "See");
  Add("by", "poolt");
  Add("Postimees", "Postimees");
  Add("negotiations", "läbirääkimised");
  Add("Latvia", "Läti");
  EXPECT_THAT(
      Find("The talks by night, said „Postimees“: The negotiations in (Latvia) go on and on."),
      ElementsAre("Postimees>Postimees 100", "negotiations>läbirääkimised 100", "Latvia>Läti 100"));
  EXPECT_THAT(
      Find("“The war goes on.” (The rest is known.) “Latvia asks, and they say nothing at all”"),
      IsEmpty())
      << "marks between sentences";
  EXPECT_THAT(Find("What They Do Not Say of Latvia Is Known"), IsEmpty()) << "a title";
  EXPECT_THAT(
      Find("Latvia… Latvia! Latvia. Latvia of its own accord has asked for latvia once more"),
      IsEmpty());
  from_ = "ru";
  to_ = "lt";
  request_.target_languages.clear();
  Add("Литва", "Lietuva");
  Add("и", "ir");
  EXPECT_THAT(Find("Как говорят, Литва и другие страны не будут ждать до самого конца года."),
              ElementsAre("Литва>Lietuva 100"));
}

TEST_F(FragmentsTest, SayMoreThanMarksAndNumbers) {
  Add("2024", "2024");
  Add("—", "—");
  Add("%s", "%s");
  EXPECT_THAT(Find("The year 2024 — %s — was a year of many elections in all of Europe."),
              IsEmpty());
}

TEST_F(FragmentsTest, CarryNumbersAndTagsOfThePart) {
  Add("about 5 ministers", "umbes 5 ministrit");
  EXPECT_THAT(Find("In the end only about 7 ministers of all came to the meeting in Vilnius."),
              IsEmpty())
      << "numbers must be equal";
  Tag open{TagKind::kOpen, 20, 1, 0, "bold", "<b>"};
  Tag close{TagKind::kClose, 26, 1, 0, "bold", "</b>"};
  Tag lone{TagKind::kOpen, 28, 2, 0, "italic", "<i>"};
  Tag far{TagKind::kClose, 40, 2, 0, "italic", "</i>"};
  tags_ = {open, close, lone, far};
  // 0123456789012345678901234567890123456789
  // In the end and about 5 ministers of all came to the meeting.
  const std::string query = "In the end it all about 5 ministers of all came to the long meeting.";
  request_.source_language = Tagged("en");
  request_.target_languages = {Tagged("et")};
  request_.queries = {{{query, tags_}, "", "", {}}};
  const test::UnitSource source(units_);
  const auto results = matching::Find(request_, source, {});
  ASSERT_TRUE(results.ok());
  const auto fragments = FindFragments(request_, *results, source, {}, kMaxBytes);
  ASSERT_TRUE(fragments.ok());
  ASSERT_EQ((*fragments)[0].size(), 1U);
  const std::vector<Tag>& tags = (*fragments)[0][0].part.segment.tags;
  ASSERT_EQ(tags.size(), 2U);
  EXPECT_EQ(tags[0].position, 2U);
  EXPECT_EQ(tags[1].position, 8U);
}

TEST_F(FragmentsTest, AreFoundInStrangeTexts) {
  Add("Sild", "Bridge");
  from_ = "et";
  to_ = "en";
  units_.back().variants = {MakeVariant("et", "Sild"), MakeVariant("en", "Bridge")};
  EXPECT_THAT(Find("uus 🌉 \u200FSi\u00ADld\u00A0שלום „SILD“ 😀 suurepärane ja väga pikk tekst siin"),
              ElementsAre("Si\u00ADld>Bridge 70", "SILD>Bridge 70"));
  std::string many;
  for (int i = 0; i < 2000; ++i) {
    many += "a Sild ";
  }
  EXPECT_EQ(Find(many).size(), 2000U);
  EXPECT_THAT(Find("..."), IsEmpty());
  request_.queries = {{{"", {}}, "", "", {}}};
  EXPECT_THAT(FindIn(test::UnitSource(units_)), IsEmpty());
}

TEST_F(FragmentsTest, StopWhenCancelled) {
  Add("European Union", "Euroopa Liit");
  request_.source_language = Tagged("en");
  request_.target_languages = {Tagged("et")};
  request_.queries = {{{"Those who join the European Union now", {}}, "", "", {}}};
  for (const bool is_indexed : {false, true}) {
    std::unique_ptr<CandidateSource> source;
    if (is_indexed) {
      source = std::make_unique<IndexedUnitSource>(units_);
    } else {
      source = std::make_unique<test::UnitSource>(units_);
    }
    EXPECT_EQ(FindFragments(
                  request_, {{}}, *source, [] { return true; }, kMaxBytes)
                  .status()
                  .code(),
              absl::StatusCode::kCancelled);
  }
}

TEST_F(FragmentsTest, TakeNoMoreThanTheirLimit) {
  Add("Narva sild", "Narva bridge");
  units_.back().notes = {std::string(10'000, 'n')};
  request_.source_language = Tagged("en");
  request_.target_languages = {Tagged("et")};
  request_.queries = {{{"Narva sild, Narva sild, Narva sild, Narva sild: four", {}}, "", "", {}}};
  const IndexedUnitSource source(units_);
  const auto found = FindFragments(request_, {{}}, source, {}, 60'000);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ((*found)[0].size(), 4U);
  EXPECT_EQ(FindFragments(request_, {{}}, source, {}, 30'000).status().code(),
            absl::StatusCode::kResourceExhausted);
}

TEST_F(FragmentsTest, EachQueryHasThoseThatOtherQueriesHaveToo) {
  for (int i = 0; i < 5; ++i) {
    Add("a b", "c" + std::to_string(i));
  }
  request_.source_language = Tagged("en");
  request_.target_languages = {Tagged("et")};
  request_.queries = {{{"a b a b z", {}}, "", "", {}}, {{"a b y x a b w", {}}, "", "", {}}};
  const test::UnitSource scanned(units_);
  const IndexedUnitSource indexed(units_);
  for (const CandidateSource* source : {static_cast<const CandidateSource*>(&scanned),
                                        static_cast<const CandidateSource*>(&indexed)}) {
    const auto found =
        FindFragments(request_, std::vector<LookupResult>(2), *source, {}, kMaxBytes);
    ASSERT_TRUE(found.ok()) << found.status();
    EXPECT_EQ((*found)[0].size(), 2U);
    EXPECT_EQ((*found)[1].size(), 2U);
  }
}

TEST_F(FragmentsTest, AskForEachTokenWhetherToGoOn) {
  Add("x", "y");
  const IndexedUnitSource source(units_);
  const auto texts = source.OpenIndex({"a"}, text::LanguageKeyOf(Tagged("en")));
  ASSERT_NE(texts, nullptr);
  const auto index = texts->index().WithFreshAs(texts->index().FreshAsTier());
  const std::vector<FoldedKey> query(100, Vocabulary::kNoKey);
  int questions = 0;
  const auto third_ends = [&questions] { return ++questions == 3; };
  FindContained(
      *index, query, [](TokenSpan) { return true; }, third_ends, [](TextHandle, TokenSpan) {});
  EXPECT_EQ(questions, 3);
}

// A source whose index is there only after a number of units was looked at.
class LateIndexSource : public IndexedUnitSource {
 public:
  using IndexedUnitSource::IndexedUnitSource;

  std::unique_ptr<IndexedTexts> OpenIndex(const MemoryName& memory,
                                          const text::LanguageKey& key) const override {
    return visited_ == 0 ? nullptr : IndexedUnitSource::OpenIndex(memory, key);
  }

  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    return IndexedUnitSource::ForEachUnit(memory, [&](const TranslationUnit& unit) {
      ++visited_;
      return visit(unit);
    });
  }

  int visited() const { return visited_; }

 private:
  mutable int visited_ = 0;
};

TEST_F(FragmentsTest, ALookAtAllUnitsGivesWayToAnIndex) {
  Add("European Union", "Euroopa Liit");
  for (int i = 0; i < 5'000; ++i) {
    Add("other " + std::to_string(i), "muu");
  }
  Add("Eastern Partnership", "Idapartnerlus");
  request_.source_language = Tagged("en");
  request_.target_languages = {Tagged("et")};
  request_.queries = {{{"The European Union and the Eastern Partnership", {}}, "", "", {}}};
  request_.exclude_pivot = true;
  const LateIndexSource source(units_);
  const auto found = FindFragments(request_, {{}}, source, {}, kMaxBytes);
  ASSERT_TRUE(found.ok()) << found.status();
  EXPECT_EQ((*found)[0].size(), 2U);
  EXPECT_EQ(source.visited(), 4'096);
}

// What of fragments must be the same.
std::vector<std::string> Lines(const std::vector<Fragment>& fragments) {
  std::vector<std::string> lines;
  for (const Fragment& fragment : fragments) {
    const Match& match = fragment.match;
    std::string line = std::to_string(fragment.range.begin) + "-" +
                       std::to_string(fragment.range.end) + " " + match.unit.name.str() + " " +
                       match.source_language.str() + ">" + match.target_language.str() + " " +
                       std::to_string(match.score_tenths) + (match.multiple ? " multiple" : "");
    for (const UnitName& name : match.also_in) {
      line += " also " + name.str();
    }
    if (match.bridge) {
      line += " by " + match.bridge->unit.str();
    }
    lines.push_back(line);
  }
  return lines;
}

TranslationUnit RandomUnit(RandomText& random, int number) {
  TranslationUnit unit = MakeUnit(random.OneIn(2) ? "a" : "b", "u" + std::to_string(number), {});
  for (const char* tag : {"en", "en-GB", "et", "ru", "pt-BR", "pt-PT"}) {
    if (random.OneIn(2)) {
      Variant variant = MakeVariant(tag, random.Sentence(3));
      variant.status = static_cast<VariantStatus>(1 + random.Number(4));
      unit.variants.push_back(variant);
    }
  }
  unit.source_language = random.OneIn(3) ? LanguageTag() : Tagged(random.OneIn(2) ? "en" : "et");
  return unit;
}

LookupRequest RandomRequest(RandomText& random) {
  LookupRequest request;
  request.memories = {{{"a"}, static_cast<std::int32_t>(random.Number(3) * 15)}, {{"b"}, 0}};
  request.source_language = Tagged(random.OneIn(2) ? "en" : "en-US");
  for (const char* tag : {"et", "ru", "pt-BR", "pt-PT"}) {
    if (random.OneIn(3)) {
      request.target_languages.push_back(Tagged(tag));
    }
  }
  for (int i = 0; i < 6; ++i) {
    request.queries.push_back({{random.Sentence(14), {}}, "", "", {}});
  }
  request.minimum_tenths = static_cast<std::int32_t>(600 + random.Number(4) * 80);
  request.exclude_reversed = random.OneIn(3);
  request.exclude_pivot = random.OneIn(2);
  if (random.OneIn(3)) {
    request.filter.minimum_status = VariantStatus::kReviewed;
  }
  return request;
}

TEST(FragmentsDifferential, FindWhatALookAtEachSpanFinds) {
  std::size_t count = 0;
  for (std::uint32_t round = 0; round < 8; ++round) {
    RandomText random(round + 500);
    std::vector<TranslationUnit> units;
    for (int i = 0; i < 90; ++i) {
      units.push_back(RandomUnit(random, i));
    }
    const LookupRequest request = RandomRequest(random);
    const auto results = reference::Find(request, units);
    const auto expected = reference::FindFragments(request, results, units);
    const test::UnitSource scanned(units);
    const IndexedUnitSource indexed(units);
    for (const CandidateSource* source : {static_cast<const CandidateSource*>(&scanned),
                                          static_cast<const CandidateSource*>(&indexed)}) {
      const auto found = FindFragments(request, results, *source, {}, kMaxBytes);
      ASSERT_TRUE(found.ok()) << found.status();
      for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_EQ(Lines((*found)[i]), Lines(expected[i]))
            << "round " << round << ", query " << request.queries[i].segment.text;
        count += expected[i].size();
      }
    }
  }
  EXPECT_GT(count, 50U) << "the random texts have too little in common to test anything";
}

TEST(FragmentsDifferential, FindTheSameInRealText) {
  std::size_t count = 0;
  for (const std::string language : {"en", "et", "lt", "ru"}) {
    std::ifstream file(SILD_SHARED_DATA "/ntrex/" + language + ".txt");
    LookupRequest request;
    std::vector<TranslationUnit> units;
    std::string line;
    while (std::getline(file, line) && request.queries.size() < 40) {
      request.queries.push_back({{line, {}}, "", "", {}});
      // Pieces of sentences from one space to another.
      for (std::size_t space = line.find(' '); space != std::string::npos && units.size() < 120;
           space = line.find(' ', space + 40)) {
        const std::size_t begin = space + 1;
        const std::size_t end = line.find(' ', begin + 1 + 12 * (units.size() % 3));
        if (end != std::string::npos) {
          units.push_back(MakeUnit(
              "a", "u" + std::to_string(units.size()),
              {MakeVariant(language, line.substr(begin, end - begin)), MakeVariant("fr", "f")}));
        }
      }
    }
    if (units.empty()) {
      GTEST_SKIP() << "there is no " SILD_SHARED_DATA "/ntrex/" << language << ".txt";
    }
    request.memories = {{{"a"}, 0}};
    request.source_language = Tagged(language);
    request.target_languages = {Tagged("fr")};
    request.queries.resize(12);
    const std::vector<LookupResult> none(request.queries.size());
    const auto found = FindFragments(request, none, IndexedUnitSource(units), {}, kMaxBytes);
    ASSERT_TRUE(found.ok()) << found.status();
    const auto expected = reference::FindFragments(request, none, units);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(Lines((*found)[i]), Lines(expected[i])) << request.queries[i].segment.text;
      count += expected[i].size();
    }
  }
  EXPECT_GT(count, 60U);
}

}  // namespace
}  // namespace sild::matching
