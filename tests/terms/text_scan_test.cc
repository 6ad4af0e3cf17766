#include "server/terms/text_scan.h"

#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "server/terms/term_text.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

// Compares the scan of `text` with its exact reading. Every second token is a form.
void Compare(const std::string& text) {
  const TermText read = ReadTermText(text);
  FormTable forms;
  for (std::size_t i = 0; i < read.tokens.size(); i += 2) {
    forms.Add(read.Folded(read.tokens[i]));
  }
  forms.Finish();
  const std::vector<ScannedToken> scanned = ScanText(text, forms);
  ASSERT_EQ(scanned.size(), read.tokens.size()) << text;
  for (std::size_t i = 0; i < scanned.size(); ++i) {
    const TermToken& token = read.tokens[i];
    ASSERT_EQ(scanned[i].range, token.range) << text;
    ASSERT_EQ(scanned[i].joint, token.joint) << text;
    ASSERT_EQ(scanned[i].has_capital, token.has_capital) << text;
    if (!scanned[i].mixes_scripts) {
      ASSERT_EQ(scanned[i].form, forms.Find(read.Folded(token))) << text;
    }
  }
}

TEST(TextScan, ReadsAsTheExactReaderDoes) {
  Compare("");
  Compare("За\xCC\x81мок — z\xCC\x8Cuvis-as\xCC\x8C. Ёлка d’un 'a' C++ R&D");
  Compare(
      "a\xCC\x81\xCC\xA7 a\xCC\xA7\xCC\x81-\xC2\xAD-b\xC2\xAD- -\xC2\xAD"
      "c x'\xCC\x81y");
  Compare("\xCC\x81 \xC2\xAD\xE2\x80\x8B x\xE2\x80\x80y\xE3\x80\x80z\xC2\x85w");
  Compare("接口-a 接'口 שלום سلام 👨\xE2\x80\x8D👩 𐐀𐐨 Ω\xE2\x84\xA6 ﬁ ǅ İ ß _a_ 1.5");
}

TEST(TextScan, ReadsRandomCharactersAsTheExactReaderDoes) {
  std::mt19937 random(7);
  const auto number = [&](std::uint32_t end) {
    return std::uniform_int_distribution<std::uint32_t>(0, end - 1)(random);
  };
  const std::u32string common = U" \n-'’aAsSŠš̌́­ёйЙ̆и.,\u200B\u0327\u00A0";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::uint32_t left = number(30); left > 0; --left) {
      char32_t c = common[number(static_cast<std::uint32_t>(common.size()))];
      if (number(4) == 0) {
        c = number(10) == 0 ? 0x10000 + number(0x2000) : 0x20 + number(0xD7E0);
      }
      text::AppendChar(c, text);
    }
    Compare(text);
    if (HasFatalFailure()) {
      return;
    }
  }
}

// The same words again and again, short ones and those of 14 to 17 bytes, with everything between
// them that a token may end at or not.
TEST(TextScan, ReadsWordsThatItKnowsAsTheExactReaderDoes) {
  const std::vector<std::string> words = {"a",
                                          "A",
                                          "aa",
                                          "NATO",
                                          "Žemė",
                                          "žemė",
                                          "ёлка",
                                          "Ёлка",
                                          "моcт",
                                          "мост",
                                          "Mосква",
                                          "7",
                                          "_",
                                          "fourteen_bytes",
                                          "Mürgitus",
                                          "don't",
                                          "'",
                                          "İstanbul",
                                          "fifteen__bytes_",
                                          "ſixteen_bytes_s",
                                          "seventeen__bytes_",
                                          "стол",
                                          "предел",
                                          "½",
                                          "x×y",
                                          "Ⱥ",
                                          "–",
                                          "длинное_слово"};
  const std::vector<std::string> between = {
      " ", " ", " ", " ", "  ", "\n",       ", ",       ".",        "-", "'",
      "`", "’", "",  "“", "\t", "\xCC\x81", "\xC2\xA0", "\xCC\xB8", "=", "\xC2\xAD"};
  std::mt19937 random(11);
  const auto any = [&](const std::vector<std::string>& of) {
    return of[std::uniform_int_distribution<std::size_t>(0, of.size() - 1)(random)];
  };
  for (int i = 0; i < 500 && !HasFatalFailure(); ++i) {
    std::string text;
    for (int left = i; left > 0; --left) {
      text += any(words) + any(between);
    }
    Compare(text);
  }
  const std::string long_word(300, 'x');
  Compare(long_word + " " + long_word + "' y " + long_word);
}

TEST(TextScan, ReadsRealTextsAsTheExactReaderDoes) {
  for (const std::string language : {"en", "et", "lt", "ru"}) {
    std::ifstream file(SILD_SHARED_DATA "/ntrex/" + language + ".txt");
    if (!file) {
      GTEST_SKIP() << "no shared data in " << SILD_SHARED_DATA;
    }
    std::string all;
    for (std::string line; std::getline(file, line) && !HasFatalFailure();) {
      Compare(line);
      all += line + "\n";
    }
    Compare(all);
  }
}

TEST(FormTable, GivesEachFormOneNumber) {
  FormTable table;
  std::vector<FormId> ids;
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    ids.push_back(table.Add("õ" + std::to_string(i)));
    EXPECT_EQ(table.NumberOf(ids.back()), FormTable::kNoNumber);
    table.SetNumber(ids.back(), i);
  }
  EXPECT_EQ(table.Add("õ17"), ids[17]);
  table.Finish();
  EXPECT_EQ(table.size(), 5'000U);
  for (std::uint32_t i = 0; i < 5'000; ++i) {
    const std::string text = "õ" + std::to_string(i);
    ASSERT_EQ(table.Find(text), ids[i]);
    ASSERT_EQ(table.NumberOf(ids[i]), i);
    ASSERT_EQ(table.TextOf(ids[i]), text);
  }
  EXPECT_EQ(table.Find("õ5000"), kNoForm);
  EXPECT_EQ(table.Find("õ"), kNoForm);
  EXPECT_EQ(table.Find(""), kNoForm);
  EXPECT_LT(table.size_bytes(), 5'000U * 30);
}

}  // namespace
}  // namespace sild::terms
