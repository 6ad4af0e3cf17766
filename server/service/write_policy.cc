#include "server/service/write_policy.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "server/model/try.h"
#include "server/service/unit_edit.h"

namespace sild::service {
namespace {

// The variant that the others were translated from, as far as the unit says.
const Variant& SourceOf(const TranslationUnit& unit) {
  const Variant* source = unit.Find(unit.source_language);
  return source != nullptr ? *source : unit.variants[0];
}

// Whether both are known and equal: what is unknown equals nothing.
bool SameContext(const TranslationUnit& a, const Variant& a_source, const TranslationUnit& b,
                 const Variant& b_source) {
  const bool same_document = a.document == b.document;
  if (same_document && !a.document.empty() && !a.context_id.empty() &&
      a.context_id == b.context_id) {
    return true;
  }
  const Neighbors& left = a_source.neighbors;
  return same_document && a.context_id == b.context_id && left.previous_hash && left.next_hash &&
         left == b_source.neighbors;
}

Timestamp DateOf(const TranslationUnit& unit, const Variant& variant) {
  return variant.update_time.value_or(variant.create_time.value_or(unit.update_time));
}

bool MayReplace(const TranslationUnit& unit, const Variant& variant, const TranslationUnit& stored,
                const Variant& old, WritePolicy policy) {
  if (policy == WritePolicy::kOverwriteSameContext) {
    return true;
  }
  if (policy == WritePolicy::kKeepReviewed && old.status >= VariantStatus::kReviewed &&
      variant.status < old.status) {
    return false;
  }
  return DateOf(unit, variant) > DateOf(stored, old);
}

// Takes the targets of `unit` into `stored` as far as the policy allows.
Reconciled Merge(const TranslationUnit& unit, const Variant& source, TranslationUnit stored,
                 WritePolicy policy) {
  Reconciled result{Outcome::kUnchanged, std::move(stored)};
  TranslationUnit& merged = result.unit;
  for (const Variant& variant : unit.variants) {
    if (variant.language == source.language) {
      continue;
    }
    const Variant* old = merged.Find(variant.language);
    if (old != nullptr &&
        (old->segment == variant.segment || !MayReplace(unit, variant, merged, *old, policy))) {
      continue;
    }
    Variant taken = variant;
    if (old != nullptr) {
      taken.create_time = old->create_time;
      taken.creator = old->creator;
    }
    SetVariant(merged, std::move(taken));
    result.outcome = Outcome::kUpdated;
  }
  if (result.outcome == Outcome::kUpdated) {
    merged.update_time = std::max(merged.update_time, unit.update_time);
    if (!unit.updater.empty()) {
      merged.updater = unit.updater;
    }
  }
  return result;
}

}  // namespace

absl::StatusOr<Reconciled> Reconcile(const storage::Reader& reader, const TranslationUnit& unit,
                                     WritePolicy policy) {
  const Variant& source = SourceOf(unit);
  SILD_TRY(const std::vector<UnitName> names,
           reader.UnitsWithText(unit.name.parent(), source.language, source.segment.text));
  std::optional<TranslationUnit> partner;  // The newest that the policy would change.
  for (const UnitName& name : names) {
    SILD_TRY(TranslationUnit stored, reader.GetUnit(name));
    if (HoldTheSame(stored, unit)) {
      return Reconciled{Outcome::kUnchanged, std::move(stored)};
    }
    const Variant* stored_source = stored.Find(source.language);
    const bool is_partner = policy == WritePolicy::kOverwriteSameContext
                                ? SameContext(unit, source, stored, *stored_source)
                                : policy != WritePolicy::kKeepAll;
    if (is_partner && (!partner || partner->update_time < stored.update_time)) {
      partner = std::move(stored);
    }
  }
  if (partner) {
    return Merge(unit, source, *std::move(partner), policy);
  }
  return Reconciled{Outcome::kCreated, unit};
}

}  // namespace sild::service
