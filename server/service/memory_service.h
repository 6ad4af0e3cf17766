#pragma once

#include <memory>

#include <absl/status/status.h>
#include <google/protobuf/empty.pb.h>

#include "server/service/api.h"
#include "server/service/call_context.h"
#include "server/storage/store.h"
#include "sild/v1/memory_service.pb.h"

namespace sild::service {

// `sild.v1.MemoryService`: memories in `memory_service.cc`, units in `unit_methods.cc`, their
// history in `unit_history.cc`, import and export in `unit_import.cc` and `unit_export.cc`. Safe
// for any number of threads. The store must outlive it.
class MemoryService {
 public:
  explicit MemoryService(storage::Store& store) : store_(store) {}

  void AddTo(Api& api);

  absl::Status ListMemories(CallContext& call, const v1::ListMemoriesRequest& request,
                            v1::ListMemoriesResponse* response);
  absl::Status GetMemory(CallContext& call, const v1::GetMemoryRequest& request,
                         v1::Memory* response);
  absl::Status CreateMemory(CallContext& call, const v1::CreateMemoryRequest& request,
                            v1::Memory* response);
  absl::Status UpdateMemory(CallContext& call, const v1::UpdateMemoryRequest& request,
                            v1::Memory* response);
  absl::Status DeleteMemory(CallContext& call, const v1::DeleteMemoryRequest& request,
                            google::protobuf::Empty* response);

  absl::Status ListUnits(CallContext& call, const v1::ListUnitsRequest& request,
                         v1::ListUnitsResponse* response);
  absl::Status GetUnit(CallContext& call, const v1::GetUnitRequest& request,
                       v1::TranslationUnit* response);
  absl::Status CreateUnit(CallContext& call, const v1::CreateUnitRequest& request,
                          v1::TranslationUnit* response);
  absl::Status BatchCreateUnits(CallContext& call, const v1::BatchCreateUnitsRequest& request,
                                v1::BatchCreateUnitsResponse* response);
  absl::Status UpdateUnit(CallContext& call, const v1::UpdateUnitRequest& request,
                          v1::TranslationUnit* response);
  absl::Status SetVariant(CallContext& call, const v1::SetVariantRequest& request,
                          v1::TranslationUnit* response);
  absl::Status RemoveVariant(CallContext& call, const v1::RemoveVariantRequest& request,
                             v1::TranslationUnit* response);
  absl::Status DeleteUnit(CallContext& call, const v1::DeleteUnitRequest& request,
                          google::protobuf::Empty* response);
  absl::Status ConfirmSegment(CallContext& call, const v1::ConfirmSegmentRequest& request,
                              v1::ConfirmSegmentResponse* response);

  absl::Status ListUnitRevisions(CallContext& call, const v1::ListUnitRevisionsRequest& request,
                                 v1::ListUnitRevisionsResponse* response);
  absl::Status RestoreUnit(CallContext& call, const v1::RestoreUnitRequest& request,
                           v1::TranslationUnit* response);
  absl::Status PurgeUnit(CallContext& call, const v1::PurgeUnitRequest& request,
                         google::protobuf::Empty* response);

  std::unique_ptr<Stream> ImportUnits();
  std::unique_ptr<Stream> ExportUnits();

 private:
  // Fills `response` with a memory and what is counted in `view`; nothing, if it is gone from there
  // since it was written.
  absl::Status Describe(const storage::View& view, const Memory& memory, v1::Memory* response);

  storage::Store& store_;
};

}  // namespace sild::service
