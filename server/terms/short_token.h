#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include <nmmintrin.h>

#include "server/terms/char_kinds.h"

namespace sild::terms {

// A token of at most 15 bytes in one register. Words have all lengths, and a loop that ends at each
// of them is what a processor foresees worst: these are read, folded, hashed and compared without
// one. Not initialized unless asked for.
struct ShortToken {
  static constexpr std::size_t kMaxBytes = 15;
  static constexpr std::size_t kReadBytes = 16;  // Must be readable wherever one is read.

  __m128i bytes;  // Filled up with NUL.
  std::size_t size;

  // Returns the first `size` bytes, at most 15, of the `kReadBytes` at `text`.
  static ShortToken At(const char* text, std::size_t size) {
    static constexpr std::array<char, 2 * kReadBytes> kMask = {-1, -1, -1, -1, -1, -1, -1, -1,
                                                               -1, -1, -1, -1, -1, -1, -1, -1};
    return {_mm_and_si128(Load(text), Load(&kMask[kReadBytes - size])), size};
  }

  // Returns what stands at `text`, where a token begins, before the first character that ends every
  // token and neither changes nor joins the one before it: ASCII, but no letter, digit or `_`, nor
  // an apostrophe or hyphen. That character itself if nothing does; empty if it is more than 15
  // bytes.
  static ShortToken RunAt(const char* text) {
    const std::size_t end = FirstOther("09AZaz__''``--\x80\xFF", Load(text));
    return end > kMaxBytes ? ShortToken{_mm_setzero_si128(), 0} : At(text, end == 0 ? 1 : end);
  }

  // Where the first byte stands that is in none of the ranges, 8 at most, or 16. NUL is in none.
  static std::size_t FirstOther(const char (&ranges)[kReadBytes + 1], __m128i bytes) {
    constexpr int kMode = _SIDD_UBYTE_OPS | _SIDD_CMP_RANGES | _SIDD_NEGATIVE_POLARITY;
    return static_cast<std::size_t>(_mm_cmpistri(Load(ranges), bytes, kMode));
  }

  static __m128i Load(const char* from) {
    return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from));
  }

  std::uint64_t First() const { return static_cast<std::uint64_t>(_mm_cvtsi128_si64(bytes)); }
  std::uint64_t Last() const { return static_cast<std::uint64_t>(_mm_extract_epi64(bytes, 1)); }

  // A bit for each byte: whether it is the same.
  unsigned BytesEqual(__m128i other) const {
    return static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, other)));
  }
};

// A token without case, as `TermText::Folded` would have it.
struct FoldedToken {
  ShortToken folded;
  bool has_capital = false;  // The first letter was one.
};

// Folds a run if it is one token, all letters of one or two bytes, digits and `_`, none rare, not
// of both scripts, and as long when folded. Nothing otherwise: then it is to be read letter by
// letter.
std::optional<FoldedToken> FoldPlainRun(const ShortToken& run, const CharKinds& kinds);

// The hash of a folded token: of its bytes, filled up with NUL to a multiple of 16. All its bits
// are good.
constexpr std::uint64_t kHashSeed = 0x9AE16A3B2F90404F;
constexpr std::uint64_t AddToHash(std::uint64_t hash, std::uint64_t bytes) {
  return (hash ^ bytes) * 0x9E3779B97F4A7C15;
}
constexpr std::uint64_t FinishHash(std::uint64_t hash) {
  hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93;
  return hash ^ hash >> 32;
}
inline std::uint64_t HashOf(const ShortToken& folded) {
  return FinishHash(AddToHash(AddToHash(kHashSeed, folded.First()), folded.Last()));
}
std::uint64_t HashOf(std::string_view folded);

}  // namespace sild::terms
