#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/message.h>

#include "server/service/call_context.h"
#include "server/storage/store.h"

namespace sild::service {

// Returns the newest view and notes its revision in `call`. `Unavailable` if it is older than
// `call.min_revision`.
absl::StatusOr<std::shared_ptr<const storage::View>> ReadView(storage::Store& store,
                                                              CallContext& call);

// Runs `plan` as the write that `request`, whose `request_id` is given, asks for; and notes the
// revision in `call`.
absl::StatusOr<storage::WriteResult> Write(storage::Store& store, CallContext& call,
                                           const google::protobuf::Message& request,
                                           const std::string& request_id,
                                           std::function<absl::Status(storage::Transaction&)> plan);

// The resource that a write stored first, or `unchanged` if it changed nothing.
template <typename Resource>
Resource Stored(const storage::WriteResult& result, Resource unchanged) {
  if (!result.changes.empty()) {
    if (const auto* stored = std::get_if<Resource>(&result.changes[0].resource)) {
      return *stored;
    }
  }
  return unchanged;
}

// The resources that a batch of creations led to, in the order of the request. `wanted` are those
// that its plan saw last; a resource that was there already made no change. In a replay the plan
// did not run, and the first call's changes are the answer.
template <typename Resource>
std::vector<Resource> StoredInOrder(const storage::WriteResult& result,
                                    std::vector<Resource> wanted) {
  std::map<std::string, const Resource*> stored;
  std::vector<Resource> replayed;
  for (const Change& change : result.changes) {
    if (const auto* resource = std::get_if<Resource>(&change.resource)) {
      stored[resource->name.str()] = resource;
      replayed.push_back(*resource);
    }
  }
  if (result.replayed) {
    return replayed;
  }
  for (Resource& resource : wanted) {
    if (const auto found = stored.find(resource.name.str()); found != stored.end()) {
      resource = *found->second;
    }
  }
  return wanted;
}

// `Aborted` if `etag` is not empty and not that of `revision`.
absl::Status CheckEtag(std::string_view etag, Revision revision, std::string_view name);

// An id for a resource that came without one. Sorts by time, to the millisecond.
std::string NewId();

}  // namespace sild::service
