#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace sild::rpc {

// A fixed number of threads that run tasks in the order they came.
class WorkerPool {
 public:
  // At most `max_waiting` tasks wait for a thread.
  WorkerPool(int threads, std::size_t max_waiting);

  // Runs the tasks that wait, then ends.
  ~WorkerPool();

  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  // Takes a task, unless too many wait: then returns false, and the caller refuses the call.
  bool TrySubmit(std::function<void()> task);

  // Takes a task in any case: for the next step of a call that was let in already.
  void Submit(std::function<void()> task);

 private:
  void Work();

  const std::size_t max_waiting_;

  std::mutex mutex_;
  std::condition_variable has_work_;
  std::deque<std::function<void()>> waiting_;  // Guarded by `mutex_`.
  bool is_ending_ = false;                     // Guarded by `mutex_`.

  std::vector<std::jthread> threads_;  // Last, so that they end before the rest goes.
};

}  // namespace sild::rpc
