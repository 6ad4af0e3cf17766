#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <rocksdb/write_batch.h>

#include "server/model/revision.h"

namespace sild::storage {

// One event as rows: `EventHeader` and `ChangeRecord`s in their order. Looks at bytes that stay
// until `Append` returns.
struct Event {
  Revision revision;
  std::string_view header;
  std::vector<std::string_view> changes;
};

// Makes events durable in order, and the state they lead to with them. The one place where it is
// decided what "acknowledged" means. Called by the committer thread only.
//
// `state` holds all rows: the events' own under their keys, the resulting resources, the position.
// An implementation on another machine appends `events` there first, atomically, under the
// condition that its head is `expected_head`, and then writes `state`; rows of older events in
// `state` are purged ones, which it must overwrite there too.
//
// - OK: all events are durable, and reads of the database see `state`.
// - `Aborted`: another writer was first, nothing was written. The log has meanwhile brought the
//   database to the new head; the caller reads it, runs the plans again and appends anew.
// - Any other error: the events may or may not be there. The caller must not write again before a
//   restart has found out.
class EventLog {
 public:
  virtual ~EventLog() = default;

  // Appends a group. Without events `state` holds only uses of units.
  virtual absl::Status Append(Revision expected_head, std::span<const Event> events,
                              rocksdb::WriteBatch& state) = 0;
};

}  // namespace sild::storage
