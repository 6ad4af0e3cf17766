#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace sild::terms {

// The rules of Estonian stems: what the other stems of a word may be, given its nominative. They
// say too much and are meant to be held against a list of words. All words are folded and not
// empty.

bool EndsInEstonianVowel(std::string_view word);

// Returns the number of syllables of a word, by its runs of vowels.
std::size_t EstonianSyllables(std::string_view word);

// The endings of the cases that are put to a genitive, singular or plural: `riigi|s`, `riikide|s`.
inline constexpr std::string_view kEstonianCases = "sse s st le l lt ks ni na ta ga";

// Returns what may be the genitive of `nominative`: `riigi` for `riik`, `leppe` for `lepe`.
std::set<std::string> EstonianGenitives(std::string_view nominative);

// Returns what may be the plural genitives of a word: `riikide`.
std::set<std::string> EstonianPluralGenitives(std::string_view nominative,
                                              std::string_view genitive);

// Returns `genitive` with its consonant before a sonorant made hard: `sõpra` for `sõbra`. Empty if
// there is none.
std::string EstonianHardened(std::string_view genitive);

// Returns the partitive of a foreign word whose last consonant doubles: `piiskoppi`. Empty if it is
// none.
std::string EstonianDoubled(std::string_view nominative, std::string_view genitive);

// Returns what the stems of the nominative may be, given a genitive: `riik` for `riigi`.
std::set<std::string> EstonianNominatives(std::string_view genitive);

// Returns what the nominative in -e or -s may be whose genitive is the stronger one: `mõte` for
// `mõtte`, `hammas` for `hamba`, `mees` for `mehe`.
std::set<std::string> EstonianWeakNominatives(std::string_view genitive);

// Returns `word`, which ends in a vowel, with the consonant before it made long, as in the short
// illative: `majja`, `jõkke`. Empty if there is no single consonant.
std::string EstonianLengthened(std::string_view word);

}  // namespace sild::terms
