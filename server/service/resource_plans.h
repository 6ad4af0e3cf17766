#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/concept_edit.h"
#include "server/service/convert_glossary.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/history.h"
#include "server/service/store_access.h"
#include "server/service/unit_edit.h"
#include "server/service/update_mask.h"
#include "server/storage/store.h"

// What writes do to a unit or a concept, alike for both. Each is the body of a plan, which may be
// run again: it sets `result`, what is stored afterwards, and never reads it.
namespace sild::service {

inline absl::StatusOr<TranslationUnit> Get(const storage::Reader& reader, const UnitName& name) {
  return reader.GetUnit(name);
}
inline absl::StatusOr<Concept> Get(const storage::Reader& reader, const ConceptName& name) {
  return reader.GetConcept(name);
}

// What messages call a resource.
inline std::string_view Word(const TranslationUnit&) { return "unit"; }
inline std::string_view Word(const Concept&) { return "concept"; }

// Stores a new resource. Under an id that holds the same already nothing changes.
template <typename Resource>
absl::Status Create(storage::Transaction& write, const Resource& wanted, Resource& result) {
  absl::StatusOr<Resource> stored = Get(write, wanted.name);
  if (stored.ok()) {
    if (!SayTheSame(*stored, wanted)) {
      return absl::AlreadyExistsError(
          fmt::format("{} holds another {}; choose another {}_id, or "
                      "update it",
                      wanted.name.str(), Word(wanted), Word(wanted)));
    }
    result = *std::move(stored);
    return absl::OkStatus();
  }
  if (!absl::IsNotFound(stored.status())) {
    return stored.status();
  }
  result = wanted;
  StampNew(result, write.now(), write.actor());
  return write.Put(result);
}

// Stores `updated` in place of `before`, unless it is the same but for what the server sets.
template <typename Resource>
absl::Status Replace(storage::Transaction& write, const Resource& before, Resource updated,
                     Resource& result) {
  TakeOutputOnly(before, updated);
  if (updated != before) {
    StampChanged(before, updated, write.now(), write.actor());
    SILD_CHECK_OK(write.Put(updated));
  }
  result = std::move(updated);
  return absl::OkStatus();
}

// Does what an update `request` asks for, of which `wanted` is the resource.
template <typename Resource, typename Name, typename Request, typename Message>
absl::Status Update(storage::Transaction& write, const Name& name, const Request& request,
                    const Message& wanted, Resource& result) {
  const absl::StatusOr<Resource> stored = Get(write, name);
  Message merged;
  if (stored.ok()) {
    SILD_CHECK_OK(CheckEtag(wanted.etag(), stored->revision, name.str()));
    ToProto(*stored, &merged);
  } else if (!request.allow_missing() || !absl::IsNotFound(stored.status())) {
    return stored.status();
  }
  SILD_CHECK_OK(ApplyUpdateMask(wanted, request.update_mask(), &merged));
  merged.set_name(name.str());
  if (!stored.ok()) {
    merged.clear_create_time();
    merged.clear_update_time();
  }
  absl::StatusOr<Resource> updated = FromProto(merged);
  SILD_CHECK_OK(Within(Word(result), updated.status()));
  return stored.ok() ? Replace(write, *stored, *std::move(updated), result)
                     : Create(write, *updated, result);
}

// `Aborted` if there is a resource of that name and `etag` is not its own.
template <typename Name>
absl::Status CheckEtagIfThere(const storage::Reader& reader, const Name& name,
                              std::string_view etag) {
  const auto stored = Get(reader, name);
  if (absl::IsNotFound(stored.status())) {
    return absl::OkStatus();
  }
  SILD_CHECK_OK(stored.status());
  return CheckEtag(etag, stored->revision, name.str());
}

// Writes the state that `request` names as the newest. The state is read in the plan, so that none
// comes back that was purged meanwhile.
template <typename Resource, typename Name, typename Request>
absl::Status Restore(storage::Transaction& write, const Name& name, const Request& request,
                     Resource& result) {
  SILD_CHECK_OK(CheckEtagIfThere(write, name, request.etag()));
  SILD_TRY(result, StateAt<Resource>(write, name, Revision{request.revision()}));
  result.update_time = write.now();
  result.updater = write.actor();
  return write.Put(result);
}

template <typename Name, typename Request>
absl::Status Delete(storage::Transaction& write, const Name& name, const Request& request) {
  SILD_TRY(const auto stored, Get(write, name));
  SILD_CHECK_OK(CheckEtag(request.etag(), stored.revision, name.str()));
  return write.Delete(name);
}

template <typename Name, typename Request>
absl::Status Purge(storage::Transaction& write, const Name& name, const Request& request) {
  SILD_CHECK_OK(CheckEtagIfThere(write, name, request.etag()));
  return write.Purge(name);
}

}  // namespace sild::service
