#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <absl/status/statusor.h>
#include <google/protobuf/message.h>

namespace sild::service {

// Pages of a list. A token holds the last id of the page before and a checksum over it and the
// request without its paging fields, so that a token of another list, or a made-up one, is refused.

// Returns the number of elements a page may have. `InvalidArgument` if `page_size` is negative.
absl::StatusOr<int> PageSize(std::int32_t page_size);

// Returns the token for the page behind `last_id` of what `request` lists.
std::string PageTokenAfter(const google::protobuf::Message& request, std::string_view last_id);

// Returns the last id of the page before; empty for the first page. `InvalidArgument` if the token
// is not one that `PageTokenAfter` gave for this request.
absl::StatusOr<std::string> LastIdOf(const google::protobuf::Message& request);

// A number that two requests share only if they are equal but for `request_id` and paging fields.
std::uint64_t Fingerprint(const google::protobuf::Message& request);

}  // namespace sild::service
