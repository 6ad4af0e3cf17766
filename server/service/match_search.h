#pragma once

#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/repeated_ptr_field.h>

#include "server/matching/fragments.h"
#include "server/matching/lookup.h"
#include "server/service/call_context.h"
#include "server/storage/store.h"
#include "sild/v1/match_service.pb.h"

namespace sild::service {

// What a look-up found, and in what.
struct FoundMatches {
  matching::LookupRequest request;                         // As it was read.
  std::vector<matching::LookupResult> results;             // One a query.
  std::vector<std::vector<matching::Fragment>> fragments;  // Likewise; none if left out.
  Revision revision;                                       // That all results come from.
};

// Reads what `memories` of a request says: those that the view must have; `memories/-` is all of
// them. Errors name the field.
absl::StatusOr<std::vector<matching::MemoryReference>> ReadMemories(
    const storage::View& view, const google::protobuf::RepeatedPtrField<v1::MemoryRef>& memories);

// Checks all of a request but its queries.
absl::Status CheckSearch(storage::Store& store, CallContext& call,
                         const v1::LookupMatchesRequest& request);

// Checks a request, all but its glossaries, and looks its queries up in `view`.
absl::StatusOr<FoundMatches> FindMatches(const storage::View& view, const CallContext& call,
                                         const v1::LookupMatchesRequest& request);

}  // namespace sild::service
