#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/text_offset.h"

namespace sild::terms {

// What stands between a token and the one before it. Only patterns have `kAny`.
enum class Joint : std::uint8_t { kNothing, kSpace, kHyphen, kAny };

// A word or a symbol of a term or a text.
struct TermToken {
  ByteRange range;              // In the text as sent.
  ByteRange folded;             // In `TermText::folded`.
  ByteRange plain;              // In `TermText::plain`.
  Joint joint = Joint::kSpace;  // The first token of a text has `kSpace`.
  bool is_symbol = false;
  bool has_capital = false;   // The first letter is one.
  std::uint32_t letters = 0;  // Code points in `plain`.
  std::uint32_t leading_capitals =
      0;  // Of them, those before the first small letter or apostrophe.
};

// A term or text as recognition sees it.
struct TermText {
  std::string folded;  // The tokens without case.
  std::string plain;   // The tokens with it.
  std::vector<TermToken> tokens;

  std::string_view Folded(const TermToken& token) const {
    return std::string_view(folded).substr(token.folded.begin,
                                           token.folded.end - token.folded.begin);
  }
  std::string_view Plain(const TermToken& token) const {
    return std::string_view(plain).substr(token.plain.begin, token.plain.end - token.plain.begin);
  }
};

// Reads a term or a text, which must be UTF-8, in the same way: in normal form C;
// without stress marks (U+0301), soft hyphens and what cannot be seen; ё as е; all apostrophes as
// `'`; all spaces as one. A word is a run of letters, marks and digits with apostrophes and `_`
// inside; a hyphen between two words joins them; in scripts without spaces each letter is a word;
// any other character is a symbol.
TermText ReadTermText(std::string_view text);

}  // namespace sild::terms
