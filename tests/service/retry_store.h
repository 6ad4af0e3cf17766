#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "server/storage/store.h"

namespace sild::service {

// A store that runs each plan twice, as one may whose log has other writers: the first attempt
// comes to nothing, then `between` may change the store below, then the plan is run again. `after`
// is called when the write is durable and before its answer is made. Both are called once.
class RetryStore final : public storage::Store {
 public:
  explicit RetryStore(storage::Store& store) : store_(store) {}

  std::function<void()> between;
  std::function<void()> after;

  absl::StatusOr<storage::WriteResult> Write(
      const storage::WriteOptions& options,
      std::function<absl::Status(storage::Transaction&)> plan) override {
    storage::WriteOptions attempt;
    attempt.actor = options.actor;
    (void)store_.Write(attempt, [&](storage::Transaction& write) {
      (void)plan(write);
      return absl::AbortedError("another writer was first");
    });
    CallOnce(between);
    auto result = store_.Write(options, std::move(plan));
    CallOnce(after);
    return result;
  }

  std::shared_ptr<const storage::View> CurrentView() const override { return store_.CurrentView(); }
  absl::StatusOr<std::unique_ptr<storage::BulkLoad>> BeginBulkLoad(
      const storage::WriteOptions& options, const MemoryName& memory) override {
    return store_.BeginBulkLoad(options, memory);
  }
  std::uint64_t AddListener(std::function<void()> listener) override {
    return store_.AddListener(std::move(listener));
  }
  void RemoveListener(std::uint64_t number) override { store_.RemoveListener(number); }
  absl::StatusOr<storage::StoreStats> Stats() const override { return store_.Stats(); }
  void WaitForHousekeeping() override { store_.WaitForHousekeeping(); }
  void WaitForIndexes() override { store_.WaitForIndexes(); }

 private:
  static void CallOnce(std::function<void()>& hook) {
    if (const auto once = std::exchange(hook, nullptr)) {
      once();
    }
  }

  storage::Store& store_;
};

}  // namespace sild::service
