#include "server/storage/status.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace sild::storage {

absl::Status ToStatus(const rocksdb::Status& status, std::string_view what) {
  if (status.ok()) {
    return absl::OkStatus();
  }
  spdlog::error("storage: {}: {}", what, status.ToString());
  using Code = rocksdb::Status::Code;
  switch (status.code()) {
    case Code::kCorruption:
      return absl::DataLossError(
          fmt::format("{}: the database is damaged; restore a backup (the log has details)", what));
    case Code::kNotFound:
      return absl::NotFoundError(fmt::format("{}: not found", what));
    case Code::kIOError:
      return absl::UnavailableError(
          status.subcode() == rocksdb::Status::SubCode::kNoSpace
              ? fmt::format("{}: no space left on the disk; free some and restart the server", what)
              : fmt::format("{}: the disk refuses (the log has details)", what));
    case Code::kBusy:
    case Code::kTimedOut:
    case Code::kTryAgain:
    case Code::kIncomplete:
    case Code::kShutdownInProgress:
      return absl::UnavailableError(fmt::format("{}: the database is busy; try again", what));
    default:
      return absl::InternalError(fmt::format("{}: unexpected state of the database", what));
  }
}

}  // namespace sild::storage
