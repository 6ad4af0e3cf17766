#include "client/lib/metadata.h"

#include <array>
#include <charconv>
#include <cstdlib>

#include <pwd.h>
#include <unistd.h>

namespace sild::client {
namespace {

constexpr std::string_view kDigits = "0123456789ABCDEF";

}  // namespace

std::string PercentEncode(std::string_view text) {
  std::string result;
  for (const char byte : text) {
    if (byte >= ' ' && byte <= '~' && byte != '%') {
      result += byte;
      continue;
    }
    const auto value = static_cast<unsigned char>(byte);
    result += '%';
    result += kDigits[value >> 4];
    result += kDigits[value & 0xf];
  }
  return result;
}

std::int64_t ParseRevision(std::string_view text) {
  std::int64_t revision = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, revision);
  return error == std::errc() && stopped == end && revision > 0 ? revision : 0;
}

std::string LoginName() {
  std::array<char, 4096> buffer{};
  passwd entry{};
  passwd* found = nullptr;
  if (getpwuid_r(geteuid(), &entry, buffer.data(), buffer.size(), &found) == 0 &&
      found != nullptr) {
    return found->pw_name;
  }
  const char* name = std::getenv("LOGNAME");  // A container may run as a user without an entry.
  return name == nullptr ? "" : name;
}

}  // namespace sild::client
