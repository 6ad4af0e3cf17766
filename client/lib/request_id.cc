#include "client/lib/request_id.h"

#include <array>
#include <cstdint>
#include <random>
#include <string_view>

namespace sild::client {
namespace {

constexpr std::string_view kDigits = "0123456789abcdef";

}  // namespace

std::string NewRequestId() {
  // The system's source of randomness, so that two processes that start together differ.
  std::random_device random;
  std::array<std::uint32_t, 4> words = {random(), random(), random(), random()};
  words[1] = (words[1] & 0xffff0fffU) | 0x00004000U;  // Version 4.
  words[2] = (words[2] & 0x3fffffffU) | 0x80000000U;  // The variant of RFC 4122.
  std::string id;
  id.reserve(36);
  for (int digit = 0; digit < 32; ++digit) {
    if (digit == 8 || digit == 12 || digit == 16 || digit == 20) {
      id += '-';
    }
    const std::uint32_t word = words[static_cast<std::size_t>(digit / 8)];
    id += kDigits[(word >> (28 - 4 * (digit % 8))) & 0xfU];
  }
  return id;
}

}  // namespace sild::client
