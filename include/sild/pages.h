#pragma once

#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "include/sild/client.h"

namespace sild::client {

// Calls `visit` with each page that `list` gives for `request`, until it returns false.
//
//   ForEachPage(client, &Client::ListUnits, request, [](const v1::ListUnitsResponse& page) {
//     ...
//     return true;
//   });
//
// Returns the error of the first call that failed; the pages before have been visited.
template <typename Request, typename Response, typename Visit>
absl::Status ForEachPage(Client& client, absl::StatusOr<Response> (Client::*list)(Request),
                         Request request, Visit visit) {
  for (;;) {
    const absl::StatusOr<Response> page = (client.*list)(request);
    if (!page.ok()) {
      return page.status();
    }
    if (!visit(*page) || page->next_page_token().empty()) {
      return absl::OkStatus();
    }
    request.set_page_token(page->next_page_token());
  }
}

}  // namespace sild::client
