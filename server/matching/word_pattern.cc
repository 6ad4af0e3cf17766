#include "server/matching/word_pattern.h"

#include <utility>

#include "server/matching/char_distance.h"
#include "server/text/utf8.h"

namespace sild::matching {
namespace {

constexpr std::size_t kBits = 64;

}  // namespace

WordPattern::WordPattern(std::u32string letters) : letters_(std::move(letters)) {
  is_slow_ = letters_.empty() || letters_.size() > kBits;
  std::size_t different = 0;
  for (std::size_t i = 0; i < letters_.size() && !is_slow_; ++i) {
    const std::size_t slot = SlotOf(letters_[i]);
    different += slot_positions_[slot] == 0 ? 1 : 0;
    is_slow_ = different > kSlots / 2 || letters_[i] == 0;
    slot_letters_[slot] = letters_[i];
    slot_positions_[slot] |= std::uint64_t{1} << i;
  }
}

std::int32_t WordPattern::Distance(std::string_view other, std::uint32_t other_chars,
                                   std::int32_t limit) const {
  if (is_slow_) {
    return WordDistance(letters_, text::ToUtf32(other), limit);
  }
  const std::uint64_t last = std::uint64_t{1} << (letters_.size() - 1);
  std::uint64_t plus = ~std::uint64_t{0};
  std::uint64_t minus = 0;
  std::uint64_t diagonal = 0;
  std::uint64_t match_before = 0;
  auto distance = static_cast<std::int32_t>(letters_.size());
  auto left = static_cast<std::int32_t>(other_chars);
  for (std::size_t at = 0; at < other.size();) {
    const char32_t c = text::NextChar(other, at);
    const std::uint64_t match = slot_positions_[SlotOf(c)];
    const std::uint64_t swapped = ((~diagonal & match) << 1) & match_before;
    diagonal = (((match & plus) + plus) ^ plus) | match | minus | swapped;
    std::uint64_t across_plus = minus | ~(diagonal | plus);
    std::uint64_t across_minus = diagonal & plus;
    distance += (across_plus & last) != 0 ? 1 : (across_minus & last) != 0 ? -1 : 0;
    if (distance - --left > limit) {  // Each letter that is left takes off at most one.
      return limit + 1;
    }
    across_plus = across_plus << 1 | 1;
    across_minus <<= 1;
    plus = across_minus | ~(diagonal | across_plus);
    minus = diagonal & across_plus;
    match_before = match;
  }
  return distance;
}

}  // namespace sild::matching
