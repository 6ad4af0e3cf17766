#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
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

  // Ends streams with `Unavailable`: at once those that never end by themselves and those that are
  // opened later, the others once `grace` is over. Does not wait for it.
  void EndAll(std::chrono::milliseconds grace);

 private:
  void Tick(const std::stop_token& stop);

  std::mutex mutex_;
  std::set<StreamCall*> calls_;                               // Guarded by `mutex_`.
  std::optional<std::chrono::steady_clock::time_point> end_;  // The same. When all must end.
  std::condition_variable_any changed_;
  std::jthread ticker_;
};

// Makes the reactor of one call of a method that streams; it deletes itself when the call is over.
// `method`, `pool` and `streams` must outlive it.
grpc::ServerGenericBidiReactor* NewStreamCall(grpc::GenericCallbackServerContext& context,
                                              const service::Method& method, WorkerPool& pool,
                                              OpenStreams& streams);

}  // namespace sild::rpc
