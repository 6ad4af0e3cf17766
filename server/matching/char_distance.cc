#include "server/matching/char_distance.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <vector>

#include "server/text/utf8.h"

namespace sild::matching {
namespace {

constexpr std::size_t kBlockBits = 64;

void TrimCommonEnds(std::u32string_view& a, std::u32string_view& b) {
  const auto [a_end, b_end] = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
  const auto prefix = static_cast<std::size_t>(a_end - a.begin());
  a.remove_prefix(prefix);
  b.remove_prefix(prefix);
  while (!a.empty() && !b.empty() && a.back() == b.back()) {
    a.remove_suffix(1);
    b.remove_suffix(1);
  }
}

// For each character of a pattern, the positions where it stands, as bits.
class PatternBits {
 public:
  explicit PatternBits(std::u32string_view pattern)
      : blocks_((pattern.size() + kBlockBits - 1) / kBlockBits) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      const auto row = rows_.try_emplace(pattern[i], bits_.size()).first->second;
      if (row == bits_.size()) {
        bits_.resize(bits_.size() + blocks_);
      }
      bits_[row + i / kBlockBits] |= std::uint64_t{1} << i % kBlockBits;
    }
    none_.resize(blocks_);
  }

  std::size_t blocks() const { return blocks_; }

  const std::uint64_t* Row(char32_t c) const {
    const auto found = rows_.find(c);
    return found == rows_.end() ? none_.data() : bits_.data() + found->second;
  }

 private:
  std::size_t blocks_;
  std::unordered_map<char32_t, std::size_t> rows_;
  std::vector<std::uint64_t> bits_;
  std::vector<std::uint64_t> none_;
};

// One column of the matrix as vertical differences of +1 and −1, 64 rows a block.
struct Block {
  std::uint64_t plus = ~std::uint64_t{0};
  std::uint64_t minus = 0;
};

// Moves a block one column on. `carry` is the horizontal difference above the block, and becomes
// the one in the row of `last_bit`.
void Advance(Block& block, std::uint64_t match, std::uint64_t last_bit, int& carry) {
  const std::uint64_t negative_carry = carry < 0 ? 1 : 0;
  const std::uint64_t vertical = match | block.minus;
  const std::uint64_t seed = match | negative_carry;
  const std::uint64_t diagonal = (((seed & block.plus) + block.plus) ^ block.plus) | seed;
  std::uint64_t plus = block.minus | ~(diagonal | block.plus);
  std::uint64_t minus = block.plus & diagonal;
  const int next_carry = (plus & last_bit) != 0 ? 1 : (minus & last_bit) != 0 ? -1 : 0;
  plus = plus << 1 | (carry > 0 ? 1 : 0);
  minus = minus << 1 | negative_carry;
  block.plus = minus | ~(vertical | plus);
  block.minus = plus & vertical;
  carry = next_carry;
}

}  // namespace

std::int32_t WordDistance(std::u32string_view a, std::u32string_view b, std::int32_t limit) {
  TrimCommonEnds(a, b);
  const auto rows = static_cast<std::int32_t>(a.size());
  const auto columns = static_cast<std::int32_t>(b.size());
  if (std::abs(rows - columns) > limit) {
    return limit + 1;
  }
  const std::size_t width = b.size() + 1;
  std::vector<std::int32_t> before(width);
  std::vector<std::int32_t> last(width);
  std::vector<std::int32_t> current(width);
  for (std::size_t j = 0; j < width; ++j) {
    last[j] = static_cast<std::int32_t>(j);
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    current[0] = static_cast<std::int32_t>(i);
    std::int32_t least = current[0];
    for (std::size_t j = 1; j < width; ++j) {
      std::int32_t cost = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      cost = std::min({cost, last[j] + 1, current[j - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        cost = std::min(cost, before[j - 2] + 1);
      }
      current[j] = cost;
      least = std::min(least, cost);
    }
    if (least > limit + 1) {  // A swap reaches back two rows, for one edit.
      return limit + 1;
    }
    before.swap(last);
    last.swap(current);
  }
  return std::min(last.back(), limit + 1);
}

std::int32_t CharDistance(std::u32string_view a, std::u32string_view b) {
  TrimCommonEnds(a, b);
  if (a.empty() || b.empty()) {
    return static_cast<std::int32_t>(a.size() + b.size());
  }
  if (a.size() > b.size()) {
    std::swap(a, b);  // The shorter one needs fewer blocks.
  }
  const PatternBits pattern(a);
  std::vector<Block> column(pattern.blocks());
  const std::uint64_t last_row = std::uint64_t{1} << (a.size() - 1) % kBlockBits;
  constexpr std::uint64_t kTop = std::uint64_t{1} << (kBlockBits - 1);
  auto distance = static_cast<std::int32_t>(a.size());
  for (const char32_t c : b) {
    const std::uint64_t* match = pattern.Row(c);
    int carry = 1;  // The first row counts up: the whole of `b` must be matched.
    for (std::size_t i = 0; i < column.size(); ++i) {
      Advance(column[i], match[i], i + 1 == column.size() ? last_row : kTop, carry);
    }
    distance += carry;
  }
  return distance;
}

std::u32string JoinedTokens(const text::TokenizedText& text) {
  std::u32string joined;
  joined.reserve(text.normal.size());
  for (const text::Token& token : text.tokens) {
    if (!joined.empty()) {
      joined += U' ';
    }
    const std::string_view surface = text.Surface(token);
    for (std::size_t at = 0; at < surface.size();) {
      joined += text::NextChar(surface, at);
    }
  }
  return joined;
}

}  // namespace sild::matching
