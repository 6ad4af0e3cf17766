#include "server/terms/consistency.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "server/terms/term_text.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

// Terms of one shape may stand for each other.
enum class Shape : std::uint8_t { kFull, kAbbreviated, kShort };

Shape ShapeOf(const Term& term) {
  switch (term.type) {
    case TermType::kAcronym:
    case TermType::kAbbreviation:
      return Shape::kAbbreviated;
    case TermType::kShortForm:
      return Shape::kShort;
    case TermType::kFullForm:
    case TermType::kVariant:
      break;
  }
  // Many glossaries do not say what is an acronym.
  return ReadTermWord(term.text).is_acronym ? Shape::kAbbreviated : Shape::kFull;
}

std::set<std::string, std::less<>> WordsOf(const Term& term) {
  std::set<std::string, std::less<>> words;
  const TermText text = ReadTermText(term.text);
  for (const TermToken& token : text.tokens) {
    words.emplace(text.Folded(token));
  }
  return words;
}

bool AreAlternatives(const Term& a, const Term& b) {
  if (ShapeOf(a) != ShapeOf(b)) {
    return false;
  }
  const auto words_a = WordsOf(a);
  const auto words_b = WordsOf(b);
  return !std::includes(words_a.begin(), words_a.end(), words_b.begin(), words_b.end()) &&
         !std::includes(words_b.begin(), words_b.end(), words_a.begin(), words_a.end());
}

}  // namespace

bool ConsistencyCheck::Add(const TermUse& use, std::size_t place) {
  Uses& uses = uses_[{use.entry, use.source_term}][use.target_term];
  ++uses.count;
  if (uses.places.size() >= kMaxPlacesOfUse) {
    return false;
  }
  uses.places.push_back(place);
  return true;
}

std::vector<Inconsistency> ConsistencyCheck::Findings() const {
  std::vector<Inconsistency> findings;
  for (const auto& [translated, terms] : uses_) {
    // Of terms in this order each is right, unless one before it is an alternative.
    std::vector<std::pair<const Term*, const Uses*>> order;
    for (const auto& [term, uses] : terms) {
      order.emplace_back(term, &uses);
    }
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      const auto rank = [](const auto& used) {
        return std::tuple(used.first->status != TermStatus::kPreferred, -used.second->count,
                          used.second->places.front());
      };
      return rank(a) < rank(b);
    });
    for (auto used = order.begin(); used != order.end(); ++used) {
      const auto right = std::find_if(order.begin(), used, [&](const auto& other) {
        return AreAlternatives(*other.first, *used->first);
      });
      if (right == used) {
        continue;
      }
      for (const std::size_t place : used->second->places) {
        findings.push_back(
            {place, translated.first, used->first, right->first, used->second->count});
      }
    }
  }
  std::sort(findings.begin(), findings.end(),
            [](const auto& a, const auto& b) { return a.place < b.place; });
  return findings;
}

}  // namespace sild::terms
