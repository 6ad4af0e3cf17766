#include "client/cli/time_text.h"

#include <cstdint>

#include <fmt/format.h>
#include <google/protobuf/util/time_util.h>

#include "client/cli/errors.h"

namespace sild::cli {

using google::protobuf::util::TimeUtil;

std::string DayOf(const google::protobuf::Timestamp& time) { return TimeOf(time).substr(0, 10); }

std::string TimeOf(const google::protobuf::Timestamp& time) {
  if (time.seconds() == 0 && time.nanos() == 0) {
    return "";
  }
  std::string text = TimeUtil::ToString(time).substr(0, 19);  // `2024-05-01T12:30:05`
  text[10] = ' ';
  return text;
}

std::string TextOf(const google::protobuf::Duration& duration) {
  const std::int64_t seconds = duration.seconds();
  if (seconds >= 86'400) {
    return fmt::format("{} d {} h", seconds / 86'400, seconds % 86'400 / 3'600);
  }
  if (seconds >= 3'600) {
    return fmt::format("{} h {} min", seconds / 3'600, seconds % 3'600 / 60);
  }
  if (seconds >= 60) {
    return fmt::format("{} min {} s", seconds / 60, seconds % 60);
  }
  return fmt::format("{} s", seconds);
}

absl::StatusOr<google::protobuf::Timestamp> ParseTime(std::string_view text) {
  std::string full(text);
  if (full.size() == std::string_view("2024-05-01").size()) {
    full += "T00:00:00Z";
  }
  google::protobuf::Timestamp time;
  if (!TimeUtil::FromString(full, &time)) {
    return UsageError(
        fmt::format("\"{}\" is not a time; write 2024-05-01 or 2024-05-01T12:30:00Z", text));
  }
  return time;
}

}  // namespace sild::cli
