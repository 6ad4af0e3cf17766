#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

#include <rocksdb/db.h>

#include "server/storage/overlay.h"

namespace sild::storage {

// Does what need not be done before a write is acknowledged: deletes the rows of dropped memories
// and glossaries, and compacts purged rows, so that their old bytes leave the disk. What is to be
// done stands in the database, so a restart goes on with it.
class Housekeeper {
 public:
  // Begins with what an earlier run left. `db` must outlive this.
  explicit Housekeeper(rocksdb::DB& db);

  // Interrupts the work.
  ~Housekeeper();

  Housekeeper(const Housekeeper&) = delete;
  Housekeeper& operator=(const Housekeeper&) = delete;

  // Looks through rows that were committed at `sequence` for new work. Quick.
  void Notice(const Overlay& committed, rocksdb::SequenceNumber sequence);

  // Waits until all work that was noticed is done. Views that are older than a purge hold it up.
  void WaitUntilDone();

 private:
  void Run();
  void DropRows();
  void CompactErased(const std::string& last_key);

  rocksdb::DB& db_;
  std::atomic<bool> is_stopping_ = false;

  std::mutex mutex_;
  std::condition_variable changed_;
  // Guarded by `mutex_`:
  bool has_drops_ = true;
  bool has_erasures_ = true;
  bool is_working_ = false;
  rocksdb::SequenceNumber erased_at_ = 0;  // Snapshots before that still see erased rows...
  std::string last_erasure_;               // ... of the erasures up to this key.

  std::thread thread_;  // Last, so that it starts when all else is there.
};

}  // namespace sild::storage
