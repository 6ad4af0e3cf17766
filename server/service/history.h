#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <absl/status/statusor.h>
#include <absl/strings/numbers.h>
#include <fmt/format.h>
#include <google/protobuf/message.h>

#include "server/model/try.h"
#include "server/service/page_token.h"
#include "server/storage/view.h"

// Reading the history of a unit or concept: what both services have in common.
namespace sild::service {

struct HistoryPage {
  std::vector<Change> changes;  // Newest first.
  std::string next_page_token;
};

// Reads the page of a resource's history that `request` asks for.
template <typename Name>
absl::StatusOr<HistoryPage> ReadHistory(const storage::View& view, const Name& name,
                                        const google::protobuf::Message& request,
                                        std::int32_t page_size) {
  SILD_TRY(const int limit, PageSize(page_size));
  SILD_TRY(const std::string last, LastIdOf(request));
  std::optional<Revision> before;
  if (!last.empty()) {
    before.emplace();
    // The token carries our own number.
    if (!absl::SimpleAtoi(last, &before->value)) {
      return absl::InternalError("a page token of a history holds no revision");
    }
  }
  HistoryPage page;
  SILD_TRY(page.changes, view.ListRevisions(name, before, limit + 1));
  if (page.changes.size() > static_cast<std::size_t>(limit)) {
    page.changes.resize(static_cast<std::size_t>(limit));
    page.next_page_token =
        PageTokenAfter(request, fmt::format("{}", page.changes.back().revision.value));
  }
  return page;
}

// Returns the state that a resource had at `revision`. `NotFound` if it did not change then;
// `FailedPrecondition` if it was deleted then, or the state was purged.
template <typename Resource, typename Name>
absl::StatusOr<Resource> StateAt(const storage::View& view, const Name& name, Revision revision) {
  SILD_TRY(const std::vector<Change> changes,
           view.ListRevisions(name, Revision{revision.value + 1}, 1));
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
