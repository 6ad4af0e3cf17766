#include "server/storage/housekeeper.h"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include <rocksdb/options.h>
#include <rocksdb/write_batch.h>
#include <spdlog/spdlog.h>

#include "server/storage/event_record.h"
#include "server/storage/keys.h"
#include "server/storage/snapshot_rows.h"
#include "server/storage/status.h"

namespace sild::storage {
namespace {

// How often it is looked whether the last view that sees erased rows is gone.
constexpr std::chrono::milliseconds kSnapshotPoll{200};

constexpr std::uint32_t kRowsPerDeletion = 4'096;

// Returns the last key of that table in `rows`; empty if there is none.
std::string LastKey(const Overlay::Changes& rows, Table table) {
  const std::string prefix = TablePrefix(table);
  const auto end = rows.lower_bound(EndOfPrefix(prefix));
  const bool has_some = end != rows.begin() && std::prev(end)->first.starts_with(prefix);
  return has_some ? std::prev(end)->first : "";
}

bool IsSeenBefore(rocksdb::DB& db, rocksdb::SequenceNumber sequence) {
  std::uint64_t oldest = 0;  // 0: there are no snapshots.
  db.GetIntProperty(rocksdb::DB::Properties::kOldestSnapshotSequence, &oldest);
  return oldest != 0 && oldest < sequence;
}

// Deletes all rows that belong to a number, some at a time until `is_stopping`. Row by row: the
// cache of rows knows nothing of deleted ranges.
rocksdb::Status DeleteNumber(rocksdb::DB& db, Number number, const std::atomic<bool>& is_stopping) {
  const SnapshotRows rows(db);
  rocksdb::WriteBatch batch;
  // Not synced: after a crash it is done again.
  const auto write = [&db, &batch] {
    const rocksdb::Status status = db.Write(rocksdb::WriteOptions(), &batch);
    batch.Clear();
    return status;
  };
  for (const std::string& prefix :
       {UnitPrefix(number), TextPrefix(number), UsagePrefix(number), ConceptPrefix(number),
        ExceptionPrefix(number), CountsKey(number)}) {
    const auto cursor = rows.Sweep(prefix, EndOfPrefix(prefix));
    for (; cursor->Valid(); cursor->Next()) {
      rocksdb::Status status = batch.Delete(ToSlice(cursor->key()));
      if (status.ok() && batch.Count() >= kRowsPerDeletion) {
        status = write();
      }
      if (!status.ok() || is_stopping) {
        return status;
      }
    }
    if (const absl::Status status = cursor->status(); !status.ok()) {
      return rocksdb::Status::IOError(std::string(status.message()));
    }
  }
  const rocksdb::Status status = batch.Delete(DroppedKey(number));
  return status.ok() ? write() : status;
}

}  // namespace

Housekeeper::Housekeeper(rocksdb::DB& db)
    : db_(db),
      last_erasure_(EndOfPrefix(TablePrefix(Table::kErasure))),
      thread_([this] { Run(); }) {}

Housekeeper::~Housekeeper() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Housekeeper::Notice(const Overlay& committed, rocksdb::SequenceNumber sequence) {
  const bool has_drops = !LastKey(committed.changes(), Table::kDropped).empty();
  std::string last_erasure = LastKey(committed.changes(), Table::kErasure);
  if (!has_drops && last_erasure.empty()) {
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    has_drops_ |= has_drops;
    if (!last_erasure.empty()) {
      has_erasures_ = true;
      erased_at_ = sequence;
      last_erasure_ = std::move(last_erasure);
    }
  }
  changed_.notify_all();
}

void Housekeeper::WaitUntilDone() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [this] { return is_stopping_ || (!has_drops_ && !has_erasures_ && !is_working_); });
}

void Housekeeper::Run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return is_stopping_ || has_drops_ || has_erasures_; });
    if (is_stopping_) {
      return;
    }
    if (has_erasures_ && !has_drops_ && IsSeenBefore(db_, erased_at_)) {
      changed_.wait_for(lock, kSnapshotPoll);
      continue;
    }
    is_working_ = true;
    if (has_drops_) {
      has_drops_ = false;
      lock.unlock();
      DropRows();
    } else {
      has_erasures_ = false;
      const std::string last_erasure = last_erasure_;
      lock.unlock();
      CompactErased(last_erasure);
    }
    lock.lock();
    is_working_ = false;
    changed_.notify_all();
  }
}

void Housekeeper::DropRows() {
  const SnapshotRows rows(db_);
  const auto cursor = WalkPrefix(rows, TablePrefix(Table::kDropped));
  for (; cursor->Valid() && !is_stopping_; cursor->Next()) {
    const auto number = DecodeNumber(cursor->key().substr(1));
    const rocksdb::Status status = DeleteNumber(db_, number.value_or(0), is_stopping_);
    if (!status.ok()) {
      spdlog::error("storage: deleting the rows of what was dropped: {}", status.ToString());
      return;
    }
  }
}

void Housekeeper::CompactErased(const std::string& last_key) {
  std::vector<std::string> done;
  std::vector<std::string> keys;
  {
    const SnapshotRows rows(db_);
    const auto cursor = WalkPrefix(rows, TablePrefix(Table::kErasure));
    for (; cursor->Valid() && cursor->key() <= last_key; cursor->Next()) {
      const auto erased = ParseErasure(cursor->value());
      if (erased.ok()) {
        keys.insert(keys.end(), erased->begin(), erased->end());
      }
      done.emplace_back(cursor->key());
    }
  }
  rocksdb::Status status = done.empty() ? rocksdb::Status() : db_.Flush(rocksdb::FlushOptions());
  rocksdb::CompactRangeOptions options;
  options.exclusive_manual_compaction = false;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  options.canceled = &is_stopping_;
  for (const std::string& key : keys) {
    const rocksdb::Slice slice(key);
    if (status.ok()) {
      status = db_.CompactRange(options, &slice, &slice);
    }
  }
  for (const std::string& key : done) {
    if (status.ok()) {
      status = db_.Delete(rocksdb::WriteOptions(), key);
    }
  }
  if (!status.ok() && !is_stopping_) {
    spdlog::error("storage: compacting purged rows: {}", status.ToString());
  }
}

}  // namespace sild::storage
