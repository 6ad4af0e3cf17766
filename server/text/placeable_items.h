#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::text {

// What a text is cut into to find numbers and dates in it. Between two items stand white space and
// punctuation.
struct PlaceableItem {
  enum class Type : std::uint8_t {
    kDigits,      // A run of decimal digits.
    kWord,        // Letters, or letters at either end of digits.
    kCode,        // A word with digits that is carried over as a whole.
    kNumeral,     // XXI.
    kIdentifier,  // See `FindIdentifiers`.
    kAddress,     // And placeholders: found before.
    kPlaceholder,
  };
  Type type = Type::kWord;
  ByteRange range;       // In the text that was cut.
  std::string text;      // ASCII digits; of a word the folded form; of a numeral in Latin letters;
                         // of an identifier without its marks; otherwise as it stands.
  char32_t zero = U'0';  // Of digits: the zero of their script.
  bool is_capital = false;  // Of a word: its first letter is not as in the folded form.
};

// Cuts `text`, which must be UTF-8 in normal form C. O(n).
std::vector<PlaceableItem> CutPlaceableItems(std::string_view text);

}  // namespace sild::text
