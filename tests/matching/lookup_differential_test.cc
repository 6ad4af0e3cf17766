#include <algorithm>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/matching/lookup.h"
#include "server/text/utf8.h"
#include "tests/matching/indexed_unit_source.h"
#include "tests/matching/random_text.h"
#include "tests/matching/unit_source.h"
#include "tests/reference/lookup.h"

namespace sild::matching {
namespace {

using test::MakeUnit;
using test::MakeVariant;
using test::RandomText;
using test::Tagged;
using test::UnitSource;

const std::vector<std::string> kTags = {"en", "en-US", "en-GB", "et", "ru", "pt-BR", "pt-PT", "pt"};

Segment RandomSegment(RandomText& random) {
  Segment segment;
  segment.text = random.OneIn(20) ? "" : random.Sentence(2);
  if (random.OneIn(4) || segment.text.empty()) {
    Tag tag;
    tag.data = random.OneIn(2) ? "<x/>" : "<y/>";
    tag.position = random.OneIn(2) ? 0 : static_cast<std::uint32_t>(segment.text.size());
    segment.tags.push_back(tag);
  }
  return segment;
}

Neighbors RandomNeighbors(RandomText& random) {
  Neighbors neighbors;
  if (random.OneIn(2)) {
    neighbors.previous_hash = random.Number(2);
  }
  if (random.OneIn(2)) {
    neighbors.next_hash = random.Number(2);
  }
  return neighbors;
}

TranslationUnit RandomUnit(RandomText& random, int number) {
  TranslationUnit unit = MakeUnit(random.OneIn(2) ? "a" : "b", "u" + std::to_string(number), {});
  for (const std::string& tag : kTags) {
    if (random.OneIn(2)) {
      Variant variant = MakeVariant(tag, "");
      variant.segment = RandomSegment(random);
      if (random.OneIn(3)) {  // A text that other units have too, to lead across it.
        variant.segment.text =
            (random.OneIn(3) ? "tiltas\u00A0 " : "tiltas ") + std::to_string(random.Number(3));
      }
      variant.neighbors = RandomNeighbors(random);
      variant.status = static_cast<VariantStatus>(1 + random.Number(4));
      variant.origin = static_cast<Origin>(random.Number(5));
      if (random.OneIn(2)) {
        variant.update_time = Timestamp(std::chrono::hours(random.Number(3) * 10000));
      }
      unit.variants.push_back(variant);
    }
  }
  unit.source_language = random.OneIn(3) ? LanguageTag() : Tagged(kTags[random.Number(8)]);
  unit.document = random.OneIn(2) ? "d" : "";
  unit.context_id = random.OneIn(2) ? "k" : "";
  unit.revision.value = static_cast<std::int64_t>(random.Number(3));
  return unit;
}

// An English segment of a unit, as it is or with one word more, so that there is something to find.
Segment KnownSegment(RandomText& random, const std::vector<TranslationUnit>& units) {
  Segment segment = RandomSegment(random);
  for (int tries = 0; tries < 10; ++tries) {
    const TranslationUnit& unit = units[random.Number(units.size())];
    if (!unit.variants.empty() && unit.variants[0].language.language() == "en") {
      segment = unit.variants[0].segment;
      segment.text += random.OneIn(3) ? " " + random.Word() : "";
      break;
    }
  }
  return segment;
}

LookupRequest RandomRequest(RandomText& random, const std::vector<TranslationUnit>& units) {
  LookupRequest request;
  request.memories = {{{"a"}, static_cast<std::int32_t>(random.Number(3) * 15)}, {{"b"}, 0}};
  if (random.OneIn(3)) {
    request.memories.push_back({{"a"}, 5});
  }
  request.source_language = Tagged(kTags[random.Number(3)]);
  for (const std::string& tag : kTags) {
    if (random.OneIn(4)) {
      request.target_languages.push_back(Tagged(tag));
    }
  }
  for (std::size_t i = 0; i < 6; ++i) {
    request.queries.push_back({KnownSegment(random, units), random.OneIn(2) ? "d" : "",
                               random.OneIn(2) ? "k" : "", RandomNeighbors(random)});
  }
  request.minimum_tenths = static_cast<std::int32_t>(500 + random.Number(5) * 80);
  request.max_matches = static_cast<int>(1 + random.Number(4));
  request.exclude_reversed = random.OneIn(3);
  request.exclude_pivot = random.OneIn(4);
  if (random.OneIn(3)) {
    request.filter.minimum_status = VariantStatus::kReviewed;
  }
  request.penalties.age_per_year = random.OneIn(2) ? 3 : 0;
  request.now = Timestamp(std::chrono::hours(50000));
  return request;
}

// What of an answer must be the same.
std::vector<std::string> Told(const LookupResult& result) {
  std::vector<std::string> lines;
  for (const Match& match : result.matches) {
    // What is repaired is found and placed as what is fuzzy; `repair_test` tells the rest.
    const MatchType type = match.type == MatchType::kRepaired ? MatchType::kFuzzy : match.type;
    std::string line = match.unit.name.str() + " " + match.source_language.str() + ">" +
                       match.target_language.str() + " " + std::to_string(match.score_tenths) +
                       " type " + std::to_string(static_cast<int>(type)) + " direction " +
                       std::to_string(static_cast<int>(match.direction)) +
                       (match.multiple ? " multiple" : "");
    for (const UnitName& name : match.also_in) {
      line += " also " + name.str();
    }
    if (match.bridge) {
      line += " by " + match.bridge->language.str() + " " + match.bridge->text + " " +
              std::to_string(match.bridge->first_tenths) + " to " + match.bridge->unit.str() + " " +
              std::to_string(match.bridge->second_tenths) + " " + match.bridge->target.text;
    }
    lines.push_back(line);
  }
  lines.push_back("more " + std::to_string(result.more_exact));
  return lines;
}

// Looks up with a look at all units and with indexes, and expects the same of both.
absl::StatusOr<std::vector<LookupResult>> FindBothWays(const LookupRequest& request,
                                                       const std::vector<TranslationUnit>& units) {
  auto scanned = Find(request, UnitSource(units), {});
  const auto indexed = Find(request, test::IndexedUnitSource(units), {});
  EXPECT_TRUE(scanned.ok() && indexed.ok()) << scanned.status() << indexed.status();
  for (std::size_t i = 0; scanned.ok() && indexed.ok() && i < scanned->size(); ++i) {
    EXPECT_EQ(Told((*indexed)[i]), Told((*scanned)[i]))
        << "query " << request.queries[i].segment.text;
  }
  return scanned;
}

TEST(LookupDifferential, FindsWhatTheSlowLookupFinds) {
  std::size_t matches = 0;
  std::size_t bridges = 0;
  for (std::uint32_t round = 0; round < 30; ++round) {
    RandomText random(round + 100);
    std::vector<TranslationUnit> units;
    for (int i = 0; i < 120; ++i) {
      units.push_back(RandomUnit(random, i));
    }
    const LookupRequest request = RandomRequest(random, units);
    const auto found = FindBothWays(request, units);
    ASSERT_TRUE(found.ok()) << found.status();
    const auto expected = reference::Find(request, units);
    ASSERT_EQ(found->size(), expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      ASSERT_EQ(Told((*found)[i]), Told(expected[i]))
          << "round " << round << ", query " << request.queries[i].segment.text;
      matches += expected[i].matches.size();
      bridges += static_cast<std::size_t>(
          std::count_if(expected[i].matches.begin(), expected[i].matches.end(),
                        [](const Match& match) { return match.bridge.has_value(); }));
    }
  }
  EXPECT_GT(bridges, 20U);
  EXPECT_GT(matches, 200U) << "the random texts have too little in common to test anything";
}

TEST(LookupDifferential, FindsTheSameInRealText) {
  const std::string folder = SILD_SHARED_DATA "/ntrex/";
  std::ifstream english(folder + "en.txt");
  std::ifstream estonian(folder + "et.txt");
  std::vector<TranslationUnit> units;
  std::string source;
  std::string target;
  while (units.size() < 100 && std::getline(english, source) && std::getline(estonian, target)) {
    units.push_back(MakeUnit("a", "u" + std::to_string(units.size()),
                             {MakeVariant("en", source), MakeVariant("et", target)}));
  }
  if (units.empty()) {
    GTEST_SKIP() << "there is no " << folder << "en.txt";
  }
  RandomText random(8);
  std::size_t matches = 0;
  LookupRequest request;
  request.memories = {{{"a"}, 0}};
  request.target_languages = {Tagged("et")};
  request.minimum_tenths = 500;
  for (const std::size_t language : {0U, 1U}) {
    request.source_language = Tagged(language == 0 ? "en" : "et");
    request.target_languages = {Tagged(language == 0 ? "et" : "en")};
    request.queries.clear();
    for (int i = 0; i < 6; ++i) {  // Sentences with a piece taken out.
      std::string text = units[random.Number(units.size())].variants[language].segment.text;
      const std::size_t begin = text.find(' ', text.size() / 3);
      text.erase(std::min(begin, text.size()), random.Number(40));
      if (!text::FindTextProblem(text)) {
        request.queries.push_back({{text, {}}, "", "", {}});
      }
    }
    const auto found = FindBothWays(request, units);
    ASSERT_TRUE(found.ok()) << found.status();
    const auto expected = reference::Find(request, units);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(Told((*found)[i]), Told(expected[i])) << "query " << i;
      matches += expected[i].matches.size();
    }
  }
  EXPECT_GE(matches, 8U);
}

TEST(LookupDifferential, PrunesCrowdsOfEqualScores) {
  // More hits than a ranking keeps before it prunes, at few different scores.
  RandomText random(77);
  std::vector<TranslationUnit> units;
  for (int i = 0; i < 1200; ++i) {
    units.push_back(MakeUnit(
        "a", "u" + std::to_string(i),
        {MakeVariant("en", "the bridge of " + random.Word()), MakeVariant("et", random.Word())}));
    units.back().revision.value = static_cast<std::int64_t>(random.Number(1000));
  }
  LookupRequest request;
  request.memories = {{{"a"}, 0}};
  request.source_language = Tagged("en");
  request.target_languages = {Tagged("et")};
  request.queries = {{{"the bridge of Tallinn", {}}, "", "", {}}};
  request.minimum_tenths = 500;
  for (const int max_matches : {1, 5, 20}) {
    request.max_matches = max_matches;
    const auto found = FindBothWays(request, units);
    ASSERT_TRUE(found.ok()) << found.status();
    auto expected = reference::Find(request, units);
    for (Match& match : expected[0].matches) {
      match.also_in.resize(std::min<std::size_t>(match.also_in.size(), kMaxAlsoIn));
    }
    EXPECT_EQ(Told((*found)[0]), Told(expected[0]));
  }
}

// Has no index when it is first asked, and then has one.
class LateIndexSource : public test::IndexedUnitSource {
 public:
  using IndexedUnitSource::IndexedUnitSource;

