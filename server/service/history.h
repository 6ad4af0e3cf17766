#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <absl/status/statusor.h>
#include <absl/strings/numbers.h>
#include <fmt/format.h>
#include <google/protobuf/message.h>
#include <google/protobuf/repeated_ptr_field.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/convert_unit.h"
#include "server/service/limits.h"
#include "server/service/page_token.h"
#include "server/storage/view.h"

// Reading the history of a unit or concept: what both services have in common.
namespace sild::service {

// Shows what a change made of a resource; for a deletion or purge only that, by whom and when.
template <typename Resource, typename Proto>
Proto StateToProto(const Change& change, const std::string& name) {
  Proto state;
  if (const auto* resource = std::get_if<Resource>(&change.resource)) {
    ToProto(*resource, &state);
    return state;
  }
  state.set_name(name);
  state.set_revision(change.revision.value);
  *state.mutable_update_time() = ToProto(change.time);
  state.set_updater(change.actor);
  state.set_deleted(change.type == ChangeType::kDeleted);
  state.set_purged(change.type == ChangeType::kPurged);
  return state;
}

// Fills `states` with the page of a resource's history that `request` asks for, newest first, and
// returns the token of the next page; empty if there is none.
template <typename Resource, typename Name, typename Proto>
absl::StatusOr<std::string> ListStates(const storage::View& view, const Name& name,
                                       const google::protobuf::Message& request,
                                       std::int32_t page_size,
                                       google::protobuf::RepeatedPtrField<Proto>* states) {
  constexpr int kStep = 16;  // States that are read at a time; each may have 1 MiB.
  SILD_TRY(const int limit, PageSize(page_size));
  SILD_TRY(const std::string last, LastIdOf(request));
  std::optional<Revision> before;
  // The token carries our own number.
  if (!last.empty() && !absl::SimpleAtoi(last, &before.emplace().value)) {
    return absl::InternalError("a page token of a history holds no revision");
  }
  std::size_t bytes = 0;
  while (true) {
    SILD_TRY(const std::vector<Change> changes, view.ListRevisions(name, before, kStep));
    for (const Change& change : changes) {
      Proto state = StateToProto<Resource, Proto>(change, name.str());
      bytes += state.ByteSizeLong();
      if (states->size() == limit || (!states->empty() && bytes > kMaxPageBytes)) {
        return PageTokenAfter(request, fmt::format("{}", before->value));
      }
      states->Add(std::move(state));
      before = change.revision;
    }
    if (changes.size() < kStep) {
      return std::string();
    }
  }
}

// Returns the state that a resource had at `revision`. `NotFound` if it did not change then;
// `FailedPrecondition` if it was deleted then, or the state was purged.
template <typename Resource, typename Name>
absl::StatusOr<Resource> StateAt(const storage::Reader& reader, const Name& name,
                                 Revision revision) {
  SILD_TRY(const std::vector<Change> changes,
           reader.ListRevisions(name, Revision{revision.value + 1}, 1));
  if (changes.empty() || changes[0].revision != revision) {
    return absl::NotFoundError(
        fmt::format("{} has no state of revision {}; its history lists those that it has",
                    name.str(), revision.value));
  }
  if (const auto* resource = std::get_if<Resource>(&changes[0].resource)) {
    return *resource;
  }
  return absl::FailedPreconditionError(
      fmt::format("{} was {} at revision {}; choose another state of its history", name.str(),
                  changes[0].type == ChangeType::kPurged ? "purged" : "deleted", revision.value));
}

}  // namespace sild::service
