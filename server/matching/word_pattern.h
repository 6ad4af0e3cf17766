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
  struct Slot {
    char32_t letter = 0;
    std::uint64_t positions = 0;
  };
  static constexpr std::size_t kSlots = 128;

  std::u32string letters_;
  bool is_slow_ = false;  // Too long, or two letters would share a slot.
  std::array<Slot, kSlots> slots_{};
};

}  // namespace sild::matching
