#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <absl/container/flat_hash_set.h>
#include <absl/numeric/int128.h>

#include "server/storage/committer.h"
#include "server/storage/database.h"
#include "server/storage/event_log.h"
#include "server/storage/event_record.h"
#include "server/storage/sorted_files.h"
#include "server/storage/store.h"

namespace sild::storage {

// A bulk load in the embedded store. It goes around the `EventLog`: with a log on another machine
// the units would be written there as ordinary events.
//
// Two events belong to it. The first, without changes, is committed at the beginning, so that its
// revision is nobody else's: the rows of the load are written under it, into files that are not
// part of the database yet. The second, in `Finish`, says that these rows are its changes, and
// becomes part of the database together with the files in one step of RocksDB's MANIFEST. Until
// then, and if that does not come, the rows do not exist.
class StoredBulkLoad final : public BulkLoad {
 public:
  // `database`, `log`, `committer` and `publisher` must outlive the load, which makes its files in
  // a folder of `database.staging` of that number.
  static absl::StatusOr<std::unique_ptr<StoredBulkLoad>> Begin(
      Database& database, EventLog& log, Committer& committer, const Publisher& publisher,
      const StoreOptions& store_options, const WriteOptions& options, const MemoryName& memory,
      std::uint64_t number);

  ~StoredBulkLoad() override;
  StoredBulkLoad(const StoredBulkLoad&) = delete;
  StoredBulkLoad& operator=(const StoredBulkLoad&) = delete;

  absl::Status Add(TranslationUnit unit) override;
  absl::StatusOr<WriteResult> Finish() override;

 private:
  StoredBulkLoad(Database& database, Committer& committer, const StoreOptions& store_options,
                 const WriteOptions& options, const MemoryName& memory, std::uint64_t number);

  // Commits the event without changes.
  absl::Status Start(EventLog& log);

  // Makes all rows part of the database as the changes of event `next`. On the committer thread.
  absl::StatusOr<WriteResult> Ingest(const StoredView& newest, Revision next);
  absl::Status WriteFinishRows(const Counts& counts, Revision next, FileSeries& series) const;

  // Constant after construction and `Start`.
  Database& database_;
  Committer& committer_;
  const WriteOptions options_;
  const MemoryName memory_;
  const std::filesystem::path directory_;
  std::shared_ptr<const StoredView> view_;  // As the load began; its other owner is the publisher.
  Number number_ = 0;
  Revision start_;
  bool was_empty_ = false;
  std::optional<WriteResult> known_;  // The request was finished before: nothing is to be done.

  FileSeries changes_;
  FileSeries tables_;
  RowSorter sorter_;
  // XXH3-128 of the ids so far: 16 bytes a unit, and two ids never share one in practice.
  absl::flat_hash_set<absl::uint128> ids_;
  std::uint32_t count_ = 0;
  Counts counts_;
  bool has_use_times_ = false;
  std::vector<std::string> paths_;
};

}  // namespace sild::storage
