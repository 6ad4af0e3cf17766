#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "server/matching/char_distance.h"
#include "server/matching/lexicon_bytes.h"
#include "server/matching/look_alikes.h"
#include "server/matching/score.h"
#include "server/matching/text_index.h"
#include "server/matching/tier_bytes.h"
#include "server/text/search_form.h"
#include "server/text/utf8.h"
#include "tests/matching/random_text.h"

namespace sild::matching {
namespace {

using test::RandomText;

std::string ToUtf8(std::u32string_view letters) {
  std::string result;
  for (const char32_t c : letters) {
    text::AppendChar(c, result);
  }
  return result;
}

std::u32string RandomWord(RandomText& random, std::size_t max_length) {
  // U+00E1 and U+0161 fall on the slots of "a" and "!": letters that a table may confuse.
  std::u32string word;
  for (std::size_t i = random.Number(max_length + 1); i > 0; --i) {
    word += U"abcсдáš𝒳"[random.Number(8)];
  }
  return word;
}

TEST(WordPattern, GivesTheWordDistance) {
  RandomText random(5);
  for (int round = 0; round < 30000; ++round) {
    const std::size_t max_length = random.OneIn(100) ? 80 : 9;
    const std::u32string a = RandomWord(random, max_length);
    const std::u32string b = RandomWord(random, max_length);
    const auto limit = static_cast<std::int32_t>(random.Number(8));
    const std::int32_t distance =
        WordPattern(a).Distance(ToUtf8(b), static_cast<std::uint32_t>(b.size()), limit);
    ASSERT_EQ(std::min(distance, limit + 1), WordDistance(a, b, limit))
        << ToUtf8(a) << " and " << ToUtf8(b) << " within " << limit;
  }
}

TEST(LetterSignature, NeverRefutesWhatIsNear) {
  RandomText random(6);
  for (int round = 0; round < 30000; ++round) {
    const std::u32string a = RandomWord(random, 9);
    const std::u32string b = RandomWord(random, 9);
    EXPECT_TRUE(MissesAtMost(SignatureOf(a), SignatureOf(b), WordDistance(a, b, 20)));
  }
}

std::vector<std::string> Words(const Vocabulary& vocabulary, const LookAlikeList& list) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < list.size(); ++i) {
    words.push_back(std::string(vocabulary.WordText(list[i].word)) + " " +
                    std::to_string(list[i].cost));
  }
  return words;
}

void Intern(std::string_view source, Vocabulary& vocabulary) {
  const text::TokenizedText text = text::Tokenize(source);
  for (const text::Token& token : text.tokens) {
    vocabulary.Intern(text, token);
  }
}

TEST(LookAlikes, TakeInWordsThatCameLater) {
  Lexicon lexicon(1U << 20);
  Intern("tiltas tilto namas", lexicon.vocabulary);
  EXPECT_THAT(Words(lexicon.vocabulary, *lexicon.look_alikes.Get(0)),
              ::testing::ElementsAre("tilto 60"));
  Intern("Tiltai, 5 kiltas", lexicon.vocabulary);
  EXPECT_THAT(Words(lexicon.vocabulary, *lexicon.look_alikes.Get(0)),
              ::testing::ElementsAre("tilto 60", "tiltai 50", "kiltas 50"));
}

TEST(LookAlikes, KeepToTheirBudget) {
  RandomText random(7);
  Lexicon lexicon(32U << 10);
  while (lexicon.vocabulary.word_count() < 800) {
    Intern(ToUtf8(RandomWord(random, 8)) + "a", lexicon.vocabulary);
  }
  for (std::uint32_t word = 0; word < 800; ++word) {
    (void)lexicon.look_alikes.Get(word);
  }
  EXPECT_LE(lexicon.look_alikes.bytes(), 32U << 10);
  EXPECT_GT(lexicon.look_alikes.bytes(), 4U << 10);
}

