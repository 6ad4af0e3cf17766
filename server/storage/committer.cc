#include "server/storage/committer.h"

#include <chrono>

#include <rocksdb/write_batch.h>

#include "server/model/try.h"
#include "server/storage/planned_write.h"
#include "server/storage/status.h"

namespace sild::storage {
namespace {

// A group takes no more writes once it has that many bytes, so that the first ones need not wait.
constexpr std::size_t kMaxGroupBytes = 8U << 20;

// How often a group is run again if another writer of the log was first.
constexpr int kMaxAttempts = 5;

// How many old events' request ids a commit looks at, besides two for each of its own.
constexpr int kSweepSteps = 8;

Timestamp SystemNow() {
  return std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
}

// Collects the events in `(old_head, head]` from the rows of a group.
std::vector<Event> EventsOf(const Overlay::Changes& rows, Revision old_head, Revision head) {
  std::vector<Event> events;
  if (head == old_head) {
    return events;
  }
  const auto end = rows.lower_bound(EventKey({head.value + 1}, 0));
  for (auto it = rows.lower_bound(EventKey({old_head.value + 1}, 0)); it != end; ++it) {
    const auto place = ParseEventKey(it->first);
    if (place->ordinal == 0) {
      events.push_back({place->revision, *it->second, {}});
    } else {
      events.back().changes.push_back(*it->second);
    }
  }
  return events;
}

}  // namespace

Committer::Committer(rocksdb::DB& db, EventLog& log, Publisher& publisher, IndexKeeper& indexes,
                     const StoreOptions& options, AfterCommit after_commit)
    : db_(db),
      log_(log),
      publisher_(publisher),
      indexes_(indexes),
      clock_(options.clock ? options.clock : SystemNow),
      max_group_writes_(options.max_group_writes),
      after_commit_(std::move(after_commit)),
      requests_(options.idempotency_window),
      thread_([this] { Run(); }) {}

Committer::~Committer() {
  {
    const std::lock_guard lock(queue_mutex_);
    is_stopping_ = true;
  }
  has_work_.notify_one();
  thread_.join();
}

Timestamp Committer::Now() const { return clock_(); }

absl::StatusOr<WriteResult> Committer::Write(const WriteOptions& options,
                                             std::function<absl::Status(Transaction&)> plan) {
  Task task;
  task.options = options;
  task.plan = std::move(plan);
  return WaitFor(task);
}

absl::StatusOr<WriteResult> Committer::RunAlone(Work work) {
  Task task;
  task.work = std::move(work);
  return WaitFor(task);
}

absl::StatusOr<WriteResult> Committer::WaitFor(Task& task) {
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&task);
  has_work_.notify_one();
  task.finished.wait(lock, [&] { return task.is_done; });
  return std::move(task.result);
}

void Committer::Finish(const std::vector<Task*>& tasks) {
  const std::lock_guard lock(queue_mutex_);
  for (Task* task : tasks) {
    task->is_done = true;
    task->finished.notify_one();  // Under the lock: after it the task may be gone.
  }
}

void Committer::Run() {
  for (;;) {
    Task* alone = nullptr;
    {
      std::unique_lock lock(queue_mutex_);
      if (!WaitForWork(lock)) {
        return;
      }
      if (!queue_.empty() && queue_.front()->work) {
        alone = queue_.front();
        queue_.pop_front();
      }
    }
    if (alone != nullptr) {
      RunTaskAlone(*alone);
    } else if (!failure_.ok()) {
      RefuseAll();
    } else {
      RunGroup();
    }
  }
}

// Returns whether there is something to do; false at the end.
bool Committer::WaitForWork(std::unique_lock<std::mutex>& lock) {
  has_work_.wait(lock, [this] { return !queue_.empty() || is_stopping_; });
  return !queue_.empty();
}

// Returns the next waiting write, or null if there is none or the next task is to run alone.
Committer::Task* Committer::TakePlan() {
  const std::lock_guard lock(queue_mutex_);
  if (queue_.empty() || queue_.front()->work) {
    return nullptr;
  }
  Task* task = queue_.front();
  queue_.pop_front();
  return task;
}

