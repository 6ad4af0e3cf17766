#pragma once

#include <array>
#include <cstddef>
#include <random>
#include <string>
#include <string_view>

namespace sild::test {

// Makes short texts that often have words in common, differ by a letter, by case, by a normal form,
// or only in punctuation: what comparing texts goes wrong on.
class RandomText {
 public:
  explicit RandomText(std::uint32_t seed) : random_(seed) {}

  std::size_t Number(std::size_t end) {
    return std::uniform_int_distribution<std::size_t>(0, end - 1)(random_);
  }

  bool OneIn(std::size_t n) { return Number(n) == 0; }

  std::string Word() {
    static constexpr std::array<std::string_view, 28> kWords = {
        "sild",         "silla",  "sillad",  "Sild",   "jõgi",  "jo\xCC\x83gi",
        "tiltas",       "tilto",  "šalis",   "мост",   "моста", "мосту",
        "мо\xCC\x81ст", "bridge", "bridges", "Bridge", "a",     "of",
        "The",          "the",    "橋",      "7",      "12",    "<b>",
        "%1",           "{n}",    "👍",       "e"};
    return std::string(kWords[Number(kWords.size())]);
  }

  // Up to `max_words` words.
  std::string Sentence(std::size_t max_words) {
    std::string text;
    for (std::size_t i = 0, words = 1 + Number(max_words); i < words; ++i) {
      text += text.empty() ? "" : OneIn(8) ? "  " : OneIn(8) ? "-" : " ";
      text += Word();
      text += OneIn(6) ? "," : "";
    }
    static constexpr std::array<std::string_view, 6> kEnds = {"", "", ".", "...", "…", "!"};
    return text + std::string(kEnds[Number(kEnds.size())]);
  }

 private:
  std::mt19937 random_;
};

}  // namespace sild::test
