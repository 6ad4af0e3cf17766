#include "server/terms/paradigm_guess.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

constexpr std::size_t kLongestEnding = 5;

// Fewer lemmas prove nothing; short endings need more of them.
std::size_t MinLemmas(std::size_t ending_chars) { return ending_chars >= 3 ? 3 : 10; }

constexpr std::size_t kMaxSets = 3;
constexpr double kMinShare = 0.15;

bool IsLessFromEnd(std::string_view a, std::string_view b) {
  const auto is_less = [](char x, char y) {
    return static_cast<unsigned char>(x) < static_cast<unsigned char>(y);
  };
  return std::lexicographical_compare(a.rbegin(), a.rend(), b.rbegin(), b.rend(), is_less);
}

// Eight bytes of a word, those behind which `skipped` more stand, read from its end as a number,
// which is less if the word is, or the same.
std::uint64_t LastBytes(std::string_view word, std::size_t skipped) {
  std::uint64_t bytes = 0;
  for (std::size_t i = skipped + 1; i <= skipped + sizeof(bytes); ++i) {
    bytes =
        bytes << 8 | (i <= word.size() ? static_cast<unsigned char>(word[word.size() - i]) : 0U);
  }
  return bytes;
}

// The last `chars` characters of `word`; nothing unless two more are before them.
std::string_view Ending(std::string_view word, std::size_t chars) {
  std::string_view rest = word;
  for (std::size_t i = 0; i < chars; ++i) {
    rest = WithoutLast(rest);
  }
  return WithoutLast(rest).empty() ? std::string_view() : word.substr(rest.size());
}

}  // namespace

ParadigmGuess::ParadigmGuess(const Dictionary& dictionary) : dictionary_(dictionary) {
  struct Place {
    std::uint64_t last = 0;
    std::uint64_t before_last = 0;
    std::uint32_t entry = 0;
  };
  std::vector<Place> order;
  order.reserve(dictionary.size());
  for (std::size_t i = 0; i < dictionary.size(); ++i) {
    const DictionaryEntry entry = dictionary.Entry(i);
    if (!entry.paradigms.empty()) {
      order.push_back(
          {LastBytes(entry.lemma, 0), LastBytes(entry.lemma, 8), static_cast<std::uint32_t>(i)});
    }
  }
  std::sort(order.begin(), order.end(), [&](const Place& a, const Place& b) {
    return std::tie(a.last, a.before_last) != std::tie(b.last, b.before_last)
               ? std::tie(a.last, a.before_last) < std::tie(b.last, b.before_last)
               : IsLessFromEnd(dictionary.Entry(a.entry).lemma, dictionary.Entry(b.entry).lemma);
  });
  by_ending_.reserve(order.size());
  for (const Place& place : order) {
    by_ending_.push_back(place.entry);
  }
}

ParadigmGuess::Range ParadigmGuess::WithEnding(std::string_view ending) const {
  const auto begin = std::partition_point(
      by_ending_.begin(), by_ending_.end(),
      [&](std::uint32_t index) { return IsLessFromEnd(dictionary_.Entry(index).lemma, ending); });
  const auto end = std::partition_point(begin, by_ending_.end(), [&](std::uint32_t index) {
    return dictionary_.Entry(index).lemma.ends_with(ending);
  });
  return {static_cast<std::size_t>(begin - by_ending_.begin()),
          static_cast<std::size_t>(end - by_ending_.begin())};
}

std::vector<ParadigmGuess::Paradigms> ParadigmGuess::CommonParadigms(const Range& range,
                                                                     bool has_capital,
                                                                     std::size_t min_lemmas) const {
  std::map<Paradigms, std::size_t> uses;
  std::size_t lemmas = 0;
  for (std::size_t i = range.begin; i < range.end; ++i) {
    const DictionaryEntry entry = dictionary_.Entry(by_ending_[i]);
    if (entry.has_capital == has_capital) {
      ++uses[{entry.paradigms.begin(), entry.paradigms.end()}];
      ++lemmas;
    }
  }
  if (lemmas < min_lemmas) {
    return {};
  }
  std::vector<std::pair<std::size_t, Paradigms>> common;
  for (const auto& [paradigms, count] : uses) {
    if (static_cast<double>(count) >= kMinShare * static_cast<double>(lemmas)) {
      common.emplace_back(count, paradigms);
    }
  }
  std::stable_sort(common.begin(), common.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  common.resize(std::min(common.size(), kMaxSets));
  std::vector<Paradigms> result;
  for (auto& [count, paradigms] : common) {
    result.push_back(std::move(paradigms));
  }
  return result;
}

std::vector<std::string> ParadigmGuess::Forms(std::string_view word, bool has_capital) const {
  std::vector<std::string> forms;
  for (std::size_t chars = kLongestEnding; chars > 0 && forms.empty(); --chars) {
    const std::string_view ending = Ending(word, chars);
    if (ending.empty()) {
      continue;
    }
    const Range range = WithEnding(ending);
    for (const Paradigms& paradigms : CommonParadigms(range, has_capital, MinLemmas(chars))) {
      for (const std::uint16_t paradigm : paradigms) {
        dictionary_.AppendForms(word, paradigm, forms);
      }
    }
  }
  return forms;
}

}  // namespace sild::terms
