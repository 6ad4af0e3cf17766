#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>

#include "server/storage/stored_view.h"

namespace sild::storage {

// Where the newest view hangs, and who wants to know of a new one. Thread-safe.
class Publisher {
 public:
  explicit Publisher(std::shared_ptr<const StoredView> view) : view_(std::move(view)) {}

  // The owners of a view are this, until the next one, and whoever reads it.
  std::shared_ptr<const StoredView> view() const;

  // Makes `view` the newest one and calls the listeners.
  void Publish(std::shared_ptr<const StoredView> view);

  // As in `Store`. A listener must not add or remove listeners.
  std::uint64_t AddListener(std::function<void()> listener);
  void RemoveListener(std::uint64_t number);

 private:
  mutable std::mutex view_mutex_;
  std::shared_ptr<const StoredView> view_;

  // Held while listeners run, so that a removed one is not running any more.
  std::mutex listeners_mutex_;
  std::map<std::uint64_t, std::function<void()>> listeners_;
  std::uint64_t next_listener_ = 1;
};

}  // namespace sild::storage
