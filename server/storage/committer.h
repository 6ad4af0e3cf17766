#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <rocksdb/db.h>

#include "server/storage/event_log.h"
#include "server/storage/index_keeper.h"
#include "server/storage/keys.h"
#include "server/storage/overlay.h"
#include "server/storage/publisher.h"
#include "server/storage/requests.h"
#include "server/storage/store.h"

namespace sild::storage {

// The one door for changes: a thread that takes all waiting writes, runs their plans one after
// another, each seeing what those before it did, and commits the group with one `EventLog::Append`.
// All methods may be called from any thread, but not from a plan or a listener.
class Committer {
 public:
  // What is done after a commit, on the committer thread: with the rows written, and the sequence
  // number of the database after them.
  using AfterCommit = std::function<void(const Overlay&, rocksdb::SequenceNumber)>;

  // `db`, `log`, `publisher` and `indexes` must outlive this.
  Committer(rocksdb::DB& db, EventLog& log, Publisher& publisher, IndexKeeper& indexes,
            const StoreOptions& options, AfterCommit after_commit);

  // Commits what waits, and ends the thread.
  ~Committer();

  Committer(const Committer&) = delete;
  Committer& operator=(const Committer&) = delete;

  // As `Store::Write`.
  absl::StatusOr<WriteResult> Write(const WriteOptions& options,
                                    std::function<absl::Status(Transaction&)> plan);

  // Runs `work` between two groups. It may commit by itself one event with the revision `next`;
  // if it did it returns that revision, and a new view is published. If it changed units it tells
  // `indexes`.
  using Work = std::function<absl::StatusOr<WriteResult>(const StoredView& newest, Revision next)>;
  absl::StatusOr<WriteResult> RunAlone(Work work);

  Timestamp Now() const;
  const Requests& requests() const { return requests_; }
  IndexKeeper& indexes() { return indexes_; }

 private:
  // A call that waits. Owned by the caller's stack; the thread does not touch it once it is done.
  struct Task {
    WriteOptions options;
    std::function<absl::Status(Transaction&)> plan;
    Work work;  // Instead of a plan.
    absl::StatusOr<WriteResult> result = WriteResult{};
    bool is_done = false;              // Guarded by `queue_mutex_`.
    std::condition_variable finished;  // Of `is_done`.
  };

  // Writes that become durable together.
  struct Group {
    explicit Group(const StoredView& view) : rows(view.rows()), head(view.revision()) {}
    Overlay rows;
    Revision head;  // Of the last event so far.
  };

  absl::StatusOr<WriteResult> WaitFor(Task& task);
  void Finish(const std::vector<Task*>& tasks);

  void Run();
  bool WaitForWork(std::unique_lock<std::mutex>& lock);
  Task* TakePlan();
  void RunTaskAlone(Task& task);
  void RunGroup();
  void RefuseAll();
  absl::Status TryGroup(std::vector<Task*>& tasks);
  absl::StatusOr<WriteResult> RunPlan(const Task& task, Group& group);
  absl::Status Commit(Group& group, Revision old_head);
  absl::Status PublishView();

  // Constant after construction.
  rocksdb::DB& db_;
  EventLog& log_;
  Publisher& publisher_;
  IndexKeeper& indexes_;
  const std::function<Timestamp()> clock_;
  const std::size_t max_group_writes_;
  const AfterCommit after_commit_;

  // Of the thread only.
  Requests requests_;
  absl::Status failure_;  // Not OK: the disk refused, and all writes fail until a restart.

  std::mutex queue_mutex_;
  std::condition_variable has_work_;
  std::deque<Task*> queue_;  // Guarded by `queue_mutex_`, as is what follows.
  bool is_stopping_ = false;

  std::thread thread_;  // Last, so that it starts when all else is there.
};

}  // namespace sild::storage
