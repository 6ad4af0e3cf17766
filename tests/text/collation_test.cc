#include "server/text/collation.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sild::text {
namespace {

using ::testing::ElementsAre;

std::vector<std::string> Sorted(const char* language, std::vector<std::string> words) {
  const Collation collation(LanguageTag::FromCanonical(language));
  std::sort(words.begin(), words.end(), [&](const std::string& a, const std::string& b) {
    return collation.SortKey(a) < collation.SortKey(b);
  });
  return words;
}

// Whether `word` lies between the bounds of `prefix`.
bool Begins(const char* language, const std::string& prefix, const std::string& word) {
  const Collation collation(LanguageTag::FromCanonical(language));
  const Collation::Bounds bounds = collation.PrefixBounds(prefix);
  const std::string key = collation.SortKey(word);
  return bounds.lower <= key && key < bounds.upper;
}

TEST(Collation, PutsLettersWhereTheLanguageHasThem) {
  EXPECT_THAT(Sorted("et", {"täht", "zoo", "õli", "šokk", "sõda", "žest", "öö", "üks", "tee"}),
              ElementsAre("sõda", "šokk", "zoo", "žest", "tee", "täht", "õli", "öö", "üks"));
  EXPECT_THAT(Sorted("lt", {"yra", "iš", "jis", "į", "čia", "cukrus", "dar"}),
              ElementsAre("cukrus", "čia", "dar", "į", "yra", "iš", "jis"));
  EXPECT_THAT(Sorted("ru", {"ель", "ёлка", "жить", "Еда"}),
              ElementsAre("Еда", "ёлка", "ель", "жить"));
}

TEST(Collation, DoesNotTellDecomposedTextsApart) {
  const Collation collation(LanguageTag::FromCanonical("et"));
  EXPECT_EQ(collation.SortKey("jõgi"), collation.SortKey("jo\u0303gi"));
}

TEST(Collation, SetsExtensionsOfTheTagAside) {
  for (const char* language : {"et-u-ks-bogus", "et-u-vt-0061", "et-u-co-bogus", "et-x-mine"}) {
    EXPECT_THAT(Sorted(language, {"täht", "zoo", "šokk", "sõda"}),
                ElementsAre("sõda", "šokk", "zoo", "täht"))
        << language;
  }
}

TEST(Collation, BoundsTakeInWhatBeginsWithAPrefixWhateverItsCase) {
  EXPECT_TRUE(Begins("et", "euro", "Euroopa Liit"));
  EXPECT_TRUE(Begins("et", "Euroopa L", "euroopa liit"));
  EXPECT_TRUE(Begins("et", "euro", "EURO"));
  EXPECT_FALSE(Begins("et", "euroopa liit", "Euroopa"));
  EXPECT_FALSE(Begins("et", "euro", "Eurasia"));
  EXPECT_TRUE(Begins("ru", "ел", "Ёлка"));
  EXPECT_TRUE(Begins("lt", "se", "sė́dmenys"));
  EXPECT_FALSE(Begins("et", "so", "sõda"));
}

TEST(Collation, TakesAnyText) {
  for (const char* text : {"", "👩‍👩‍👧", "שלום", "\u0301", "10,5 %", "\u00AD"}) {
    EXPECT_TRUE(Begins("lt", text, std::string(text) + "a")) << text;
  }
  const std::string text(10'000, 'x');
  EXPECT_TRUE(Begins("en", text, text + "y"));
}

TEST(Collation, TakesALanguageWithoutAnOrderOfItsOwn) {
  EXPECT_THAT(Sorted("art-x-test", {"b", "a"}), ElementsAre("a", "b"));
}

}  // namespace
}  // namespace sild::text
