#pragma once

#include <array>
#include <cstdint>
#include <memory>

namespace sild::text {

// What a character is to the tokenizer.
enum class CharClass : std::uint8_t {
  kPunctuation = 0,  // Anything not below.
  kSpace = 1,        // White_Space, and what cannot be seen: U+200B, U+2060, U+FEFF, bidi controls.
  kLetter = 2,       // Letters and letter numbers.
  kMark = 3,         // Combining marks.
  kDigit = 4,        // Decimal digits.
  kSyllable =
      5,      // Letters of scripts written without spaces: Han, kana, Thai, Lao, Khmer, Myanmar.
  kLink = 6,  // U+200C and U+200D: in the middle of words, invisible.
};

// The traits and the simple case folding of every character, made from ICU once, so that scanning
// costs one load a character.
class CharTable {
 public:
  // The table of the process. Making it takes a few milliseconds, at the first call.
  static const CharTable& Get();

  CharClass ClassOf(char32_t c) const { return static_cast<CharClass>(TraitsOf(c) & kClassMask); }

  // Whether `c` belongs to the character before it, as marks, joiners and emoji modifiers do
  // (UAX #29, Extend, SpacingMark and ZWJ).
  bool ExtendsCluster(char32_t c) const { return (TraitsOf(c) & kExtends) != 0; }

  // Whether a joiner glues `c` to the pictograph before it.
  bool IsPictograph(char32_t c) const { return (TraitsOf(c) & kPictograph) != 0; }

  // Whether a text is in normal form C if all its characters are such: those that neither compose
  // with one before nor move among marks (NFC_Quick_Check is Yes and the combining class is 0).
  bool IsNfcInert(char32_t c) const { return (TraitsOf(c) & kNfcActive) == 0; }

  // Whether `c` makes a flag with another one.
  bool IsRegionalIndicator(char32_t c) const { return c >= 0x1F1E6 && c <= 0x1F1FF; }

  // Returns the simple case folding of `c`.
  char32_t FoldCase(char32_t c) const { return c < kTabled ? fold_[c] : FoldRare(c); }

 private:
  static constexpr char32_t kTabled = 0x10000;
  static constexpr std::uint8_t kClassMask = 7;
  static constexpr std::uint8_t kExtends = 8;
  static constexpr std::uint8_t kPictograph = 16;
  static constexpr std::uint8_t kNfcActive = 32;

  CharTable();
  static std::uint8_t TraitsOfRare(char32_t c);
  static char32_t FoldRare(char32_t c);
  std::uint8_t TraitsOf(char32_t c) const { return c < kTabled ? traits_[c] : TraitsOfRare(c); }

  std::array<std::uint8_t, kTabled> traits_;
  std::array<char16_t, kTabled> fold_;  // No character below 0x10000 folds to one beyond.
};

// Whether `c` has the Unicode property White_Space.
constexpr bool IsWhiteSpace(char32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

}  // namespace sild::text
