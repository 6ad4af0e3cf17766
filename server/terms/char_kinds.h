#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "server/text/char_table.h"

namespace sild::terms {

// Whether recognition passes over `c`: stress marks, soft hyphens and what cannot be seen.
bool IsDropped(const text::CharTable& table, char32_t c);

// Returns `c`, or what stands for it and its like: ё is е, all apostrophes are `'`, all hyphens
// `-`.
char32_t Unified(char32_t c);

// What a character is to the scan of a text.
struct CharKind {
  static constexpr std::uint8_t kWord = 1;  // Of words: a letter, mark or digit, or `_`.
  static constexpr std::uint8_t kCapital = 2;
  static constexpr std::uint8_t kSpace = 4;  // Ends a word and joins it to the next.
  static constexpr std::uint8_t kLatin = 8;
  static constexpr std::uint8_t kCyrillic = 16;
  static constexpr std::uint8_t kLetter = 32;
  static constexpr std::uint8_t kRare = 64;  // Not for the scan; see `CharKinds`.

  char16_t folded = 0;  // Unified and without case.
  std::uint8_t bits = 0;

  bool Is(std::uint8_t bit) const { return (bits & bit) != 0; }
};

// The kinds of all characters, so that scanning costs one load a character. Rare are those that a
// text is to be read exactly for (`ReadTermText`): what is dropped, what may not be in normal form
// C, letters of scripts without spaces, and what lies beyond U+FFFF.
class CharKinds {
 public:
  // The table of the process. Making it takes a few milliseconds, at the first call.
  static const CharKinds& Get();

  const CharKind& operator[](char32_t c) const { return c < kTabled ? kinds_[c] : kRareKind; }

 private:
  static constexpr char32_t kTabled = 0x10000;
  static constexpr CharKind kRareKind = {0, CharKind::kRare};

  CharKinds();

  std::array<CharKind, kTabled> kinds_;
};

// Returns `word` as `TermText::Folded` would have it if it is one token without rare characters;
// otherwise nothing is promised but that it is empty.
std::string FoldPlainWord(std::string_view word);

// Whether `text`, a token without rare characters, is `folded` once it is folded.
bool FoldsTo(std::string_view text, std::string_view folded);

// Returns the folded token in the one script, Latin or Cyrillic, that most of its letters are of:
// letters that look alike are replaced. Of a tie, Cyrillic. Empty if a letter of the other script
// looks like none.
std::string InOneScript(std::string_view folded);

}  // namespace sild::terms
