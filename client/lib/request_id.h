#pragma once

#include <string>

namespace sild::client {

// Returns a new random UUID (version 4, RFC 4122), such as
// `7b1e6c7e-0f0a-4d6c-9a53-3f4e0d1c2b3a`. Thread-safe.
std::string NewRequestId();

// Gives `request` an id if its kind takes one and the caller gave none.
template <typename Request>
void EnsureRequestId(Request& request) {
  if constexpr (requires { request.mutable_request_id(); }) {
    if (request.request_id().empty()) {
      request.set_request_id(NewRequestId());
    }
  }
}

}  // namespace sild::client
