#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <rocksdb/db.h>
#include <rocksdb/snapshot.h>

#include "server/storage/rows.h"

namespace sild::storage {

// The rows of the database as they were when this was made. Safe for any number of threads; the
// database must outlive it.
class SnapshotRows final : public Rows {
 public:
  explicit SnapshotRows(rocksdb::DB& db) : db_(db), snapshot_(&db) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override;
  std::unique_ptr<Cursor> Walk(std::string_view begin, std::string_view end) const override;
  std::unique_ptr<Cursor> WalkTextGroups(std::string_view begin,
                                         std::string_view end) const override;
  std::unique_ptr<Cursor> Sweep(std::string_view begin, std::string_view end) const override;

 private:
  rocksdb::ReadOptions Options() const;

  rocksdb::DB& db_;
  // `snapshot()` of it is not const, though it only reads.
  mutable rocksdb::ManagedSnapshot snapshot_;
};

}  // namespace sild::storage
