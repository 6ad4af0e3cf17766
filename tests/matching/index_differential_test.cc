#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/matching/index_search.h"
#include "server/matching/score.h"
#include "server/matching/tier_bytes.h"
#include "server/matching/token_aligner.h"
#include "server/text/utf8.h"
#include "tests/matching/random_text.h"

namespace sild::matching {
namespace {

using test::RandomText;
using text::Tokenize;
using text::TokenizedText;

constexpr std::size_t kLookAlikeBytes = 8U << 20;

// Takes all that is found, at a threshold that stands or, with `max_texts`, rises to the score of
// the last of the best.
class Collector : public NearTextSink {
 public:
  Collector(std::int32_t tenths, std::size_t max_texts, const TokenizedText& query,
            const std::vector<TokenizedText>& texts)
      : tenths_(tenths), max_texts_(max_texts), query_(query), texts_(texts) {}

  std::int32_t NeededTenths() const override { return tenths_; }

  bool Add(TextHandle handle, std::int32_t distance) override {
    const std::int32_t weight = std::max(WeightOf(query_), WeightOf(texts_[handle]));
    const std::int32_t tenths =
        weight == 0 ? kMaxFuzzyTenths : SimilarityOf(distance, weight).tenths;
    found_.insert({-tenths, handle});
    if (max_texts_ > 0 && found_.size() >= max_texts_) {
      tenths_ = std::max(
          tenths_, -std::next(found_.begin(), static_cast<std::ptrdiff_t>(max_texts_ - 1))->first);
    }
    return true;
  }

  // Similarity, negative, and text.
  std::set<std::pair<std::int32_t, TextHandle>> found_;

 private:
  std::int32_t tenths_;
  std::size_t max_texts_;
  const TokenizedText& query_;
  const std::vector<TokenizedText>& texts_;
};

// Texts, and an index of them in some tiers.
struct Indexed {
  explicit Indexed(const std::vector<std::string>& sources) {
    for (const std::string& source : sources) {
      texts.push_back(Tokenize(source));
    }
  }

  // Puts the texts `[begin, end)` into a tier of their own, or one after another as they come.
  void AddTier(std::size_t begin, std::size_t end) {
    DocumentList list;
    std::vector<FormId> forms;
    for (std::size_t i = begin; i < end; ++i) {
      InternForms(texts[i], lexicon->vocabulary, forms);
      list.Add(static_cast<TextHandle>(i), forms);
    }
    index = index->With(std::make_shared<Tier>(Tier::Build(list, lexicon->vocabulary)));
  }
  void AddOneByOne(std::size_t begin, std::size_t end) {
    std::vector<FormId> forms;
    for (std::size_t i = begin; i < end; ++i) {
      InternForms(texts[i], lexicon->vocabulary, forms);
      if (!index->Add(static_cast<TextHandle>(i), forms)) {
        index = index->WithFreshAs(index->FreshAsTier());
        const auto tiers = index->TiersToJoin();
        if (!tiers.empty()) {
          index = index->WithJoined(tiers, Join(tiers, lexicon->vocabulary));
        }
        ASSERT_TRUE(index->Add(static_cast<TextHandle>(i), forms));
      }
    }
  }

  void LookUpAllLookAlikes() {
    for (std::uint32_t word = 0; word < lexicon->vocabulary.word_count(); ++word) {
      (void)lexicon->look_alikes.Get(word);
    }
  }

