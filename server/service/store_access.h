#pragma once

#include <deque>
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
#include "server/service/concept_edit.h"
#include "server/service/unit_edit.h"
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
// did not run: then names are those of the first call, and `wanted` holds what this one sent.
template <typename Resource>
std::vector<Resource> StoredInOrder(const storage::WriteResult& result,
                                    std::vector<Resource> wanted) {
  std::map<std::string, const Resource*> by_name;
  std::deque<const Resource*> in_order;
  for (const Change& change : result.changes) {
    if (const auto* resource = std::get_if<Resource>(&change.resource)) {
      by_name[resource->name.str()] = resource;
      in_order.push_back(resource);
    }
  }
  for (Resource& resource : wanted) {
    const auto found = by_name.find(resource.name.str());
    if (found != by_name.end()) {
      std::erase(in_order, found->second);
      resource = *found->second;
    } else if (result.replayed && !in_order.empty() && SayTheSame(*in_order.front(), resource)) {
      resource = *in_order.front();  // Under the id that the server chose then.
      in_order.pop_front();
    }
  }
  return wanted;
}

// `Aborted` if `etag` is not empty and not that of `revision`.
absl::Status CheckEtag(std::string_view etag, Revision revision, std::string_view name);

// An id for a resource that came without one. Sorts by time, to the millisecond.
std::string NewId();

}  // namespace sild::service
