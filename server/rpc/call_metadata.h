#pragma once

#include <grpcpp/generic/async_generic_service.h>

#include "server/service/call_context.h"

namespace sild::rpc {

// Takes from the request's metadata who calls and what revision is wanted. `sild-user` may be
// percent-encoded UTF-8. One that is not printable or has over 200 characters, and a
// `sild-min-revision` that is no number, are left out.
void ReadMetadata(const grpc::ServerContextBase& context, service::CallContext& call);

// Tells the client which revision the answer shows.
void WriteMetadata(const service::CallContext& call, grpc::ServerContextBase& context);

}  // namespace sild::rpc