  std::vector<TokenizedText> texts;
  std::shared_ptr<Lexicon> lexicon = std::make_shared<Lexicon>(kLookAlikeBytes);
  std::shared_ptr<const TextIndex> index = std::make_shared<TextIndex>(lexicon);
};

// All texts by similarity with the query, those at or above `tenths`.
std::set<std::pair<std::int32_t, TextHandle>> Compared(const TokenizedText& query,
                                                       const std::vector<TokenizedText>& texts,
                                                       std::int32_t tenths) {
  TokenAligner aligner;
  std::set<std::pair<std::int32_t, TextHandle>> found;
  for (TextHandle i = 0; i < texts.size(); ++i) {
    const std::int32_t weight = std::max(WeightOf(query), WeightOf(texts[i]));
    const std::int32_t limit = std::max(0, DistanceLimit(weight, tenths));
    const std::int32_t distance = aligner.Distance(texts[i], query, limit);
    if (distance <= limit) {
      found.insert({weight == 0 ? -kMaxFuzzyTenths : -SimilarityOf(distance, weight).tenths, i});
    }
  }
  return found;
}

// The first `count` of `found` and all that are as near as the last of them.
std::set<std::pair<std::int32_t, TextHandle>> Best(
    const std::set<std::pair<std::int32_t, TextHandle>>& found, std::size_t count) {
  std::set<std::pair<std::int32_t, TextHandle>> best;
  for (const auto& one : found) {
    if (best.size() >= count && one.first > std::prev(best.end())->first) {
      break;
    }
    best.insert(one);
  }
  return best;
}

// Compares the index with a look at all texts. Returns how many it found.
std::size_t ExpectSame(const Indexed& indexed, const std::string& source, std::int32_t tenths,
                       IndexSearch& search) {
  const TokenizedText query = Tokenize(source);
  const auto expected = Compared(query, indexed.texts, tenths);
  {
    IndexQuery index_query(query, *indexed.lexicon);
    Collector all(tenths, 0, query, indexed.texts);
    search.Find(*indexed.index, index_query, all);
    EXPECT_EQ(all.found_, expected) << source << " at " << tenths;
  }
  for (const std::size_t count : {1U, 5U}) {
    IndexQuery index_query(query, *indexed.lexicon);
    Collector best(tenths, count, query, indexed.texts);
    search.Find(*indexed.index, index_query, best);
    EXPECT_EQ(Best(best.found_, count), Best(expected, count)) << source << " at " << tenths;
  }
  return expected.size();
}

// A text with letters exchanged, so that words look alike.
std::string Misspelt(const std::string& source, RandomText& random) {
  std::u32string letters = text::ToUtf32(source);
  for (int i = 0; i < 2 && letters.size() > 2; ++i) {
    const std::size_t at = random.Number(letters.size() - 1);
    switch (random.Number(4)) {
      case 0:
        letters.erase(at, 1);
        break;
      case 1:
        letters.insert(at, 1, U"abeõдж𝒳"[random.Number(7)]);
        break;
      case 2:
        std::swap(letters[at], letters[at + 1]);
        break;
      default:
        letters[at] = U"xyz"[random.Number(3)];
    }
  }
  std::string result;
  for (const char32_t c : letters) {
    text::AppendChar(c, result);
  }
  return result;
}

std::vector<std::string> RandomSources(RandomText& random, std::size_t count) {
  std::vector<std::string> sources;
  while (sources.size() < count) {
    const std::string source = random.Sentence(1 + random.Number(9));
    sources.push_back(random.OneIn(2) ? source : Misspelt(source, random));
  }
  return sources;
}

TEST(IndexDifferential, FindsWhatALookAtAllTextsFinds) {
  IndexSearch search;
  std::size_t found = 0;
  for (std::uint32_t round = 0; round < 40; ++round) {
    RandomText random(round);
    std::vector<std::string> sources = RandomSources(random, 300);
    sources.push_back("\u200B");  // No tokens.
    sources.push_back("sild sild sild sildade sild");
    Indexed indexed(sources);
    const std::size_t half = random.Number(sources.size());
    indexed.AddTier(0, half);
    indexed.AddOneByOne(half, half + (sources.size() - half) / 2);
    indexed.AddTier(half + (sources.size() - half) / 2, sources.size());
    if (round % 2 == 1) {
      indexed.LookUpAllLookAlikes();  // So that their lists cost little and are used.
    }
    for (int query = 0; query < 20; ++query) {
      const std::string& source = sources[random.Number(sources.size())];
      const auto tenths = static_cast<std::int32_t>(random.OneIn(8) ? 1 + random.Number(1100)
                                                                    : 500 + random.Number(501));
      found +=
          ExpectSame(indexed, random.OneIn(2) ? source : Misspelt(source, random), tenths, search);
    }
  }
  EXPECT_GT(found, 1500U) << "the random texts have too little in common to test anything";
}

TEST(IndexDifferential, FindsTextsThatComeOneByOneThroughAllTiers) {
  RandomText random(1);
  IndexSearch search;
  const std::vector<std::string> sources = RandomSources(random, 8 * FreshTier::kCapacity);
  Indexed indexed(sources);
  indexed.texts.clear();
  const std::vector<TokenizedText> all = Indexed(sources).texts;
  for (std::size_t begin = 0; begin < sources.size(); begin += 700) {
    const std::size_t end = std::min(begin + 700, sources.size());
    indexed.texts.insert(indexed.texts.end(), all.begin() + static_cast<std::ptrdiff_t>(begin),
                         all.begin() + static_cast<std::ptrdiff_t>(end));
    indexed.AddOneByOne(begin, end);
    for (int query = 0; query < 4; ++query) {
      ExpectSame(indexed, Misspelt(sources[random.Number(end)], random), 500 + 100 * query, search);
    }
  }
  EXPECT_LE(indexed.index->tiers().size(), 4U);
  EXPECT_EQ(indexed.index->size(), sources.size());
}

TEST(IndexDifferential, FindsTheSameInSeveralBlocks) {
  RandomText random(2);
  IndexSearch search;
  const std::vector<std::string> sources = RandomSources(random, Tier::kBlockDocuments + 5000);
  Indexed indexed(sources);
  indexed.AddTier(0, sources.size());
  for (int query = 0; query < 12; ++query) {
    ExpectSame(indexed, Misspelt(sources[random.Number(sources.size())], random),
               650 + 40 * (query % 8), search);
  }
}

TEST(IndexDifferential, FindsTheSameInTiersThatWereWrittenAndRead) {
  RandomText random(9);
  IndexSearch search;
  const std::vector<std::string> sources = RandomSources(random, 3000);
  Indexed written(sources);
  written.AddTier(0, 1200);
  written.AddTier(1200, 3000);
  Indexed read(sources);
  read.lexicon->vocabulary.Intern(text::TokenClass::kWord, "Elsewhere", "elsewhere");
  for (const auto& tier : written.index->tiers()) {
    const std::string bytes = ToBytes(*tier, written.lexicon->vocabulary);
    const auto copy = TierFromBytes(bytes, read.lexicon->vocabulary);
    ASSERT_NE(copy, nullptr);
    read.index = read.index->With(copy);
    EXPECT_EQ(TierFromBytes(bytes.substr(0, bytes.size() - 2), read.lexicon->vocabulary), nullptr);
  }
  read.AddOneByOne(0, 0);
  for (int query = 0; query < 20; ++query) {
    ExpectSame(read, Misspelt(sources[random.Number(sources.size())], random), 500 + 25 * query,
               search);
  }
  EXPECT_EQ(read.lexicon->vocabulary.document_count(), sources.size());
}

TEST(IndexDifferential, FindsAWordThatCameAfterItsLookAlikesWereLookedUp) {
  IndexSearch search;
  Indexed indexed({"sillad üle jõe", "sillada üle jõe"});
  indexed.AddOneByOne(0, 1);
  const TokenizedText query = Tokenize("sillad");
  (void)indexed.lexicon->look_alikes.Get(
      NumberOf(indexed.lexicon->vocabulary.FindFolded(text::TokenClass::kWord, "sillad")));
  indexed.AddOneByOne(1, 2);
  ExpectSame(indexed, "sillad", 1, search);
  ExpectSame(indexed, "sillad jõe", 500, search);
}

TEST(IndexDifferential, FindsTheSameInLongTexts) {
  RandomText random(3);
  std::vector<std::string> sources;
  for (int i = 0; i < 60; ++i) {
    std::string source;
    while (source.size() < 6000) {
      source += i % 2 == 0 && !sources.empty() ? Misspelt("tilto šalis мост", random) + " "
                                               : random.Sentence(20) + " ";
    }
    sources.push_back(source);
    sources.push_back(Misspelt(source, random));
  }
  Indexed indexed(sources);
  indexed.AddTier(0, sources.size());
  IndexSearch search;
  for (const std::int32_t tenths : {500, 700, 990}) {
    ExpectSame(indexed, sources[random.Number(sources.size())], tenths, search);
  }
}

TEST(IndexDifferential, FindsTheSameInRealText) {
  for (const std::string language : {"en", "et", "lt", "ru"}) {
    std::ifstream file(SILD_SHARED_DATA "/ntrex/" + language + ".txt");
    std::vector<std::string> sources;
    std::string line;
    while (std::getline(file, line)) {
      sources.push_back(line);
      for (std::size_t space = line.find(' ', 30); space != std::string::npos;
           space = line.find(' ', space + 30)) {
        sources.push_back(line.substr(0, space));
      }
    }
    if (sources.empty()) {
      GTEST_SKIP() << "there is no " SILD_SHARED_DATA "/ntrex/" << language << ".txt";
    }
    RandomText random(4);
    Indexed indexed(sources);
    indexed.AddTier(0, sources.size() / 2);
    indexed.AddTier(sources.size() / 2, sources.size());
    indexed.LookUpAllLookAlikes();
    IndexSearch search;
    std::size_t found = 0;
    for (int query = 0; query < 12; ++query) {
      found += ExpectSame(indexed, Misspelt(sources[random.Number(sources.size())], random),
                          500 + 50 * (query % 9), search);
    }
    EXPECT_GT(found, 12U);
  }
}

}  // namespace
}  // namespace sild::matching
