#include "server/storage/publisher.h"

#include <utility>

namespace sild::storage {

std::shared_ptr<const StoredView> Publisher::view() const {
  const std::lock_guard lock(view_mutex_);
  return view_;
}

void Publisher::Publish(std::shared_ptr<const StoredView> view) {
  {
    const std::lock_guard lock(view_mutex_);
    view_.swap(view);
  }
  view.reset();  // Releasing a snapshot takes a lock of RocksDB: not under ours.
  const std::lock_guard lock(listeners_mutex_);
  for (const auto& [number, listener] : listeners_) {
    listener();
  }
}

std::uint64_t Publisher::AddListener(std::function<void()> listener) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.emplace(next_listener_, std::move(listener));
  return next_listener_++;
}

void Publisher::RemoveListener(std::uint64_t number) {
  const std::lock_guard lock(listeners_mutex_);
  listeners_.erase(number);
}

}  // namespace sild::storage
