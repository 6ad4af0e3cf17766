#pragma once

#include <atomic>
#include <functional>
#include <string>

#include "server/model/revision.h"

namespace sild::service {

// One call of a method, whatever the transport: who calls, whether anybody still waits, and what
// the answer says about the state it comes from.
class CallContext {
 public:
  // Who calls, for `creator` and `updater`.
  std::string actor = "local";

  // The oldest state that the caller wants to read from (`sild-min-revision`). 0: any.
  Revision min_revision;

  // The state that the answer shows or led to (`sild-revision`). Set by the method.
  Revision revision;

  // Set by the transport when nobody waits any more. Long work asks now and then.
  std::atomic<bool> cancelled = false;

  // Set by the transport of a stream: makes it ask for the next answer. May be called from any
  // thread while the stream lives.
  std::function<void()> wake;
};

}  // namespace sild::service
