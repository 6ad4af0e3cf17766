#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace sild::bench {

// Makes texts from real ones so that common and rare words, and families of near texts, stay as
// they are in a grown memory: 45 % go over from one text to another at a word that both have; in
// 35 % one to three words are replaced by others that follow the same word somewhere; in 20 %
// numbers, endings or letters change. The same seed makes the same texts.
class RecombinedText {
 public:
  // `texts` must outlive the object.
  RecombinedText(const std::vector<std::string>& texts, std::uint64_t seed);

  std::string Next();

 private:
  using Place = std::pair<std::uint32_t, std::uint32_t>;  // A text, and a word in it.

  std::size_t Number(std::size_t end) { return random_() % end; }
  std::string_view WordAt(Place place) const { return words_[place.first][place.second]; }
  const Place& AnyPlaceOf(std::string_view word);
  std::string Crossed(std::uint32_t text);
  std::string Replaced(std::uint32_t text);
  std::string Changed(std::uint32_t text);
  std::string ChangedWord(std::string_view word, std::size_t kind);

  std::vector<std::vector<std::string_view>> words_;  // By text.
  std::unordered_map<std::string_view, std::vector<Place>> places_;
  std::mt19937_64 random_;
};

// Returns `text` with one or two letters deleted, exchanged or swapped.
std::string Misspelt(std::string_view text, std::mt19937_64& random);

}  // namespace sild::bench
