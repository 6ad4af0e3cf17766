#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "server/service/api.h"

namespace sild::rpc {

struct ServerOptions {
  std::vector<std::string> addresses;  // `host:port`, port 0 for any free one; or `unix:PATH`.
  int threads = 4;                     // That do the work of calls.
  std::size_t max_waiting = 1'000;     // Calls that wait for a thread; more are refused.
};

// Serves an API over gRPC, with the standard health and reflection services.
class Server {
 public:
  // Begins to listen, and reports SERVING. `api` must outlive the server. `Unavailable` if an
  // address cannot be had; the message says which.
  static absl::StatusOr<std::unique_ptr<Server>> Start(const ServerOptions& options,
                                                       const service::Api& api);

  virtual ~Server() = default;

  // The addresses with the ports in the place of 0.
  virtual const std::vector<std::string>& addresses() const = 0;

  // Reports NOT_SERVING, ends streams, takes no new calls, waits until those under way are done, at
  // most `grace`; then cancels them.
  virtual void Shutdown(std::chrono::milliseconds grace) = 0;
};

}  // namespace sild::rpc
