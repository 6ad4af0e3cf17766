#include "tests/bench/recombined_text.h"

#include <array>

#include "server/text/utf8.h"

namespace sild::bench {
namespace {

constexpr std::size_t kMinBytes = 3;
constexpr std::size_t kMaxBytes = 1500;

std::vector<std::string_view> WordsOf(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    if (end > 0) {
      words.push_back(text.substr(0, end));
    }
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return words;
}

template <typename Words>
std::string Joined(const Words& words) {
  std::string text;
  for (const auto& word : words) {
    text += text.empty() ? "" : " ";
    text += word;
  }
  return text;
}

std::string ToUtf8(std::u32string_view letters) {
  std::string text;
  for (const char32_t c : letters) {
    text::AppendChar(c, text);
  }
  return text;
}

}  // namespace

RecombinedText::RecombinedText(const std::vector<std::string>& texts, std::uint64_t seed)
    : random_(seed) {
  for (const std::string& text : texts) {
    words_.push_back(WordsOf(text));
    const auto number = static_cast<std::uint32_t>(words_.size() - 1);
    for (std::uint32_t i = 0; i < words_.back().size(); ++i) {
      places_[words_.back()[i]].emplace_back(number, i);
    }
  }
}

const RecombinedText::Place& RecombinedText::AnyPlaceOf(std::string_view word) {
  const std::vector<Place>& places = places_.find(word)->second;
  return places[Number(places.size())];
}

std::string RecombinedText::Next() {
  while (true) {
    const auto number = static_cast<std::uint32_t>(Number(words_.size()));
    const std::size_t count = words_[number].size();
    if (count == 0 || (count < 3 && Number(3) != 0)) {
      continue;
    }
    const std::size_t kind = Number(100);
    std::string text = count < 2 || kind >= 80 ? Changed(number)
                       : kind < 45             ? Crossed(number)
                                               : Replaced(number);
    if (text.size() >= kMinBytes && text.size() <= kMaxBytes) {
      return text;
    }
  }
}

std::string RecombinedText::Crossed(std::uint32_t number) {
  const std::vector<std::string_view>& from = words_[number];
  const std::size_t at = Number(from.size());
  const Place to = AnyPlaceOf(from[at]);
  std::vector<std::string_view> words(from.begin(),
                                      from.begin() + static_cast<std::ptrdiff_t>(at + 1));
  words.insert(words.end(), words_[to.first].begin() + to.second + 1, words_[to.first].end());
  return to.first == number ? "" : Joined(words);
}

std::string RecombinedText::Replaced(std::uint32_t number) {
  std::vector<std::string_view> words = words_[number];
  for (std::size_t left = 1 + Number(3); left > 0; --left) {
    const std::size_t at = 1 + Number(words.size() - 1);
    Place place = AnyPlaceOf(words_[number][at - 1]);
    if (++place.second < words_[place.first].size()) {
      words[at] = WordAt(place);
    }
  }
  return Joined(words);
}

std::string RecombinedText::Changed(std::uint32_t number) {
  const std::size_t kind = Number(20);
  std::vector<std::string> words;
  for (const std::string_view word : words_[number]) {
    words.push_back(Number(4) == 0 ? ChangedWord(word, kind) : std::string(word));
  }
  if (Number(5) == 0) {
    words.push_back(std::to_string(Number(1000)));
  }
  return Joined(words);
}

std::string RecombinedText::ChangedWord(std::string_view word, std::size_t kind) {
  static constexpr std::array<std::string_view, 11> kEndings = {
      "s", "id", "ing", "ed", "ile", "ose", "ga", "ai", "ams", "ов", "ам"};
  std::u32string letters = text::ToUtf32(word);
  if (letters.size() <= 4) {
    return std::string(word);
  }
  if (kind < 8) {
    for (char32_t& c : letters) {
      c = c >= '0' && c <= '9' ? static_cast<char32_t>('0' + Number(10)) : c;
    }
  } else if (kind < 17) {
    return std::string(word) +
           std::string(Number(6) == 0 ? kEndings[Number(kEndings.size())] : std::string_view());
  } else {
    letters[Number(letters.size())] = static_cast<char32_t>('a' + Number(26));
  }
  return ToUtf8(letters);
}

std::string Misspelt(std::string_view text, std::mt19937_64& random) {
  std::u32string letters = text::ToUtf32(text);
  for (std::size_t left = 1 + random() % 2; left > 0 && letters.size() > 3; --left) {
    const std::size_t at = random() % (letters.size() - 1);
    switch (random() % 3) {
      case 0:
        letters.erase(at, 1);
        break;
      case 1:
        letters[at] = static_cast<char32_t>('a' + random() % 26);
        break;
      default:
        std::swap(letters[at], letters[at + 1]);
    }
  }
  return ToUtf8(letters);
}

}  // namespace sild::bench
