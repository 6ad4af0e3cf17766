#pragma once

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <random>
#include <string>
#include <string_view>

// Ends the process, which is how a fuzzer learns that `condition` does not hold.
#define FUZZ_CHECK(condition)                                                             \
  do {                                                                                    \
    if (!(condition)) {                                                                   \
      std::fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition); \
      std::abort();                                                                       \
    }                                                                                     \
  } while (false)

namespace sild::fuzz {

// The sizes of the pieces in which a text is pushed.
class Pieces {
 public:
  // All at once.
  static Pieces Whole() { return Pieces(0, true); }

  // Of one to sixteen bytes; always the same for the same text.
  static Pieces Of(std::string_view text) {
    return Pieces(std::hash<std::string_view>()(text), false);
  }

  // The size of the next piece, at most `left`.
  std::size_t Next(std::size_t left) {
    return is_whole_ ? left : std::min<std::size_t>(left, 1 + random_() % 16);
  }

 private:
  Pieces(std::size_t seed, bool is_whole) : random_(seed), is_whole_(is_whole) {}

  std::mt19937_64 random_;
  bool is_whole_;
};

}  // namespace sild::fuzz
