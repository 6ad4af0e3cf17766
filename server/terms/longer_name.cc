#include "server/terms/longer_name.h"

#include <algorithm>
#include <cstddef>

namespace sild::terms {
namespace {

constexpr std::string_view kCurrencySigns[] = {"$", "€", "£", "¥", "₽"};

// From this share of words with capitals on a text is taken for a heading.
constexpr std::size_t kHeadingPercent = 60;

bool IsAcronym(const TermToken& token) {
  return token.letters > 1 && token.leading_capitals == token.letters;
}

using Tokens = std::vector<TermToken>::const_iterator;

std::ptrdiff_t CountCapitals(Tokens begin, Tokens end) {
  return std::count_if(begin, end, [](const TermToken& token) { return token.has_capital; });
}

bool IsHeading(const std::vector<TermToken>& tokens) {
  const auto words = std::count_if(tokens.begin(), tokens.end(),
                                   [](const TermToken& token) { return !token.is_symbol; });
  const auto capitals = CountCapitals(tokens.begin(), tokens.end());
  return static_cast<std::size_t>(capitals) * 100 >=
         static_cast<std::size_t>(words) * kHeadingPercent;
}

// Whether a term of the section has more words than `term` and ends with it.
bool HasLongerTerm(const LanguageSection& section, const Term& term) {
  return std::any_of(section.terms.begin(), section.terms.end(), [&](const Term& other) {
    return other.text.size() > term.text.size() && other.text.ends_with(term.text) &&
           other.text[other.text.size() - term.text.size() - 1] == ' ';
  });
}

}  // namespace

LongerNames::LongerNames(std::string_view text, const std::vector<Hit>& hits)
    : read_(ReadTermText(text)), is_heading_(IsHeading(read_.tokens)), hits_(hits) {}

bool LongerNames::HasPart(const Hit& hit) const {
  const auto& tokens = read_.tokens;
  const auto begins = [](const TermToken& token, std::uint32_t at) {
    return token.range.begin < at;
  };
  const auto first = std::lower_bound(tokens.begin(), tokens.end(), hit.range.begin, begins);
  const auto behind = std::lower_bound(first, tokens.end(), hit.range.end, begins);
  if (first == behind) {
    return false;
  }
  const TermToken& last = *(behind - 1);
  if (behind != tokens.end() && behind->joint == Joint::kNothing && behind->is_symbol) {
    const std::string_view sign = read_.Plain(*behind);
    if (std::find(std::begin(kCurrencySigns), std::end(kCurrencySigns), sign) !=
        std::end(kCurrencySigns)) {
      return true;
    }
  }
  const auto capitals = CountCapitals(first, behind);
  const TermText term = ReadTermText(hit.term->text);
  if (capitals == 0 && CountCapitals(term.tokens.begin(), term.tokens.end()) == 1) {
    return true;
  }
  if (capitals != 1 || !last.has_capital || IsAcronym(last) ||
      read_.Plain(last).find('\'') != std::string_view::npos || is_heading_) {
    return false;
  }
  return (behind != tokens.end() && IsOfName(*behind, behind->joint)) ||
         (first != tokens.begin() && IsOfName(*(first - 1), first->joint) &&
          !BeginsSentence(static_cast<std::size_t>(first - tokens.begin()) - 1) &&
          !HasLongerTerm(*hit.section, *hit.term));
}

// Whether a word beside a hit goes on with the name.
bool LongerNames::IsOfName(const TermToken& token, Joint joint) const {
  return (joint == Joint::kSpace || joint == Joint::kHyphen) && token.has_capital &&
         std::none_of(hits_.begin(), hits_.end(), [&](const Hit& hit) {
           return hit.range.begin <= token.range.begin && token.range.end <= hit.range.end;
         });
}

bool LongerNames::BeginsSentence(std::size_t index) const {
  return index == 0 || read_.tokens[index - 1].is_symbol;
}

}  // namespace sild::terms
