#pragma once

#include <rocksdb/db.h>

#include "server/storage/event_log.h"

namespace sild::storage {

// The log of a server that stands alone: the event rows in the database are the log, and one
// synced write batch makes events and state durable together. Never answers `Aborted`.
class EmbeddedLog final : public EventLog {
 public:
  explicit EmbeddedLog(rocksdb::DB& db) : db_(db) {}

  absl::Status Append(Revision expected_head, std::span<const Event> events,
                      rocksdb::WriteBatch& state) override;

 private:
  rocksdb::DB& db_;
};

}  // namespace sild::storage
