#include "client/lib/unary.h"
#include "include/sild/client.h"

namespace sild::client {

using Service = v1::MemoryService::StubInterface;

absl::StatusOr<v1::ListMemoriesResponse> Client::ListMemories(v1::ListMemoriesRequest request) {
  return Call(*connection_, connection_->memories(), &Service::ListMemories, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Memory> Client::GetMemory(v1::GetMemoryRequest request) {
  return Call(*connection_, connection_->memories(), &Service::GetMemory, CallClass::kRead,
              request);
}

absl::StatusOr<v1::Memory> Client::CreateMemory(v1::CreateMemoryRequest request) {
  return Call(*connection_, connection_->memories(), &Service::CreateMemory, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::Memory> Client::UpdateMemory(v1::UpdateMemoryRequest request) {
  return Call(*connection_, connection_->memories(), &Service::UpdateMemory, CallClass::kWrite,
              request);
}

absl::Status Client::DeleteMemory(v1::DeleteMemoryRequest request) {
  return Call(*connection_, connection_->memories(), &Service::DeleteMemory, CallClass::kWrite,
              request)
      .status();
}

absl::StatusOr<v1::ListUnitsResponse> Client::ListUnits(v1::ListUnitsRequest request) {
  return Call(*connection_, connection_->memories(), &Service::ListUnits, CallClass::kRead,
              request);
}

absl::StatusOr<v1::TranslationUnit> Client::GetUnit(v1::GetUnitRequest request) {
  return Call(*connection_, connection_->memories(), &Service::GetUnit, CallClass::kRead, request);
}

absl::StatusOr<v1::TranslationUnit> Client::CreateUnit(v1::CreateUnitRequest request) {
  return Call(*connection_, connection_->memories(), &Service::CreateUnit, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::BatchCreateUnitsResponse> Client::BatchCreateUnits(
    v1::BatchCreateUnitsRequest request) {
  return Call(*connection_, connection_->memories(), &Service::BatchCreateUnits, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::TranslationUnit> Client::UpdateUnit(v1::UpdateUnitRequest request) {
  return Call(*connection_, connection_->memories(), &Service::UpdateUnit, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::TranslationUnit> Client::SetVariant(v1::SetVariantRequest request) {
  return Call(*connection_, connection_->memories(), &Service::SetVariant, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::TranslationUnit> Client::RemoveVariant(v1::RemoveVariantRequest request) {
  return Call(*connection_, connection_->memories(), &Service::RemoveVariant, CallClass::kWrite,
              request);
}

absl::Status Client::DeleteUnit(v1::DeleteUnitRequest request) {
  return Call(*connection_, connection_->memories(), &Service::DeleteUnit, CallClass::kWrite,
              request)
      .status();
}

absl::StatusOr<v1::ConfirmSegmentResponse> Client::ConfirmSegment(
    v1::ConfirmSegmentRequest request) {
  return Call(*connection_, connection_->memories(), &Service::ConfirmSegment, CallClass::kWrite,
              request);
}

absl::StatusOr<v1::ListUnitRevisionsResponse> Client::ListUnitRevisions(
    v1::ListUnitRevisionsRequest request) {
  return Call(*connection_, connection_->memories(), &Service::ListUnitRevisions, CallClass::kRead,
              request);
}

absl::StatusOr<v1::TranslationUnit> Client::RestoreUnit(v1::RestoreUnitRequest request) {
  return Call(*connection_, connection_->memories(), &Service::RestoreUnit, CallClass::kWrite,
              request);
}

absl::Status Client::PurgeUnit(v1::PurgeUnitRequest request) {
  return Call(*connection_, connection_->memories(), &Service::PurgeUnit, CallClass::kWrite,
              request)
      .status();
}

}  // namespace sild::client
