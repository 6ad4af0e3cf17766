#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/service/memory_service.h"
#include "server/service/page_token.h"
#include "server/service/resource_plans.h"
#include "server/service/store_access.h"
#include "server/service/unit_edit.h"
#include "server/service/write_policy.h"
#include "server/text/utf8.h"

// The methods of `MemoryService` on units.
namespace sild::service {
namespace {

absl::StatusOr<MemoryName> ParseParent(std::string_view name) {
  absl::StatusOr<MemoryName> parsed = MemoryName::Parse(name);
  return parsed.ok() ? parsed : Named("parent", parsed.status());
}

absl::StatusOr<UnitName> ParseUnitName(std::string_view name, std::string_view field) {
  absl::StatusOr<UnitName> parsed = UnitName::Parse(name);
  return parsed.ok() ? parsed : Named(field, parsed.status());
}

// Reads the unit of a create request, named but not stamped. What the server sets is cleared.
absl::StatusOr<TranslationUnit> NewUnit(const v1::CreateUnitRequest& request,
                                        const MemoryName& parent) {
  if (!request.unit_id().empty() && !IsResourceId(request.unit_id())) {
    return FieldError("unit_id",
                      "must be 1 to 63 letters, digits and ._- that begin with a letter or digit");
  }
  v1::TranslationUnit wanted = request.unit();
  wanted.clear_name();
  wanted.clear_create_time();
  wanted.clear_update_time();
  wanted.clear_usage_count();
  wanted.clear_last_use_time();
  absl::StatusOr<TranslationUnit> unit = FromProto(wanted);
  SILD_CHECK_OK(Within("unit", unit.status()));
  unit->name = UnitName{parent.memory, request.unit_id().empty() ? NewId() : request.unit_id()};
  return unit;
}

// The unit that a confirmed segment is if it is new.
absl::StatusOr<TranslationUnit> ConfirmedUnit(const v1::ConfirmSegmentRequest& request,
                                              const MemoryName& parent) {
  v1::TranslationUnit wanted;
  wanted.set_source_language_code(request.source().language_code());
  *wanted.add_variants() = request.source();
  *wanted.add_variants() = request.target();
  wanted.set_document(request.document());
  wanted.set_context_id(request.context_id());
  *wanted.mutable_labels() = request.labels();
  SILD_CHECK_OK(Within("source", FromProto(request.source()).status()));
  SILD_CHECK_OK(Within("target", FromProto(request.target()).status()));
  SILD_TRY(TranslationUnit unit, FromProto(wanted));
  unit.name = UnitName{parent.memory, NewId()};
  return unit;
}

// Whether a unit has the translation that was confirmed, so that it was used.
bool HoldsTarget(const TranslationUnit& unit, const TranslationUnit& confirmed) {
  const Variant& target = confirmed.variants[1];
  const Variant* stored = unit.Find(target.language);
  return stored != nullptr && stored->segment == target.segment;
}

// Does what a confirmed segment asks for. What is confirmed now is newer than anything stored,
// whatever date the client gave none for.
absl::Status Confirm(storage::Transaction& write, const v1::ConfirmSegmentRequest& request,
                     TranslationUnit confirmed, Reconciled& reconciled) {
  SILD_TRY(const Memory memory, write.GetMemory(confirmed.name.parent()));
  SILD_TRY(const WritePolicy policy, FromProto(request.write_policy(), memory.write_policy));
  for (Variant& variant : confirmed.variants) {
    StampNew(variant, write.now(), write.actor());
  }
  SILD_TRY(reconciled, Reconcile(write, confirmed, policy));
  if (reconciled.outcome != Outcome::kUnchanged) {
    Stamp(reconciled, write.now(), write.actor());
    return write.Put(reconciled.unit);
  }
  if (HoldsTarget(reconciled.unit, confirmed)) {
    SILD_CHECK_OK(write.CountUse(reconciled.unit.name, request.request_id()));
    SILD_TRY(reconciled.unit, write.GetUnit(reconciled.unit.name));
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status MemoryService::ListUnits(CallContext& call, const v1::ListUnitsRequest& request,
                                      v1::ListUnitsResponse* response) {
  SILD_TRY(const MemoryName parent, ParseParent(request.parent()));
  SILD_TRY(const int page_size, PageSize(request.page_size()));
  SILD_TRY(const std::string last_id, LastIdOf(request));
  absl::StatusOr<UnitFilter> filter = FromProto(request.filter());
  SILD_CHECK_OK(Within("filter", filter.status()));
  SILD_TRY(const auto view, ReadView(store_, call));
  std::size_t bytes = 0;
  std::string page_end;
  bool has_more = false;
  SILD_CHECK_OK(view->ForEachUnit(parent, last_id, [&](TranslationUnit&& unit) {
    if (!filter->Matches(unit)) {
      return !call.cancelled;
    }
    v1::TranslationUnit next;
    ToProto(unit, &next);
    bytes += next.ByteSizeLong();
    if (response->units_size() == page_size || (!page_end.empty() && bytes > kMaxPageBytes)) {
      has_more = true;
      return false;
    }
    *response->add_units() = std::move(next);
    page_end = unit.name.unit;
    return !call.cancelled;
  }));
  if (has_more) {
    response->set_next_page_token(PageTokenAfter(request, page_end));
  }
  response->set_revision(view->revision().value);
  return absl::OkStatus();
}

absl::Status MemoryService::GetUnit(CallContext& call, const v1::GetUnitRequest& request,
                                    v1::TranslationUnit* response) {
  SILD_TRY(const UnitName name, ParseUnitName(request.name(), "name"));
  SILD_TRY(const auto view, ReadView(store_, call));
  SILD_TRY(const TranslationUnit unit, view->GetUnit(name));
  ToProto(unit, response);
  return absl::OkStatus();
}

absl::Status MemoryService::CreateUnit(CallContext& call, const v1::CreateUnitRequest& request,
                                       v1::TranslationUnit* response) {
  SILD_TRY(const MemoryName parent, ParseParent(request.parent()));
  SILD_TRY(const TranslationUnit wanted, NewUnit(request, parent));
  TranslationUnit unit = wanted;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(),
                 [&](storage::Transaction& write) { return Create(write, wanted, unit); }));
  ToProto(Stored(result, unit), response);
  return absl::OkStatus();
}

absl::Status MemoryService::BatchCreateUnits(CallContext& call,
                                             const v1::BatchCreateUnitsRequest& request,
                                             v1::BatchCreateUnitsResponse* response) {
  SILD_TRY(const MemoryName parent, ParseParent(request.parent()));
  if (request.requests().empty()) {
    return FieldError("requests", "is required; send 1 to 1,000 units");
  }
  SILD_CHECK_OK(CheckCount("requests", request.requests_size(), kMaxBatchCreate));
  std::vector<TranslationUnit> units;
  for (int i = 0; i < request.requests_size(); ++i) {
    const v1::CreateUnitRequest& one = request.requests(i);
    if (!one.parent().empty() && one.parent() != request.parent()) {
      return Within("requests", i,
                    FieldError("parent", "is not that of the batch; leave it empty"));
    }
    absl::StatusOr<TranslationUnit> unit = NewUnit(one, parent);
    SILD_CHECK_OK(Within("requests", i, unit.status()));
    units.push_back(*std::move(unit));
  }
  std::vector<TranslationUnit> stored = units;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             for (std::size_t i = 0; i < units.size(); ++i) {
               SILD_CHECK_OK(
                   Within("requests", static_cast<int>(i), Create(write, units[i], stored[i])));
             }
             return absl::OkStatus();
           }));
  for (const TranslationUnit& unit : StoredInOrder(result, stored)) {
    ToProto(unit, response->add_units());
  }
  return absl::OkStatus();
}

