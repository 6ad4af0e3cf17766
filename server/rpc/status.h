#pragma once

#include <string>

#include <absl/status/status.h>
#include <grpcpp/support/status.h>

namespace sild::rpc {

// The codes are the same numbers by design of both libraries.
inline grpc::Status ToGrpc(const absl::Status& status) {
  return {static_cast<grpc::StatusCode>(status.code()), std::string(status.message())};
}

}  // namespace sild::rpc
