#pragma once

#include <chrono>
#include <string>

namespace sild::client {

// How a call that could not reach the server is tried again. Only `UNAVAILABLE` is, and only
// because every call that changes something carries a request id, under which the server answers a
// repetition with the first result.
struct RetryPolicy {
  // All attempts of a call, the first one too. 1: no retries. For a stream the count begins anew
  // whenever it has made progress.
  int max_attempts = 4;

  // The wait before the second attempt is a random time up to this; each later one doubles it, up
  // to `max_backoff`. Full jitter, so that many clients do not come back at one moment.
  std::chrono::milliseconds initial_backoff{150};
  std::chrono::milliseconds max_backoff{5000};
};

// The longest that a call may take with all its retries, by class of call. Zero: no limit.
struct Deadlines {
  std::chrono::milliseconds read{10'000};    // Get and list.
  std::chrono::milliseconds lookup{30'000};  // Matches and terms of up to 100 segments.
  std::chrono::milliseconds write{30'000};   // Create, update, delete, restore, purge.
  std::chrono::milliseconds stream{0};       // Import, export and watch.
};

// How to reach a server, and as whom.
struct ClientOptions {
  // `host:port`, `host` (port 7450), `[::1]:7450`, `unix:path` or `unix:///absolute/path`.
  std::string address = "127.0.0.1:7450";

  // The name under which changes are recorded. Empty: the login name. Printable ASCII goes as it
  // is; other bytes and `%` go percent-encoded, since gRPC carries nothing else.
  std::string user;

  Deadlines deadlines;
  RetryPolicy retry;

  // As `retry`, for streams, which are worth more patience.
  RetryPolicy stream_retry{.max_attempts = 10};
};

}  // namespace sild::client