  std::unique_ptr<IndexedTexts> OpenIndex(const MemoryName& memory,
                                          const text::LanguageKey& key) const override {
    return ++questions_ == 1 ? nullptr : IndexedUnitSource::OpenIndex(memory, key);
  }
  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    const bool is_scan = ++walks_ == 1;
    return IndexedUnitSource::ForEachUnit(memory, [&](const TranslationUnit& unit) {
      scanned_ += is_scan ? 1 : 0;
      return visit(unit);
    });
  }

  std::size_t scanned() const { return scanned_; }

 private:
  mutable int questions_ = 0;
  mutable int walks_ = 0;
  mutable std::size_t scanned_ = 0;
};

TEST(LookupDifferential, ScanGivesWayToAnIndexThatIsReady) {
  RandomText random(5);
  std::vector<TranslationUnit> units;
  for (int i = 0; i < 9000; ++i) {
    units.push_back(MakeUnit("a", "u" + std::to_string(i),
                             {MakeVariant("en", random.Sentence(4)), MakeVariant("et", "sild")}));
  }
  LookupRequest request;
  request.memories = {{{"a"}, 0}};
  request.source_language = Tagged("en");
  request.target_languages = {Tagged("et")};
  request.queries = {{{units[3].variants[0].segment.text, {}}, "", "", {}}};
  const LateIndexSource late(units);
  const auto found = Find(request, late, {});
  ASSERT_TRUE(found.ok()) << found.status();
  const auto expected = Find(request, UnitSource(units), {});
  EXPECT_EQ(Told((*found)[0]), Told((*expected)[0]));
  EXPECT_FALSE((*found)[0].matches.empty());
  EXPECT_GT(late.scanned(), 0U);
  EXPECT_LT(late.scanned(), units.size());
}

}  // namespace
}  // namespace sild::matching
