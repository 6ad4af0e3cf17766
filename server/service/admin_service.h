#pragma once

#include <chrono>
#include <string>

#include <absl/status/status.h>

#include "server/service/api.h"
#include "server/service/call_context.h"
#include "server/storage/store.h"
#include "sild/v1/admin_service.pb.h"

namespace sild::service {

// `sild.v1.AdminService`. Safe for any number of threads. The store must outlive it.
class AdminService {
 public:
  AdminService(storage::Store& store, std::string version)
      : store_(store), version_(std::move(version)), started_(std::chrono::steady_clock::now()) {}

  void AddTo(Api& api);

  absl::Status GetStats(CallContext& call, const v1::GetStatsRequest& request, v1::Stats* response);

 private:
  storage::Store& store_;
  const std::string version_;
  const std::chrono::steady_clock::time_point started_;
};

}  // namespace sild::service
