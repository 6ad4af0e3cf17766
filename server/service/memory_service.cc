#include "server/service/memory_service.h"

#include <optional>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/page_token.h"
#include "server/service/store_access.h"
#include "server/service/update_mask.h"

namespace sild::service {
namespace {

absl::StatusOr<MemoryName> ParseMemory(std::string_view name, std::string_view field) {
  absl::StatusOr<MemoryName> parsed = MemoryName::Parse(name);
  return parsed.ok() ? parsed : Named(field, parsed.status());
}

}  // namespace

void MemoryService::AddTo(Api& api) {
  const std::string prefix = "sild.v1.MemoryService/";
  api.Add(prefix + "ListMemories", this, &MemoryService::ListMemories);
  api.Add(prefix + "GetMemory", this, &MemoryService::GetMemory);
  api.Add(prefix + "CreateMemory", this, &MemoryService::CreateMemory);
  api.Add(prefix + "UpdateMemory", this, &MemoryService::UpdateMemory);
  api.Add(prefix + "DeleteMemory", this, &MemoryService::DeleteMemory);
  api.Add(prefix + "ListUnits", this, &MemoryService::ListUnits);
  api.Add(prefix + "GetUnit", this, &MemoryService::GetUnit);
  api.Add(prefix + "CreateUnit", this, &MemoryService::CreateUnit);
  api.Add(prefix + "BatchCreateUnits", this, &MemoryService::BatchCreateUnits);
  api.Add(prefix + "UpdateUnit", this, &MemoryService::UpdateUnit);
  api.Add(prefix + "SetVariant", this, &MemoryService::SetVariant);
  api.Add(prefix + "RemoveVariant", this, &MemoryService::RemoveVariant);
  api.Add(prefix + "DeleteUnit", this, &MemoryService::DeleteUnit);
  api.Add(prefix + "ConfirmSegment", this, &MemoryService::ConfirmSegment);
  api.Add(prefix + "ListUnitRevisions", this, &MemoryService::ListUnitRevisions);
  api.Add(prefix + "RestoreUnit", this, &MemoryService::RestoreUnit);
  api.Add(prefix + "PurgeUnit", this, &MemoryService::PurgeUnit);
  api.AddStream<v1::ImportUnitsRequest, v1::ImportUnitsResponse>(prefix + "ImportUnits", this,
                                                                 &MemoryService::ImportUnits);
  api.AddStream<v1::ExportUnitsRequest, v1::ExportUnitsResponse>(prefix + "ExportUnits", this,
                                                                 &MemoryService::ExportUnits);
}

absl::Status MemoryService::Describe(const storage::View& view, const Memory& memory,
                                     v1::Memory* response) {
  const absl::StatusOr<storage::Counts> counts = view.CountUnits(memory.name);
  if (!counts.ok() && !absl::IsNotFound(counts.status())) {
    return counts.status();
  }
  ToProto(memory, counts.value_or(storage::Counts()), response);
  return absl::OkStatus();
}

absl::Status MemoryService::ListMemories(CallContext& call, const v1::ListMemoriesRequest& request,
                                         v1::ListMemoriesResponse* response) {
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  SILD_TRY(const std::string last_id, LastIdOf(request));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(std::vector<Memory> memories, view->ListMemories(last_id, page_size + 1));
  const bool has_more = memories.size() > static_cast<std::size_t>(page_size);
  if (has_more) {
    memories.pop_back();
    response->set_next_page_token(PageTokenAfter(request, memories.back().name.memory));
  }
  for (const Memory& memory : memories) {
    SILD_CHECK_OK(Describe(*view, memory, response->add_memories()));
  }
  return absl::OkStatus();
}

absl::Status MemoryService::GetMemory(CallContext& call, const v1::GetMemoryRequest& request,
                                      v1::Memory* response) {
  SILD_TRY(const MemoryName name, ParseMemory(request.name(), "name"));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const Memory memory, view->GetMemory(name));
  return Describe(*view, memory, response);
}

absl::Status MemoryService::CreateMemory(CallContext& call, const v1::CreateMemoryRequest& request,
                                         v1::Memory* response) {
  if (!IsResourceId(request.memory_id())) {
    return FieldError("memory_id",
                      "must be 1 to 63 letters, digits and ._- that begin with a letter or digit");
  }
  v1::Memory wanted = request.memory();
  wanted.set_name("memories/" + request.memory_id());
  absl::StatusOr<Memory> memory = FromProto(wanted);
  SILD_CHECK_OK(Within("memory", memory.status()));
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(),
                 [memory = *memory](storage::Transaction& write) {
                   if (write.GetMemory(memory.name).ok()) {
                     return absl::AlreadyExistsError(fmt::format(
                         "{} exists already; choose another memory_id", memory.name.str()));
                   }
                   Memory stored = memory;
                   stored.create_time = stored.update_time = write.now();
                   return write.Put(std::move(stored));
                 }));
  const Memory stored = Stored(result, *memory);
  ToProto(stored, response);
  return absl::OkStatus();
}

absl::Status MemoryService::UpdateMemory(CallContext& call, const v1::UpdateMemoryRequest& request,
                                         v1::Memory* response) {
  SILD_TRY(const MemoryName name, ParseMemory(request.memory().name(), "memory.name"));
  Memory unchanged;
  SILD_TRY(
      const auto result,
      Write(store_, call, request, request.request_id(),
            [&](storage::Transaction& write) -> absl::Status {
              SILD_TRY(unchanged, write.GetMemory(name));
              SILD_CHECK_OK(CheckEtag(request.memory().etag(), unchanged.revision, name.str()));
              v1::Memory merged;
              ToProto(unchanged, &merged);
              SILD_CHECK_OK(ApplyUpdateMask(request.memory(), request.update_mask(), &merged));
              merged.set_name(name.str());
              absl::StatusOr<Memory> updated = FromProto(merged);
              SILD_CHECK_OK(Within("memory", updated.status()));
              updated->create_time = unchanged.create_time;
              updated->update_time = unchanged.update_time;
              updated->revision = unchanged.revision;
              if (*updated == unchanged) {
                return absl::OkStatus();
              }
              updated->update_time = write.now();
              return write.Put(*std::move(updated));
            }));
  const Memory stored = Stored(result, unchanged);
  return Describe(*store_.CurrentView(), stored, response);
}

absl::Status MemoryService::DeleteMemory(CallContext& call, const v1::DeleteMemoryRequest& request,
                                         google::protobuf::Empty* /*response*/) {
  SILD_TRY(const MemoryName name, ParseMemory(request.name(), "name"));
  return Write(store_, call, request, request.request_id(),
               [&](storage::Transaction& write) -> absl::Status {
                 SILD_TRY(const Memory memory, write.GetMemory(name));
                 SILD_CHECK_OK(CheckEtag(request.etag(), memory.revision, name.str()));
                 SILD_TRY(const storage::Counts counts, write.CountUnits(name));
                 if (counts.total > 0 && !request.force()) {
                   return absl::FailedPreconditionError(fmt::format(
                       "{} has {} units; set force to delete them too", name.str(), counts.total));
                 }
                 return write.Delete(name);
               })
      .status();
}

}  // namespace sild::service
