#pragma once

#include <memory>

#include "server/service/api.h"
#include "server/storage/store.h"

namespace sild::service {

// `sild.v1.WatchService`. Safe for any number of threads. The store must outlive it.
class WatchService {
 public:
  explicit WatchService(storage::Store& store) : store_(store) {}

  void AddTo(Api& api);

  std::unique_ptr<Stream> WatchChanges();

 private:
  storage::Store& store_;
};

}  // namespace sild::service
