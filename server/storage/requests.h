#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include <absl/status/statusor.h>

#include "server/storage/overlay.h"
#include "server/storage/store.h"

namespace sild::storage {

// Knows the request ids of the last days again.
class Requests {
 public:
  explicit Requests(std::chrono::hours window) : window_(window) {}

  // Returns what the request did if its id is known, read back from the log; nothing if it is new.
  // `InvalidArgument` if the id stood for another request.
  absl::StatusOr<std::optional<WriteResult>> Find(const Rows& rows, const WriteOptions& options,
                                                  Timestamp now) const;

  // Deletes the ids of the oldest events if they are older than the window, in small steps: looks
  // at no more than `limit` events, those up to `last`. An error ends the step; the next one tries
  // again.
  void Sweep(Overlay& rows, Revision last, Timestamp now, int limit);

 private:
  absl::Status TrySweep(Overlay& rows, Revision last, Timestamp now, int limit);

  const std::chrono::hours window_;
  Timestamp next_sweep_{};  // Before that no event is old enough.
};

}  // namespace sild::storage
