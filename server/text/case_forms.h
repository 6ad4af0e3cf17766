#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sild::text {

// Returns what case forms a noun may have, given those that CLDR has of it behind numbers, the
// singular first: `miljon`, `miljonit`. In Estonian, Lithuanian and Russian each ending of any
// declension of nouns is put to the stem, so that some of what is returned is no word; in other
// languages `known` is returned. Duplicates are possible. For looking a word up, not for writing
// one.
std::vector<std::string> CaseForms(std::string_view language,
                                   const std::vector<std::string>& known);

// Whether a Russian word that is the singular of a name, in the nominative, is masculine and
// declined as an adjective: `грузинский`, `злотый`.
bool IsRussianAdjective(std::string_view singular);

// The words of `text`, at single spaces.
std::vector<std::string> WordsOf(std::string_view text);

// A name of several words cut at the one that inflects, the last of those that do.
struct InflectedName {
  std::vector<std::string> forms;  // Of that word.
  std::string before;              // With a space behind it. Empty: nothing stands there.
  std::string behind;              // With a space before it.
  bool has_other_inflected = false;
};

// Cuts a name, given in the forms that it has behind numbers. Where no word inflects, it is cut at
// the last. Nothing if the forms have not the same number of words.
std::optional<InflectedName> CutName(const std::vector<std::string>& names);

}  // namespace sild::text