TEST(LookAlikes, AreFoundInAdvanceForTheWordsOfMostDocuments) {
  Lexicon lexicon(1U << 20);
  Intern("tiltas tilto šalis šalies ir", lexicon.vocabulary);
  lexicon.vocabulary.AddDocuments(2, 5);
  lexicon.look_alikes.BeginFilling();
  EXPECT_TRUE(lexicon.look_alikes.Fill(1));
  ASSERT_NE(lexicon.look_alikes.Peek(2), nullptr);
  EXPECT_EQ(lexicon.look_alikes.Peek(0), nullptr);
  EXPECT_THAT(Words(lexicon.vocabulary, *lexicon.look_alikes.Peek(2)),
              ::testing::ElementsAre("šalies 50"));
  EXPECT_FALSE(lexicon.look_alikes.Fill(10));
  EXPECT_NE(lexicon.look_alikes.Peek(0), nullptr);
  EXPECT_EQ(lexicon.look_alikes.Peek(4), nullptr);  // Too short to have any.
}

TEST(LookAlikes, ComeBackWithTheWordsThatDocumentsHave) {
  Lexicon lexicon(1U << 20);
  Intern("gone tiltas goner tilto tiltai", lexicon.vocabulary);
  for (const std::uint32_t word : {1U, 3U, 4U}) {
    lexicon.vocabulary.AddDocuments(word, 7);
  }
  (void)lexicon.look_alikes.Get(0);
  (void)lexicon.look_alikes.Get(1);
  const std::string bytes = ToBytes(lexicon);

  Lexicon again(1U << 20);
  ASSERT_TRUE(LexiconFromBytes(bytes, again));
  EXPECT_EQ(again.vocabulary.word_count(), 3U);
  const LookAlikes::List list = again.look_alikes.Peek(0);
  ASSERT_NE(list, nullptr);
  EXPECT_EQ(list->documents, 14U);
  EXPECT_THAT(Words(again.vocabulary, *list), ::testing::ElementsAre("tilto 60", "tiltai 50"));
  Intern("kiltas", again.vocabulary);
  EXPECT_THAT(Words(again.vocabulary, *again.look_alikes.Get(0)),
              ::testing::ElementsAre("tilto 60", "tiltai 50", "kiltas 50"));
}

TEST(LookAlikes, AreNotTakenFromOtherBytes) {
  Lexicon lexicon(1U << 20);
  Intern("tiltas tilto", lexicon.vocabulary);
  lexicon.vocabulary.AddDocuments(0, 1);
  lexicon.vocabulary.AddDocuments(1, 1);
  (void)lexicon.look_alikes.Get(0);
  const std::string bytes = ToBytes(lexicon);
  Lexicon other(1U << 20);
  Intern("sild", other.vocabulary);
  EXPECT_FALSE(LexiconFromBytes(bytes, other));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Lexicon cut(1U << 20);
    EXPECT_FALSE(LexiconFromBytes(bytes.substr(0, size), cut)) << size;
  }
}

TEST(LookAlikes, FoundInAdvanceLeaveRoomForThoseAskedFor) {
  RandomText random(8);
  Lexicon lexicon(32U << 10);
  while (lexicon.vocabulary.word_count() < 800) {
    Intern(ToUtf8(RandomWord(random, 8)) + "a", lexicon.vocabulary);
  }
  lexicon.look_alikes.BeginFilling();
  while (lexicon.look_alikes.Fill(10)) {
  }
  EXPECT_LE(lexicon.look_alikes.bytes(), 20U << 10);
  EXPECT_GT(lexicon.look_alikes.bytes(), 12U << 10);
}

