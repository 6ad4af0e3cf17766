#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace sild::matching {

// A word that many others are compared with. Gives what `WordDistance` gives, in O(|other|) steps
// for words of up to 64 letters. Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and
// Damerau edit distances".
class WordPattern {
 public:
  explicit WordPattern(std::u32string letters);

  std::u32string_view letters() const { return letters_; }

  // Returns the distance to `other`, of `other_chars` code points in UTF-8, or any value above
  // `limit` if it is above `limit`.
  std::int32_t Distance(std::string_view other, std::uint32_t other_chars,
                        std::int32_t limit) const;

 private:
  static constexpr std::size_t kSlots = 64;  // At most half of them are taken.

  // Returns the slot of a letter, or the free one where it would stand.
  std::size_t SlotOf(char32_t letter) const {
    std::size_t slot = (letter * 2654435761U) >> 26;  // Knuth's multiplicative hash.
    while (slot_letters_[slot] != letter && slot_letters_[slot] != 0) {
      slot = (slot + 1) % kSlots;
    }
    return slot;
  }

  std::u32string letters_;
  bool is_slow_ = false;  // Too long, or too many different letters.
  std::array<char32_t, kSlots> slot_letters_{};
  std::array<std::uint64_t, kSlots> slot_positions_{};  // In the word, a bit for each.
};

}  // namespace sild::matching
