#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include <absl/status/status.h>

#include "include/sild/client_options.h"

namespace sild::client {

// Whether another attempt may help and cannot do harm: only `UNAVAILABLE`.
bool IsRetryable(const absl::Status& status);

// Says how long to wait before each next attempt of one call.
class Backoff {
 public:
  // `random` gives numbers in `[0, 1)`; without it, the C++ library's.
  explicit Backoff(const RetryPolicy& policy, std::function<double()> random = nullptr);

  // Returns the wait before the next attempt, or nothing when there have been enough.
  std::optional<std::chrono::milliseconds> Next();

  // Forgets the attempts, because one made progress.
  void Reset();

 private:
  RetryPolicy policy_;
  std::function<double()> random_;
  int attempts_ = 1;
  std::chrono::milliseconds ceiling_;
};

}  // namespace sild::client
