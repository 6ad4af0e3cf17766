#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "server/matching/concordance_query.h"
#include "server/matching/vocabulary.h"

namespace sild::matching {

// What some token of each text must be like that has a substring.
struct SubstringPart {
  enum class Kind : std::uint8_t { kWord, kWordOrNumber, kPunctuation };

  Kind kind = Kind::kWord;
  std::string text;  // Of words and numbers a pattern; of punctuation a character that is in it.

  friend bool operator==(const SubstringPart&, const SubstringPart&) = default;
};

// Parts of the substring's text of which a text must have each. `tags`: if there are any, one of
// them must be there as well.
struct SubstringWay {
  std::vector<SubstringPart> parts;
  std::vector<FoldedKey> tags;
};

// Returns the ways in which a text may have the substring of `query`: all of it in words, numbers
// and punctuation, or some of it in tags, by where a tag lies. Each text that has it has one of
// them; one that has one need not have it. About 0.1 µs a tag of the vocabulary. Ends early once
// `is_cancelled` (may be empty) returns true: then ways are missing.
std::vector<SubstringWay> WaysOf(const ConcordanceQuery& query, const Vocabulary& vocabulary,
                                 const std::function<bool()>& is_cancelled);

}  // namespace sild::matching
