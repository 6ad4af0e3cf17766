#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include <absl/status/status.h>
#include <fmt/format.h>

#include "server/model/revision.h"

namespace sild::storage {

// How single fields are written in records.

// The error for bytes that are no record of that kind.
inline absl::Status Damaged(std::string_view what) {
  return absl::DataLossError(fmt::format("a {} record on disk is damaged; restore a backup", what));
}

// Parses a protobuf message, or returns `DataLoss`.
template <typename Record>
absl::Status ParseRecord(std::string_view bytes, std::string_view what, Record& record) {
  return record.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) ? absl::OkStatus()
                                                                             : Damaged(what);
}

// Times are microseconds since 1970 in UTC.
inline std::int64_t Micros(Timestamp time) { return time.time_since_epoch().count(); }
inline Timestamp FromMicros(std::int64_t micros) {
  return Timestamp(std::chrono::microseconds(micros));
}

template <typename Enum>
std::uint32_t EnumNumber(Enum value) {
  return static_cast<std::uint32_t>(value);
}

// Sets `result` to the enumerator of that number; returns whether it is from `first` to `last`.
template <typename Enum>
bool ReadEnum(std::uint32_t number, Enum first, Enum last, Enum& result) {
  result = static_cast<Enum>(number);
  return number >= EnumNumber(first) && number <= EnumNumber(last);
}

}  // namespace sild::storage
