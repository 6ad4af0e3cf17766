#include "server/matching/word_wildcards.h"

#include <string>

#include <gtest/gtest.h>

namespace sild::matching {
namespace {

bool Matches(std::string_view pattern, std::string_view word) {
  return WordWildcards(pattern).Matches(word);
}

TEST(WordWildcards, StarIsAnyCharactersAlsoNone) {
  EXPECT_TRUE(Matches("liit*", "liit"));
  EXPECT_TRUE(Matches("liit*", "liitlane"));
  EXPECT_FALSE(Matches("liit*", "riigiliit"));
  EXPECT_TRUE(Matches("*liit*", "riigiliitlane"));
  EXPECT_TRUE(Matches("*", ""));
  EXPECT_TRUE(Matches("a*b*c", "aXbbYbc"));
  EXPECT_FALSE(Matches("a*b*c", "aXbbYbcd"));
}

TEST(WordWildcards, QuestionMarkIsOneCharacterNotOneByte) {
  EXPECT_TRUE(Matches("j?gi", "jõgi"));
  EXPECT_TRUE(Matches("м?ст", "мост"));
  EXPECT_FALSE(Matches("м?ст", "мст"));
  EXPECT_TRUE(Matches("?*", "õ"));
  EXPECT_FALSE(Matches("?*", ""));
}

TEST(WordWildcards, LongRunsOfLettersDoNotTakeLong) {
  const std::string word(10'000, 'a');
  EXPECT_FALSE(Matches("*a*a*a*a*a*a*a*a*b", word));
}

TEST(WordWildcards, MayMatchEveryWordThatMatches) {
  Vocabulary vocabulary;
  for (const char* folded : {"ёлка", "елка", "d'arc",
                             "d\u02BC"
                             "arc",
                             "aa", "a"}) {
    (void)vocabulary.InternFolded(text::TokenClass::kWord, folded);
  }
  EXPECT_TRUE(WordWildcards("е*ка").MayMatch(vocabulary.word(0)));
  EXPECT_TRUE(WordWildcards("е*ка").MayMatch(vocabulary.word(1)));
  EXPECT_TRUE(WordWildcards("d'*").MayMatch(vocabulary.word(2)));
  EXPECT_TRUE(WordWildcards("d'*").MayMatch(vocabulary.word(3)));
  EXPECT_TRUE(WordWildcards("a?").MayMatch(vocabulary.word(4)));
  EXPECT_FALSE(WordWildcards("a?").MayMatch(vocabulary.word(5)));
  EXPECT_FALSE(WordWildcards("x*").MayMatch(vocabulary.word(4)));
}

TEST(WordWildcards, MayMatchByTheFoldedTextEveryWordThatMatches) {
  EXPECT_TRUE(WordWildcards("*лка").MayMatch("ёлка"));
  EXPECT_TRUE(WordWildcards("*е*").MayMatch("ёлка"));
  EXPECT_FALSE(WordWildcards("*лк").MayMatch("ёлка"));
  EXPECT_FALSE(WordWildcards("*кл*").MayMatch("ёлка"));
  // A space that does not break is in the folded form alone.
  EXPECT_TRUE(WordWildcards("*1000*").MayMatch("1\u00A0000a"));
}

}  // namespace
}  // namespace sild::matching
