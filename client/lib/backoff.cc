#include "client/lib/backoff.h"

#include <algorithm>
#include <cstdint>
#include <random>
#include <utility>

namespace sild::client {
namespace {

double Random() {
  thread_local std::mt19937 generator{std::random_device{}()};
  return std::uniform_real_distribution<double>(0, 1)(generator);
}

}  // namespace

bool IsRetryable(const absl::Status& status) { return absl::IsUnavailable(status); }

Backoff::Backoff(const RetryPolicy& policy, std::function<double()> random)
    : policy_(policy),
      random_(random ? std::move(random) : Random),
      ceiling_(policy.initial_backoff) {}

std::optional<std::chrono::milliseconds> Backoff::Next() {
  if (attempts_ >= policy_.max_attempts) {
    return std::nullopt;
  }
  ++attempts_;
  const double wait = random_() * static_cast<double>(ceiling_.count());
  ceiling_ = std::min(2 * ceiling_, policy_.max_backoff);
  return std::chrono::milliseconds(static_cast<std::int64_t>(wait));
}

void Backoff::Reset() {
  attempts_ = 1;
  ceiling_ = policy_.initial_backoff;
}

}  // namespace sild::client
