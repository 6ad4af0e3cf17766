#pragma once

#include <grpcpp/generic/async_generic_service.h>

#include "server/service/call_context.h"

namespace sild::rpc {

// Takes from the request's metadata who calls and what revision is wanted. A `sild-user` that is
// not printable UTF-8 of at most 200 bytes, or a `sild-min-revision` that is no number, is left
// out.
void ReadMetadata(const grpc::ServerContextBase& context, service::CallContext& call);

// Tells the client which revision the answer shows.
void WriteMetadata(const service::CallContext& call, grpc::ServerContextBase& context);

}  // namespace sild::rpc
