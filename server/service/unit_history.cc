#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <absl/strings/numbers.h>
#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/history.h"
#include "server/service/memory_service.h"
#include "server/service/resource_plans.h"
#include "server/service/store_access.h"

// The methods of `MemoryService` on what units were.
namespace sild::service {

absl::Status MemoryService::ListUnitRevisions(CallContext& call,
                                              const v1::ListUnitRevisionsRequest& request,
                                              v1::ListUnitRevisionsResponse* response) {
  absl::StatusOr<UnitName> name = UnitName::Parse(request.name());
  SILD_CHECK_OK(Named("name", name.status()));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(*response->mutable_next_page_token(),
           ListStates<TranslationUnit>(*view, *name, request, request.page_size(),
                                       response->mutable_units()));
  return absl::OkStatus();
}

absl::Status MemoryService::RestoreUnit(CallContext& call, const v1::RestoreUnitRequest& request,
                                        v1::TranslationUnit* response) {
  absl::StatusOr<UnitName> name = UnitName::Parse(request.name());
  SILD_CHECK_OK(Named("name", name.status()));
  TranslationUnit unit;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             return Restore(write, *name, request, unit);
           }));
  ToProto(Stored(result, unit), response);
  return absl::OkStatus();
}

absl::Status MemoryService::PurgeUnit(CallContext& call, const v1::PurgeUnitRequest& request,
                                      google::protobuf::Empty* /*response*/) {
  absl::StatusOr<UnitName> name = UnitName::Parse(request.name());
  SILD_CHECK_OK(Named("name", name.status()));
  return Write(store_, call, request, request.request_id(),
               [&](storage::Transaction& write) { return Purge(write, *name, request); })
      .status();
}

}  // namespace sild::service
