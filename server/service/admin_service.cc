#include "server/service/admin_service.h"

#include <fstream>

#include <unistd.h>

#include "server/model/try.h"
#include "server/service/store_access.h"

namespace sild::service {
namespace {

// The memory of this process that is in RAM, in bytes. 0 if the system does not tell.
std::int64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  std::int64_t total_pages = 0;
  std::int64_t resident_pages = 0;
  statm >> total_pages >> resident_pages;
  return statm ? resident_pages * sysconf(_SC_PAGESIZE) : 0;
}

}  // namespace

void AdminService::AddTo(Api& api) {
  const std::string prefix = "sild.v1.AdminService/";
  api.Add(prefix + "GetStats", this, &AdminService::GetStats);
  for (const char* method : {"CreateBackup", "ListBackups", "DeleteBackup", "CreateToken",
                             "ListTokens", "DeleteToken"}) {
    api.AddUnimplemented(prefix + method);
  }
}

absl::Status AdminService::GetStats(CallContext& call, const v1::GetStatsRequest& /*request*/,
                                    v1::Stats* response) {
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const storage::StoreStats stats, store_.Stats());
  response->set_version(version_);
  const auto uptime = std::chrono::steady_clock::now() - started_;
  response->mutable_uptime()->set_seconds(
      std::chrono::duration_cast<std::chrono::seconds>(uptime).count());
  response->set_revision(view->revision().value);
  response->set_oldest_revision(view->oldest_revision().value);
  response->set_memory_count(stats.memory_count);
  response->set_unit_count(stats.unit_count);
  response->set_glossary_count(stats.glossary_count);
  response->set_concept_count(stats.concept_count);
  response->set_disk_bytes(stats.disk_bytes);
  response->set_memory_bytes(ResidentBytes());
  return absl::OkStatus();
}

}  // namespace sild::service
