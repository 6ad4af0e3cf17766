#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::text {

enum class TokenClass : std::uint8_t { kWord, kNumber, kTag, kPunctuation };

// A piece of a text that is compared as a whole.
struct Token {
  TokenClass token_class = TokenClass::kWord;
  ByteRange range;                 // In the text as sent.
  ByteRange surface;               // In `TokenizedText::normal`.
  ByteRange folded;                // In `TokenizedText::folded`.
  std::uint32_t folded_chars = 0;  // Code points in `folded`.
};

// A text cut into tokens, in order and without overlap; what lies between them is white space and
// what cannot be seen.
struct TokenizedText {
  std::string normal;  // The normal form C of the text.
  std::string folded;  // The folded forms of all tokens, one after another.
  std::vector<Token> tokens;

  // The token as it stands in the text, in normal form C. Valid as long as this object.
  std::string_view Surface(const Token& token) const { return Cut(normal, token.surface); }

  // The form in which tokens are the same but for case, kind of quote or dash, `...` or `…`, stress
  // marks (U+0301 that has no composed form), soft hyphens and joiners. Never empty.
  std::string_view Folded(const Token& token) const { return Cut(folded, token.folded); }

 private:
  static std::string_view Cut(const std::string& text, ByteRange range) {
    return std::string_view(text).substr(range.begin, range.end - range.begin);
  }
};

// Cuts `text`, which must be UTF-8, into tokens, without a call to ICU for
// characters below U+10000:
// - white space, and what cannot be seen, separates;
// - tags and placeholders in the text: see `PlaceholderLength`;
// - a word or number is a run of letters, marks and decimal digits. `' ’ & _ ~`, soft hyphen,
// U+02BC
//   and the joiners U+200C and U+200D hold it together if a letter or digit follows; in a number so
//   do `. , :` and the no-break spaces before a digit. One with a letter is a word. Hyphens split;
// - of Han, kana, Thai, Lao, Khmer and Myanmar letters each grapheme cluster is a word;
// - anything else is punctuation. A run of the same character, or of the same emoji of several
//   characters, is one token.
TokenizedText Tokenize(std::string_view text);

// Returns what stands for a character in the folded form of a word; 0 if it is set aside.
char32_t TokenForm(char32_t c);

}  // namespace sild::text
