#pragma once

#include <algorithm>

#include "client/cli/session.h"
#include "client/cli/try.h"
#include "include/sild/client.h"

namespace sild::cli {

// The size of the pages that listings ask for.
inline constexpr int kPageSize = 500;

// Lists all pages of `request`: as JSON one resource a line, for people as `print_page` does.
// `items` gives the resources of a page. With `top` it ends after so many.
template <typename Request, typename Response, typename Items, typename PrintPage>
absl::Status ListAll(Session& session, absl::StatusOr<Response> (client::Client::*list)(Request),
                     Request request, Items items, PrintPage print_page, int top = 0) {
  SILD_TRY(client::Client* const client, session.Connect());
  int left = top;
  const auto size = [&] { return top == 0 ? kPageSize : std::min(left, kPageSize); };
  request.set_page_size(size());
  for (;;) {
    SILD_TRY(const Response page, (client->*list)(request));
    const auto listed = items(page);
    if (session.is_json()) {
      for (const auto& item : listed) {
        session.PrintJson(item);
      }
    } else {
      print_page(page);
    }
    left -= static_cast<int>(listed.size());
    if (!session.out().Flush() || page.next_page_token().empty() || (top > 0 && left <= 0)) {
      return absl::OkStatus();
    }
    request.set_page_size(size());
    request.set_page_token(page.next_page_token());
  }
}

// Shows an answer: as JSON, or for people as `print` does. Returns its error if it is one.
template <typename Resource, typename Print>
absl::Status Show(Session& session, const absl::StatusOr<Resource>& answer, Print print) {
  if (!answer.ok()) {
    return answer.status();
  }
  if (session.is_json()) {
    session.PrintJson(*answer);
  } else {
    print(session.out(), *answer);
  }
  return absl::OkStatus();
}

// Shows that what has no answer is done: as JSON `{}`, for people `line`. Returns `status`.
absl::Status ShowDone(Session& session, const absl::Status& status, std::string_view line);

}  // namespace sild::cli
