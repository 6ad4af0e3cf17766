#include "server/storage/usage.h"

#include "server/model/try.h"

namespace sild::storage {
namespace {

// On disk: do not change. A count alone, or with the time in microseconds and the request.
constexpr std::size_t kNumberBytes = 8;
constexpr std::size_t kFullBytes = 3 * kNumberBytes;

}  // namespace

Usage UsageOf(const TranslationUnit& unit) { return {unit.usage_count, unit.last_use_time, 0}; }

void SetUsage(const Usage& usage, TranslationUnit& unit) {
  unit.usage_count = usage.count;
  unit.last_use_time = usage.last_time;
}

std::string SerializeUsage(const Usage& usage) {
  std::string row = EncodeNumber(static_cast<std::uint64_t>(usage.count));
  if (usage.last_time) {
    const std::int64_t time = usage.last_time->time_since_epoch().count();
    row += EncodeNumber(static_cast<std::uint64_t>(time));
    row += EncodeNumber(usage.last_request);
  }
  return row;
}

absl::StatusOr<Usage> ParseUsage(std::string_view row) {
  Usage usage;
  const auto number = [row](std::size_t place) {
    return DecodeNumber(row.substr(place * kNumberBytes, kNumberBytes)).value_or(0);
  };
  if (row.size() != kNumberBytes && row.size() != kFullBytes) {
    return absl::DataLossError("a usage row on disk is damaged; restore a backup");
  }
  usage.count = static_cast<std::int64_t>(number(0));
  if (row.size() == kFullBytes) {
    usage.last_time = Timestamp(Timestamp::duration(static_cast<std::int64_t>(number(1))));
    usage.last_request = number(2);
  }
  return usage;
}

absl::StatusOr<Usage> GetUsage(const Rows& rows, Number number, std::string_view unit_id) {
  SILD_TRY(const auto row, rows.Get(UsageKey(number, unit_id)));
  return row.has_value() ? ParseUsage(*row) : Usage{};
}

}  // namespace sild::storage
