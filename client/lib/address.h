#pragma once

#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace sild::client {

// The port where a server listens unless told otherwise.
inline constexpr std::string_view kDefaultPort = "7450";

// Returns what gRPC dials for an address as people write it (`ClientOptions::address`). Fails with
// `InvalidArgument` if it is none.
absl::StatusOr<std::string> DialTarget(std::string_view address);

}  // namespace sild::client
