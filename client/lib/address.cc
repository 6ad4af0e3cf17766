#include "client/lib/address.h"

#include <charconv>
#include <cstdint>

#include <absl/strings/match.h>
#include <absl/strings/str_cat.h>

namespace sild::client {
namespace {

absl::Status NotAnAddress(std::string_view address) {
  return absl::InvalidArgumentError(
      absl::StrCat("\"", absl::string_view(address.data(), address.size()),
                   "\" is not an address; write host:port, such as 127.0.0.1:7450, or unix:path"));
}

bool IsPort(std::string_view text) {
  std::uint16_t port = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, port);
  return error == std::errc() && stopped == end && port != 0;
}

}  // namespace

absl::StatusOr<std::string> DialTarget(std::string_view address) {
  if (address.starts_with("unix:")) {
    const bool has_path = address.size() > std::string_view("unix:").size();
    return has_path ? absl::StatusOr<std::string>(std::string(address)) : NotAnAddress(address);
  }
  if (address.empty() || address.find_first_of(" /\t\n") != std::string_view::npos) {
    return NotAnAddress(address);
  }
  // The last colon parts host and port, unless it lies inside the brackets of an IPv6 address.
  const std::size_t colon = address.rfind(':');
  const std::size_t bracket = address.rfind(']');
  const bool has_port =
      colon != std::string_view::npos && (bracket == std::string_view::npos || colon > bracket);
  if (!has_port) {
    return "dns:///" + std::string(address) + ":" + std::string(kDefaultPort);
  }
  const std::string_view host = address.substr(0, colon);
  const bool is_bare_ipv6 = host.find(':') != std::string_view::npos && !host.starts_with('[');
  if (host.empty() || is_bare_ipv6 || !IsPort(address.substr(colon + 1))) {
    return NotAnAddress(address);
  }
  return "dns:///" + std::string(address);
}

}  // namespace sild::client