absl::Status MemoryService::UpdateUnit(CallContext& call, const v1::UpdateUnitRequest& request,
                                       v1::TranslationUnit* response) {
  SILD_TRY(const UnitName name, ParseUnitName(request.unit().name(), "unit.name"));
  v1::TranslationUnit wanted = request.unit();
  wanted.clear_usage_count();
  wanted.clear_last_use_time();
  TranslationUnit unit;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             return Update(write, name, request, wanted, unit);
           }));
  ToProto(Stored(result, unit), response);
  return absl::OkStatus();
}

absl::Status MemoryService::SetVariant(CallContext& call, const v1::SetVariantRequest& request,
                                       v1::TranslationUnit* response) {
  SILD_TRY(const UnitName name, ParseUnitName(request.unit(), "unit"));
  absl::StatusOr<Variant> variant = FromProto(request.variant());
  SILD_CHECK_OK(Within("variant", variant.status()));
  TranslationUnit unit;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(),
                 [&](storage::Transaction& write) -> absl::Status {
                   SILD_TRY(const TranslationUnit before, write.GetUnit(name));
                   SILD_CHECK_OK(CheckEtag(request.etag(), before.revision, name.str()));
                   TranslationUnit updated = before;
                   service::SetVariant(updated, *variant);
                   SILD_CHECK_OK(CheckCount(
                       "unit.variants", static_cast<int>(updated.variants.size()), kMaxVariants));
                   return Replace(write, before, std::move(updated), unit);
                 }));
  ToProto(Stored(result, unit), response);
  return absl::OkStatus();
}

