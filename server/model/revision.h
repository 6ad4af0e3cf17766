#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sild {

// A point in time; never used for order, which is the revision's work.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

// A position in the one log of changes: epoch · 2⁴⁰ + sequence. A restore raises the epoch. 0:
// none.
struct Revision {
  std::int64_t value = 0;

  std::int64_t epoch() const { return value >> 40; }
  friend auto operator<=>(const Revision&, const Revision&) = default;
};

// The `etag` of a resource that was last written at `revision`: changes whenever the resource does.
std::string EtagOf(Revision revision);

}  // namespace sild
