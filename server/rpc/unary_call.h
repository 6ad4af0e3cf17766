#pragma once

#include <grpcpp/generic/async_generic_service.h>

#include "server/rpc/worker_pool.h"
#include "server/service/api.h"

namespace sild::rpc {

// Makes the reactor of one unary call; it deletes itself when the call is over. `method` and `pool`
// must outlive it.
grpc::ServerGenericBidiReactor* NewUnaryCall(grpc::GenericCallbackServerContext& context,
                                             const service::Method& method, WorkerPool& pool);

}  // namespace sild::rpc
