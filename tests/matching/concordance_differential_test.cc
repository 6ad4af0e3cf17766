#include <algorithm>
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/matching/concordance.h"
#include "server/text/utf8.h"
#include "tests/bench/real_text.h"
#include "tests/matching/indexed_unit_source.h"
#include "tests/matching/random_text.h"
#include "tests/reference/concordance.h"

namespace sild::matching {
namespace {

using test::IndexedUnitSource;
using test::MakeUnit;
using test::MakeVariant;
using test::RandomText;
using test::Tagged;
using test::UnitSource;

// Some endings for any word, so that forms of one word are words of others.
std::vector<std::string> SomeForms(std::string_view word) {
  std::vector<std::string> forms = {std::string(word)};
  for (const char* ending : {"d", "a", "s", "у", "ad", "то"}) {
    forms.push_back(forms.front() + ending);
  }
  if (word.size() > 4) {
    std::u32string letters = text::ToUtf32(word);
    letters.pop_back();
    std::string shorter;
    for (const char32_t c : letters) {
      text::AppendChar(c, shorter);
    }
    forms.push_back(shorter);
  }
  return forms;
}

constexpr ConcordanceMode kModes[] = {ConcordanceMode::kAllWords, ConcordanceMode::kPhrase,
                                      ConcordanceMode::kSubstring};

// What is said of a page in a failure, and compared.
std::string Described(const ConcordancePage& page) {
  std::string text;
  for (const ConcordanceHit& hit : page.hits) {
    text += hit.unit.name.str() + " " + hit.language.str();
    for (const ByteRange range : hit.ranges) {
      text += " " + std::to_string(range.begin) + "-" + std::to_string(range.end);
    }
    text += "\n";
  }
  return text + (page.has_more ? "..." : "");
}

constexpr int kMaxPages = 4;

// Compares scan, index and reference, on the first pages. Returns how many hits these have.
std::size_t ExpectSame(const std::vector<TranslationUnit>& units, const UnitSource& scanned,
                       const UnitSource& indexed, ConcordanceRequest request,
                       const std::string& query, const ConcordanceOptions& options) {
  const auto parsed = ConcordanceQuery::Parse(query, options, SomeForms);
  if (!parsed.ok()) {
    return 0;
  }
  std::size_t hits = 0;
  bool has_more = true;
  for (int pages = 0; has_more && pages < kMaxPages; ++pages) {
    const ConcordancePage expected =
        reference::SearchConcordance(request, query, options, SomeForms, units);
    for (const UnitSource* source : {&scanned, &indexed}) {
      const auto page = SearchConcordance(request, *parsed, *source, {});
      EXPECT_TRUE(page.ok()) << page.status();
      if (!page.ok() || Described(*page) != Described(expected)) {
        ADD_FAILURE() << "query <" << query << "> mode " << static_cast<int>(options.mode)
                      << (options.whole_word ? " whole" : "") << (options.match_case ? " case" : "")
                      << (options.wildcards ? " wild" : "")
                      << (source == &indexed ? ", indexed" : ", scanned") << " page after " << hits
                      << "\nfound\n"
                      << (page.ok() ? Described(*page) : "") << "\nexpected\n"
                      << Described(expected);
        return hits;
      }
    }
    hits += expected.hits.size();
    has_more = expected.has_more;
    if (has_more) {
      request.after = expected.hits.back().place;
    }
  }
  return hits;
}

ConcordanceOptions RandomOptions(RandomText& random) {
  ConcordanceOptions options;
  options.mode = kModes[random.Number(3)];
  options.match_case = random.OneIn(3);
  if (options.mode != ConcordanceMode::kSubstring) {
    options.whole_word = random.OneIn(3);
    options.wildcards = random.OneIn(3);
  }
  return options;
}

// A piece of `source`, from the beginning of a word or not, with wildcards put in if they are
// wanted.
std::string PieceOf(const std::string& source, const ConcordanceOptions& options,
                    RandomText& random) {
  std::u32string letters = text::ToUtf32(source);
  if (letters.empty()) {
    return "";
  }
  const std::size_t begin = random.OneIn(2) ? 0 : random.Number(letters.size());
  letters = letters.substr(begin, 1 + random.Number(14));
  for (int i = 0; options.wildcards && i < 2; ++i) {
    const std::size_t at = random.Number(letters.size());
    if (random.OneIn(2)) {
      letters[at] = random.OneIn(2) ? U'*' : U'?';
    } else {
      letters.insert(at, 1, U'*');
    }
  }
  std::string piece;
  for (const char32_t c : letters) {
    text::AppendChar(c, piece);
  }
  return piece;
}

// Texts in which letters are hidden, doubled or written otherwise.
std::string Twisted(std::string text, RandomText& random) {
  static constexpr const char* kTwists[] = {
      "\u00AD", "\u00AD\u00AD", "\u0301", "\u200B", "\u200D", "ё",       "е", "'",
      "\u02BC", "%s",           "\u00A0", "2024",   "3,5",    "e\u0301", "§", "1\u00A0000a"};
  for (int i = 0; i < 2; ++i) {
    std::size_t at = random.Number(text.size() + 1);
    while (at < text.size() && !text::IsCharStart(text[at])) {
      ++at;
    }
    text.insert(at, kTwists[random.Number(std::size(kTwists))]);
  }
  return text;
}

std::vector<TranslationUnit> RandomUnits(RandomText& random, std::size_t count) {
  std::vector<TranslationUnit> units;
  for (std::size_t i = 0; i < count; ++i) {
    const auto text = [&] {
      const std::string sentence = random.Sentence(1 + random.Number(6));
      return random.OneIn(3) ? Twisted(sentence, random) : sentence;
    };
    TranslationUnit unit = MakeUnit(random.OneIn(4) ? "n" : "m", "u" + std::to_string(i),
                                    {MakeVariant("et", text()), MakeVariant("en", text())});
    if (random.OneIn(4)) {
      unit.variants.push_back(MakeVariant("en-GB", text()));
    }
    if (random.OneIn(2)) {
      unit.labels["client"] = "acme";
    }
    unit.variants[random.Number(2)].status = static_cast<VariantStatus>(1 + random.Number(4));
    unit.update_time = Timestamp(std::chrono::seconds(random.Number(3)));
    units.push_back(std::move(unit));
  }
  units.push_back(MakeUnit("m", "empty", {MakeVariant("et", "")}));
  return units;
}

TEST(ConcordanceDifferential, IsWhatLookingAtEveryUnitFinds) {
  std::map<ConcordanceMode, std::size_t> hits;
  for (std::uint32_t round = 0; round < 3; ++round) {
    RandomText random(round);
    const std::vector<TranslationUnit> units = RandomUnits(random, 250);
    const UnitSource scanned(units);
    const IndexedUnitSource indexed(units);
    for (int i = 0; i < 40; ++i) {
      ConcordanceRequest request;
      request.memories = {{"m"}, {"n"}, {"m"}};
      request.language = Tagged(random.OneIn(2) ? "et" : random.OneIn(2) ? "en-GB" : "en");
      request.max_hits = random.OneIn(3) ? 2 : 10 + random.Number(20);
      if (random.OneIn(4)) {
        request.filter.labels["client"] = "acme";
      }
      if (random.OneIn(4)) {
        request.filter.minimum_status = VariantStatus::kReviewed;
      }
      const ConcordanceOptions options = RandomOptions(random);
      const TranslationUnit& unit = units[random.Number(units.size())];
      const std::string query = random.OneIn(2)
                                    ? PieceOf(unit.variants.back().segment.text, options, random)
                                    : PieceOf(random.Sentence(3), options, random);
      hits[options.mode] += ExpectSame(units, scanned, indexed, request, query, options);
      if (HasFailure()) {
        return;
      }
    }
  }
  for (const ConcordanceMode mode : kModes) {
    EXPECT_GT(hits[mode], 100U);
  }
}

// Words, numbers, punctuation and tags that run into one another, so that what is looked for lies
// partly in tags.
TEST(ConcordanceDifferential, SubstringsAreFoundAcrossTagsAndNumbers) {
  static constexpr const char* kPieces[] = {
      "%s", "%d",  "<b>", "{n}", "&#160;", "a", "s",      "sa",     "dan", "b",  "n",       "1",
      "16", "160", ".",   ",",   " ",      " ", "\u00A0", "\u00AD", "§",   "橋", "е\u0301", "<"};
  RandomText random(11);
  std::vector<TranslationUnit> units;
  for (int i = 0; i < 300; ++i) {
    std::string text;
    for (std::size_t left = 1 + random.Number(7); left > 0; --left) {
      text += kPieces[random.Number(std::size(kPieces))];
    }
    units.push_back(MakeUnit("m", "u" + std::to_string(i), {MakeVariant("et", text)}));
  }
  const UnitSource scanned(units);
  const IndexedUnitSource indexed(units);
  ConcordanceRequest request;
  request.memories = {{"m"}};
  request.language = Tagged("et");
  request.max_hits = 400;
  std::size_t hits = 0;
  for (int i = 0; i < 300 && !HasFailure(); ++i) {
    const ConcordanceOptions options{.mode = ConcordanceMode::kSubstring,
                                     .match_case = random.OneIn(4)};
    const std::u32string letters =
        text::ToUtf32(units[random.Number(units.size())].variants[0].segment.text);
    const std::size_t begin = random.Number(letters.size());
    std::string query;
    for (const char32_t c : letters.substr(begin, 1 + random.Number(8))) {
      text::AppendChar(c, query);
    }
    hits += ExpectSame(units, scanned, indexed, request, query, options);
  }
  EXPECT_GT(hits, 1000U);
}

TEST(ConcordanceDifferential, IsWhatLookingAtEveryUnitFindsInRealTexts) {
  constexpr std::size_t kTexts = 1500;
  for (const std::string language : {"en", "et", "lt", "ru"}) {
    std::vector<std::string> texts = bench::RealTexts(language);
    if (texts.empty()) {
      GTEST_SKIP() << "there are no real texts: see SILD_SHARED_DATA";
    }
    texts.resize(std::min(texts.size(), kTexts));
    std::vector<TranslationUnit> units;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      units.push_back(MakeUnit("m", std::to_string(i), {MakeVariant(language, texts[i])}));
    }
    const UnitSource scanned(units);
    const IndexedUnitSource indexed(units);
    RandomText random(7);
    std::size_t hits = 0;
    for (int i = 0; i < 12; ++i) {
      ConcordanceRequest request;
      request.memories = {{"m"}};
      request.language = Tagged(language);
      request.max_hits = 100;
      const ConcordanceOptions options = RandomOptions(random);
      const std::string query = PieceOf(texts[random.Number(texts.size())], options, random);
      hits += ExpectSame(units, scanned, indexed, request, query, options);
    }
    EXPECT_GT(hits, 10U) << language;
  }
}

}  // namespace
}  // namespace sild::matching
