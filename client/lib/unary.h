#pragma once

#include <absl/status/statusor.h>

#include "client/lib/connection.h"
#include "client/lib/request_id.h"

namespace sild::client {

// A method of a stub that sends one message and gets one.
template <typename Stub, typename Request, typename Response>
using UnaryMethod = grpc::Status (Stub::*)(grpc::ClientContext*, const Request&, Response*);

// Sends `request`, which gets an id if it takes one and has none, until it is answered or no
// attempt is left.
template <typename Stub, typename Request, typename Response>
absl::StatusOr<Response> Call(Connection& connection, Stub& stub,
                              UnaryMethod<Stub, Request, Response> method, CallClass call_class,
                              Request& request) {
  EnsureRequestId(request);
  const Deadline deadline = connection.DeadlineFor(call_class);
  Backoff backoff(connection.options().retry);
  for (;;) {
    grpc::ClientContext context;
    connection.Prepare(context, deadline);
    Response response;
    const absl::Status status =
        connection.Conclude(context, (stub.*method)(&context, request, &response));
    if (status.ok()) {
      return response;
    }
    if (!Connection::WaitToRetry(status, backoff, deadline)) {
      return status;
    }
  }
}

}  // namespace sild::client