absl::Status MemoryService::RemoveVariant(CallContext& call,
                                          const v1::RemoveVariantRequest& request,
                                          v1::TranslationUnit* response) {
  SILD_TRY(const UnitName name, ParseUnitName(request.unit(), "unit"));
  SILD_TRY(const LanguageTag language, Language(request.language_code(), "language_code"));
  TranslationUnit unit;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(),
                 [&](storage::Transaction& write) -> absl::Status {
                   SILD_TRY(const TranslationUnit before, write.GetUnit(name));
                   SILD_CHECK_OK(CheckEtag(request.etag(), before.revision, name.str()));
                   if (before.Find(language) == nullptr) {
                     return absl::NotFoundError(
                         fmt::format("{} has no variant in {}", name.str(), language.str()));
                   }
                   if (before.variants.size() == 1) {
                     return absl::FailedPreconditionError(fmt::format(
                         "{} has no other variant; delete the unit instead", name.str()));
                   }
                   TranslationUnit updated = before;
                   std::erase_if(updated.variants, [&](const Variant& variant) {
                     return variant.language == language;
                   });
                   return Replace(write, before, std::move(updated), unit);
                 }));
  ToProto(Stored(result, unit), response);
  return absl::OkStatus();
}

absl::Status MemoryService::DeleteUnit(CallContext& call, const v1::DeleteUnitRequest& request,
                                       google::protobuf::Empty* /*response*/) {
  SILD_TRY(const UnitName name, ParseUnitName(request.name(), "name"));
  return Write(store_, call, request, request.request_id(),
               [&](storage::Transaction& write) { return Delete(write, name, request); })
      .status();
}

absl::Status MemoryService::ConfirmSegment(CallContext& call,
                                           const v1::ConfirmSegmentRequest& request,
                                           v1::ConfirmSegmentResponse* response) {
  SILD_TRY(const MemoryName parent, ParseParent(request.parent()));
  SILD_TRY(const TranslationUnit wanted, ConfirmedUnit(request, parent));
  SILD_CHECK_OK(FromProto(request.write_policy(), WritePolicy::kKeepAll).status());
  Reconciled reconciled;
  SILD_TRY(const auto result,
           Write(store_, call, request, request.request_id(), [&](storage::Transaction& write) {
             return Confirm(write, request, wanted, reconciled);
           }));
  if (result.replayed) {
    reconciled.outcome =
        result.changes[0].type == ChangeType::kCreated ? Outcome::kCreated : Outcome::kUpdated;
  }
  ToProto(Stored(result, reconciled.unit), response->mutable_unit());
  response->set_outcome(static_cast<v1::ConfirmSegmentResponse::Outcome>(reconciled.outcome));
  return absl::OkStatus();
}

}  // namespace sild::service
