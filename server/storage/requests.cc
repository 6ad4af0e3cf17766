#include "server/storage/requests.h"

#include <spdlog/spdlog.h>

#include "server/model/try.h"
#include "server/storage/log_reader.h"
#include "server/storage/state.h"

namespace sild::storage {

absl::StatusOr<std::optional<WriteResult>> Requests::Find(const Rows& rows,
                                                          const WriteOptions& options,
                                                          Timestamp now) const {
  if (options.request_id.empty()) {
    return std::nullopt;
  }
  SILD_TRY(const auto row, rows.Get(RequestKey(options.request_id)));
  if (!row.has_value()) {
    return std::nullopt;
  }
  SILD_TRY(const KnownRequest known, ParseRequest(*row));
  if (now - known.time >= window_) {
    return std::nullopt;
  }
  if (known.fingerprint != options.fingerprint) {
    return absl::InvalidArgumentError(
        "request_id: this id stood for another request before; use a new one");
  }
  WriteResult result{known.revision, {}, true};
  SILD_TRY(result.changes, ReadEvent(rows, known.revision));
  return result;
}

void Requests::Sweep(Overlay& rows, Revision last, Timestamp now, int limit) {
  if (now < next_sweep_) {
    return;
  }
  const absl::Status status = TrySweep(rows, last, now, limit);
  if (!status.ok()) {
    spdlog::error("storage: forgetting old request ids: {}", std::string(status.message()));
  }
}

absl::Status Requests::TrySweep(Overlay& rows, Revision last, Timestamp now, int limit) {
  SILD_TRY(const std::uint64_t swept, GetNumber(rows, kSweptRequestsKey, 0));
  Revision position{static_cast<std::int64_t>(swept)};
  const auto cursor = WalkPrefix(rows, TablePrefix(Table::kEvent));
  for (int i = 0; i < limit; ++i) {
    cursor->Seek(EventKey({position.value + 1}, 0));
    const auto place = cursor->Valid() ? ParseEventKey(cursor->key()) : std::nullopt;
    if (!place.has_value() || place->revision > last) {
      break;
    }
    if (place->ordinal == 0) {
      SILD_TRY(const EventHeader header, ParseHeader(cursor->value()));
      if (now - header.time < window_) {
        next_sweep_ = header.time + window_;
        break;
      }
      SILD_TRY(const auto row, rows.Get(RequestKey(header.request_id)));
      if (row.has_value()) {
        SILD_TRY(const KnownRequest known, ParseRequest(*row));
        // An id that was used again since belongs to a later event.
        if (known.revision == place->revision) {
          rows.Delete(RequestKey(header.request_id));
        }
      }
    }
    position = place->revision;
  }
  SILD_CHECK_OK(cursor->status());
  if (position.value != static_cast<std::int64_t>(swept)) {
    rows.Put(std::string(kSweptRequestsKey),
             EncodeNumber(static_cast<std::uint64_t>(position.value)));
  }
  return absl::OkStatus();
}

}  // namespace sild::storage
