#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <absl/status/statusor.h>

#include "server/storage/event_record.h"
#include "server/storage/rows.h"
#include "server/storage/view.h"

namespace sild::storage {

// Reads the event rows. All fail with `DataLoss` if a row is damaged or missing.

absl::StatusOr<EventHeader> ReadHeader(const Rows& rows, Revision revision);

// The changes of one event in their order; none for a bulk load, which may be too large.
absl::StatusOr<std::vector<Change>> ReadEvent(const Rows& rows, Revision revision);

// Where the states of a unit or concept stand in the log, newest first, below `before` if given. An
// event may have several of one thing: all are given.
absl::StatusOr<std::vector<EventPlace>> FindStates(const Rows& rows, Kind kind, Number number,
                                                   std::string_view id,
                                                   std::optional<Revision> before);

// The states themselves, as `View::ListRevisions` gives them: of each event only the last.
absl::StatusOr<std::vector<Change>> ReadStates(const Rows& rows, Kind kind, Number number,
                                               std::string_view id, std::optional<Revision> before,
                                               int limit);

// As `View::ReadChanges`, up to `last`; `from` must be a revision that is kept.
absl::StatusOr<View::Changes> ReadChanges(const Rows& rows, Revision from,
                                          std::uint32_t from_ordinal, Revision last,
                                          std::size_t max_bytes);

}  // namespace sild::storage
