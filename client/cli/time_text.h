#pragma once

#include <string>
#include <string_view>

#include <absl/status/statusor.h>
#include <google/protobuf/duration.pb.h>
#include <google/protobuf/timestamp.pb.h>

namespace sild::cli {

// The day in UTC, as `2024-05-01`. Empty for a time that is not set.
std::string DayOf(const google::protobuf::Timestamp& time);

// Day and time of day to the second in UTC, as `2024-05-01 12:30:05`. Empty as `DayOf`.
std::string TimeOf(const google::protobuf::Timestamp& time);

// A duration in its two largest units, as `3 d 4 h`, `12 min 5 s` or `7 s`.
std::string TextOf(const google::protobuf::Duration& duration);

// Parses RFC 3339, or a day, which counts from its beginning in UTC. Fails with a usage error.
absl::StatusOr<google::protobuf::Timestamp> ParseTime(std::string_view text);

}  // namespace sild::cli
