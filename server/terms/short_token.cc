#include "server/terms/short_token.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace sild::terms {
namespace {

// All bits of the bytes that are between two.
__m128i Between(__m128i bytes, char first, char last) {
  const __m128i above = _mm_sub_epi8(bytes, _mm_set1_epi8(first));
  const __m128i limit = _mm_set1_epi8(static_cast<char>(last - first));
  return _mm_cmpeq_epi8(_mm_min_epu8(above, limit), above);
}

// Folds the characters of two bytes; false if there are others than letters of two bytes, or both
// scripts. What has one byte is folded.
bool FoldPairs(const CharKinds& kinds, FoldedToken& token) {
  __m128i& folded = token.folded.bytes;
  alignas(__m128i) std::array<unsigned char, ShortToken::kReadBytes> bytes;
  _mm_store_si128(reinterpret_cast<__m128i*>(bytes.data()), folded);
  std::uint8_t bits = _mm_movemask_epi8(Between(folded, 'a', 'z')) != 0 ? CharKind::kLatin : 0;
  bool is_changed = false;
  for (auto left = static_cast<unsigned>(_mm_movemask_epi8(folded)); left != 0;) {
    const auto at = static_cast<std::size_t>(std::countr_zero(left));
    if (bytes[at] >= 0xE0) {
      return false;
    }
    left &= ~(3U << at);
    const char32_t c = (bytes[at] & 0x1FU) << 6 | (bytes[at + 1] & 0x3FU);
    const CharKind kind = kinds[c];
    bits |= kind.bits;
    if (!kind.Is(CharKind::kWord) || kind.folded < 0x80 || kind.folded >= 0x800) {
      return false;
    }
    if (kind.folded != c) {
      token.has_capital |= at == 0 && kind.Is(CharKind::kCapital);
      bytes[at] = static_cast<unsigned char>(0xC0 | kind.folded >> 6);
      bytes[at + 1] = static_cast<unsigned char>(0x80 | (kind.folded & 0x3F));
      is_changed = true;
    }
  }
  if (is_changed) {
    folded = _mm_load_si128(reinterpret_cast<const __m128i*>(bytes.data()));
  }
  return (bits & CharKind::kLatin) == 0 || (bits & CharKind::kCyrillic) == 0;
}

}  // namespace

std::optional<FoldedToken> FoldPlainRun(const ShortToken& run, const CharKinds& kinds) {
  if (ShortToken::FirstOther("09AZaz____\x80\xFF\x80\xFF\x80\xFF", run.bytes) != run.size) {
    return std::nullopt;
  }
  const __m128i capitals = Between(run.bytes, 'A', 'Z');
  const __m128i small = _mm_or_si128(run.bytes, _mm_and_si128(capitals, _mm_set1_epi8('a' - 'A')));
  FoldedToken token{{small, run.size}, (_mm_movemask_epi8(capitals) & 1) != 0};
  if (_mm_movemask_epi8(run.bytes) != 0 && !FoldPairs(kinds, token)) {
    return std::nullopt;
  }
  return token;
}

std::uint64_t HashOf(std::string_view folded) {
  std::uint64_t hash = kHashSeed;
  std::size_t at = 0;
  do {
    std::array<std::uint64_t, 2> bytes{};
    std::memcpy(bytes.data(), folded.data() + at, std::min(folded.size() - at, sizeof(bytes)));
    hash = AddToHash(AddToHash(hash, bytes[0]), bytes[1]);
    at += sizeof(bytes);
  } while (at < folded.size());
  return FinishHash(hash);
}

}  // namespace sild::terms
