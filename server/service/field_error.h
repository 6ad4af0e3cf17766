#pragma once

#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <fmt/format.h>

// Errors that name the field. A leaf says `field: problem`; each level above puts `outer.` before
// it, so that the caller reads `unit.variants[1].language_code: "en_US" is not BCP 47; use
// "en-US"`.
namespace sild::service {

inline absl::Status FieldError(std::string_view field, std::string_view problem) {
  return absl::InvalidArgumentError(fmt::format("{}: {}", field, problem));
}

// Puts `outer.` before the message of an error.
inline absl::Status Within(std::string_view outer, const absl::Status& status) {
  return status.ok()
             ? status
             : absl::Status(status.code(), fmt::format("{}.{}", outer,
                                                       std::string_view(status.message().data(),
                                                                        status.message().size())));
}

inline absl::Status Within(std::string_view outer, int index, const absl::Status& status) {
  return status.ok() ? status : Within(fmt::format("{}[{}]", outer, index), status);
}

// Puts `field: ` before the message of an error that names no field itself.
inline absl::Status Named(std::string_view field, const absl::Status& status) {
  return status.ok()
             ? status
             : absl::Status(status.code(), fmt::format("{}: {}", field,
                                                       std::string_view(status.message().data(),
                                                                        status.message().size())));
}

// Fails unless `count` is at most `limit`.
inline absl::Status CheckCount(std::string_view field, int count, int limit) {
  return count <= limit
             ? absl::OkStatus()
             : FieldError(field, fmt::format("has {} elements; at most {} are taken, send fewer",
                                             count, limit));
}

}  // namespace sild::service
