#pragma once

#include <cstdint>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/session.h"
#include "include/sild/pages.h"

namespace sild::cli {

// Gathers the states of a unit or concept over all pages of `request` into one response. `states`
// gives the list of a response, to be changed.
template <typename Request, typename Response, typename States>
absl::StatusOr<Response> AllRevisions(client::Client& client,
                                      absl::StatusOr<Response> (client::Client::*list)(Request),
                                      Request request, States states) {
  request.set_page_size(kPageSize);
  Response all;
  const absl::Status status = ForEachPage(client, list, request, [&](Response page) {
    states(all)->MergeFrom(*states(page));
    return true;
  });
  if (!status.ok()) {
    return status;
  }
  return all;
}

// Returns the revision of the state to bring back where none was named: the newest that is whole
// and not the present one. `states` are newest first. Fails with `FailedPrecondition` if there is
// none.
template <typename States>
absl::StatusOr<std::int64_t> RevisionBefore(const States& states) {
  for (int i = 1; i < states.size(); ++i) {
    if (!states.Get(i).deleted() && !states.Get(i).purged()) {
      return states.Get(i).revision();
    }
  }
  return absl::FailedPreconditionError("there is no earlier state to bring back");
}

}  // namespace sild::cli