void Committer::RunTaskAlone(Task& task) {
  const auto newest = publisher_.view();
  const Revision next{newest->revision().value + 1};
  task.result = failure_.ok() ? task.work(*newest, next) : failure_;
  if (task.result.ok() && task.result->revision == next) {
    if (const absl::Status status = PublishView(); !status.ok()) {
      task.result = status;
    }
  } else if (absl::IsUnavailable(task.result.status())) {
    failure_ = task.result.status();
  }
  Finish({&task});
}

void Committer::RunGroup() {
  std::vector<Task*> tasks;
  absl::Status status = TryGroup(tasks);
  for (int attempt = 1; absl::IsAborted(status) && attempt < kMaxAttempts; ++attempt) {
    status = TryGroup(tasks);
  }
  if (absl::IsAborted(status)) {
    status = absl::UnavailableError("other writers of the change log were always first; try again");
  }
  for (Task* task : tasks) {
    // A plan that failed by itself changed nothing: its own error stays.
    if (!status.ok() && task->result.ok()) {
      task->result = status;
    }
  }
  Finish(tasks);
}

void Committer::RefuseAll() {
  std::vector<Task*> tasks;
  while (Task* task = TakePlan()) {
    task->result = failure_;
    tasks.push_back(task);
  }
  Finish(tasks);
}

// Runs the plans of `tasks` (again), then adds and runs those that wait, and commits what they did.
absl::Status Committer::TryGroup(std::vector<Task*>& tasks) {
  const auto newest = publisher_.view();
  Group group(*newest);
  for (Task* task : tasks) {
    task->result = RunPlan(*task, group);
  }
  while (tasks.size() < max_group_writes_ && group.rows.size_bytes() < kMaxGroupBytes) {
    Task* task = TakePlan();
    if (task == nullptr) {
      break;
    }
    task->result = RunPlan(*task, group);
    tasks.push_back(task);
  }
  if (group.rows.changes().empty()) {
    return absl::OkStatus();
  }
  if (group.head != newest->revision()) {
    requests_.Sweep(group.rows, newest->revision(), clock_(),
                    kSweepSteps + 2 * static_cast<int>(tasks.size()));
  }
  return Commit(group, newest->revision());
}

absl::StatusOr<WriteResult> Committer::RunPlan(const Task& task, Group& group) {
  const Timestamp now = clock_();
  SILD_TRY(auto known, requests_.Find(group.rows, task.options, now));
  if (known.has_value()) {
    return *std::move(known);
  }
  PlannedWrite write(group.rows, {group.head.value + 1}, now, task.options.actor);
  SILD_CHECK_OK(task.plan(write));
  if (!write.has_changes()) {
    group.rows.Absorb(write.rows());  // A use at most.
    return WriteResult{group.head, {}, false};
  }
  write.Seal(task.options.request_id, task.options.fingerprint);
  group.rows.Absorb(write.rows());
  ++group.head.value;
  return WriteResult{group.head, std::move(write.changes()), false};
}

absl::Status Committer::Commit(Group& group, Revision old_head) {
  rocksdb::WriteBatch batch(group.rows.size_bytes(), 0, 8, 0);
  for (const auto& [key, value] : group.rows.changes()) {
    const rocksdb::Status status =
        value.has_value() ? batch.Put(ToSlice(key), ToSlice(*value)) : batch.Delete(ToSlice(key));
    SILD_CHECK_OK(ToStatus(status, "writing"));
  }
  const std::vector<Event> events = EventsOf(group.rows.changes(), old_head, group.head);
  const absl::Status status = log_.Append(old_head, events, batch);
  if (absl::IsAborted(status)) {
    indexes_.ForgetAll();  // Others wrote, what is not known here.
    SILD_CHECK_OK(PublishView());
    return status;
  }
  if (!status.ok()) {
    failure_ = absl::UnavailableError(
        "the disk refused a write; this one may or may not be stored, and the server takes no more "
        "until it is restarted");
    return failure_;
  }
  const rocksdb::SequenceNumber sequence = db_.GetLatestSequenceNumber();
  indexes_.Apply(group.rows.changes(), publisher_.view()->rows(), group.head);
  SILD_CHECK_OK(PublishView());
  after_commit_(group.rows, sequence);
  return absl::OkStatus();
}

absl::Status Committer::PublishView() {
  auto view = StoredView::Take(db_, &indexes_);
  if (!view.ok()) {
    failure_ = absl::UnavailableError("the database cannot be read; restart the server");
    return failure_;
  }
  publisher_.Publish(*std::move(view));
  return absl::OkStatus();
}

}  // namespace sild::storage
