#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <thread>

#include <grpcpp/generic/async_generic_service.h>

#include "server/rpc/worker_pool.h"
#include "server/service/api.h"

namespace sild::rpc {

class StreamCall;

// The streams that are open. Wakes them every ten seconds, so that silent ones can show that they
// live, and ends them at shutdown.
class OpenStreams {
 public:
  OpenStreams();
  ~OpenStreams();

  void Add(StreamCall* call);
  void Remove(StreamCall* call);

  // Ends all streams with `Unavailable`, those that are opened later too.
  void EndAll();

 private:
  std::mutex mutex_;
  std::set<StreamCall*> calls_;  // Guarded by `mutex_`.
  bool is_ending_ = false;       // Guarded by `mutex_`.
  std::condition_variable_any ends_;
  std::jthread ticker_;
};

// Makes the reactor of one call of a method that streams; it deletes itself when the call is over.
// `method`, `pool` and `streams` must outlive it.
grpc::ServerGenericBidiReactor* NewStreamCall(grpc::GenericCallbackServerContext& context,
                                              const service::Method& method, WorkerPool& pool,
                                              OpenStreams& streams);

}  // namespace sild::rpc