TEST(TextArena, KeepsTextsOfAnyLength) {
  TextArena arena;
  std::vector<std::pair<TextArena::Place, std::string>> kept;
  // Chunks of 256 KiB: filled to the last byte, overfull, and with an empty text at either end.
  for (const std::size_t size :
       {0U, 1U, 262'140U, 0U, 262'144U, 0U, 800'000U, 0U, 160'001U, 160'001U, 3U}) {
    std::string text(size, static_cast<char>('a' + kept.size()));
    kept.emplace_back(arena.Keep(text), text);
  }
  for (const auto& [place, text] : kept) {
    EXPECT_EQ(std::string_view(arena.At(place), text.size()), text);
  }
  EXPECT_GE(arena.bytes(), 262'140U + 262'144U + 800'000U + 2 * 160'001U);
  EXPECT_LE(arena.bytes(), 262'144U * 6 + 800'000U);
}

TEST(Vocabulary, TellsClassesSurfacesAndFoldedFormsApart) {
  Vocabulary vocabulary;
  Intern("Мост мост МОСТ 12 %1 … ...", vocabulary);
  const auto key = [&](text::TokenClass token_class, std::string_view surface) {
    return vocabulary.KeyOf(vocabulary.Find(token_class, surface));
  };
  using text::TokenClass;
  EXPECT_EQ(key(TokenClass::kWord, "Мост"), key(TokenClass::kWord, "МОСТ"));
  EXPECT_NE(vocabulary.Find(TokenClass::kWord, "Мост"), vocabulary.Find(TokenClass::kWord, "мост"));
  EXPECT_EQ(key(TokenClass::kPunctuation, "…"), key(TokenClass::kPunctuation, "..."));
  EXPECT_EQ(vocabulary.Find(TokenClass::kNumber, "%1"), kNoForm);
  EXPECT_EQ(ClassOf(key(TokenClass::kTag, "%1")), TokenClass::kTag);
  EXPECT_EQ(vocabulary.word_count(), 1U);
}

TEST(Vocabulary, FindsTheWordsOfASearchForm) {
  Vocabulary vocabulary;
  for (const char* folded :
       {"все", "всё", "1\u00A0000a", "d\u02BCarc", "d'arc", "ёё", "её", "ее"}) {
    (void)vocabulary.InternFolded(text::TokenClass::kWord, folded);
  }
  const auto words = [&vocabulary](std::string_view form) {
    std::set<std::string> found;
    vocabulary.ForEachWordWithSearchForm(
        form, [&](std::uint32_t word) { found.emplace(vocabulary.WordText(word)); });
    return found;
  };
  EXPECT_EQ(words("все"), (std::set<std::string>{"все", "всё"}));
  EXPECT_EQ(words("1000a"), (std::set<std::string>{"1\u00A0000a"}));
  EXPECT_EQ(words("d'arc"), (std::set<std::string>{"d\u02BCarc", "d'arc"}));
  EXPECT_EQ(words("ее"), (std::set<std::string>{"ёё", "её", "ее"}));
  EXPECT_EQ(words("вс"), std::set<std::string>());
}

// The documents with a token, by what `Tier::DocumentsWith` says.
std::size_t DocumentsWith(const Tier& tier, FoldedKey key) {
  const auto list = tier.DocumentsWith(key);
  std::size_t documents = 0;
  for (std::size_t at = 0; at < list.size(); at += list[at + 1] + 3U) {
    documents += list[at + 1] + 1U;
  }
  return documents;
}

TEST(Tier, ListsTheDocumentsOfEachTokenButOfPunctuationThatIsEverywhere) {
  Vocabulary vocabulary;
  DocumentList list;
  std::vector<FormId> forms;
  for (std::uint32_t i = 0; i < 256; ++i) {
    const std::string text = "sild, " + std::string(i % 128 == 0 ? "§ 7 %s %s" : "jõgi");
    InternForms(text::Tokenize(text), vocabulary, forms);
    list.Add(i, forms);
  }
  const Tier built = Tier::Build(list, vocabulary);
  Vocabulary other;
  const auto read = TierFromBytes(ToBytes(built, vocabulary), other);
  ASSERT_NE(read, nullptr);
  for (const auto& [tier, words] :
       {std::pair(&built, &vocabulary), std::pair(read.get(), &other)}) {
    const auto key = [words = words](text::TokenClass token_class, std::string_view folded) {
      return words->FindFolded(token_class, folded);
    };
    EXPECT_EQ(DocumentsWith(*tier, key(text::TokenClass::kWord, "sild")), 256U);
    EXPECT_EQ(DocumentsWith(*tier, key(text::TokenClass::kNumber, "7")), 2U);
    EXPECT_EQ(DocumentsWith(*tier, key(text::TokenClass::kTag, "%s")), 2U);
    EXPECT_EQ(DocumentsWith(*tier, key(text::TokenClass::kPunctuation, "§")), 2U);
    const FoldedKey comma = key(text::TokenClass::kPunctuation, ",");
    EXPECT_TRUE(tier->DocumentsWith(comma).empty());
    EXPECT_TRUE(tier->Has(comma));
    EXPECT_FALSE(tier->Has(MakeKey(text::TokenClass::kNumber, 1'000)));
  }
}

TEST(Tier, GivesTheTokensOfEachDocument) {
  Vocabulary vocabulary;
  RandomText random(5);
  std::vector<std::vector<FormId>> documents(3'000);
  DocumentList list;
  // Of 0 to 40 tokens of all classes, so that documents with different counts lie side by side, and
  // with so many words that their numbers take up to three bytes.
  for (TextHandle handle = 0; handle < documents.size(); ++handle) {
    std::string text;
    for (std::size_t left = random.Number(41); left > 0; --left) {
      const std::size_t kind = random.Number(8);
      text += kind == 0   ? "; "
              : kind == 1 ? std::to_string(random.Number(100)) + " "
              : kind == 2 ? "%1 "
                          : ToUtf8(RandomWord(random, 12)) + " ";
    }
    InternForms(text::Tokenize(text), vocabulary, documents[handle]);
    list.Add(handle, documents[handle]);
  }
  const Tier tier = Tier::Build(list, vocabulary);
  ASSERT_GT(tier.forms().size(), 1U << 14);
  ASSERT_EQ(tier.size(), documents.size());
  std::vector<StoredToken> tokens;
  for (std::uint32_t document = 0; document < tier.size(); ++document) {
    tier.Tokens(document, tokens);
    std::vector<FormId> forms;
    for (const StoredToken& token : tokens) {
      forms.push_back(token.form);
    }
    ASSERT_EQ(forms, documents[tier.handle(document)]);
  }
}

TEST(Vocabulary, IsReadWhileItGrows) {
  Vocabulary vocabulary;
  constexpr int kWords = 20000;
  const auto add = [&vocabulary](int step) {
    for (int i = 0; i < kWords; ++i) {
      Intern("Счёт" + std::to_string(i * step % kWords), vocabulary);
    }
  };
  std::thread first(add, 1);
  std::thread second(add, 7);
  for (std::uint32_t seen = 0; seen < kWords;) {
    const std::uint32_t count = vocabulary.word_count();
    for (; seen < count; ++seen) {
      const std::string folded(vocabulary.WordText(seen));
      ASSERT_EQ(NumberOf(vocabulary.FindFolded(text::TokenClass::kWord, folded)), seen);
      ASSERT_EQ(vocabulary.word(seen).chars, text::CountChars(folded));
      const std::string form = text::SearchForm(folded, text::LetterCase::kKeep);
      ASSERT_NE(form, folded);
      std::vector<std::uint32_t> with_form;
      vocabulary.ForEachWordWithSearchForm(form,
                                           [&](std::uint32_t word) { with_form.push_back(word); });
      ASSERT_EQ(with_form, std::vector<std::uint32_t>{seen});
    }
  }
  first.join();
  second.join();
  EXPECT_EQ(vocabulary.word_count(), kWords);
  EXPECT_EQ(vocabulary.form_count(), kWords);
}

}  // namespace
}  // namespace sild::matching
