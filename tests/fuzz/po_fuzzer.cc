// Reads any bytes as a catalogue.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "tests/fuzz/pairs_check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sild::fuzz::CheckPairs(
      {reinterpret_cast<const char*>(data), size},
      [](sild::formats::PairSink& sink) { return sild::formats::NewPoReader({}, sink); });
  return 0;
}
