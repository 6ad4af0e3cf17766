#include "server/service/write_policy.h"

#include <optional>
#include <utility>

#include "server/model/try.h"
#include "server/service/limits.h"
#include "server/service/unit_edit.h"
#include "server/storage/content_hash.h"

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

// A variant that leaves its unit takes along what was said of the unit.
Variant WithDatesOf(const TranslationUnit& unit, Variant variant) {
  const auto known = [](Timestamp time) {
    return time == Timestamp() ? std::nullopt : std::optional(time);
  };
  if (!variant.create_time) {
    variant.create_time = known(unit.create_time);
  }
  if (!variant.update_time) {
    variant.update_time = known(unit.update_time);
  }
  if (variant.creator.empty()) {
    variant.creator = unit.creator;
  }
  if (variant.updater.empty()) {
    variant.updater = unit.updater;
  }
  return variant;
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
    Variant taken = WithDatesOf(unit, variant);
    if (old != nullptr) {
      taken.create_time = old->create_time;
      taken.creator = old->creator;
    }
    SetVariant(merged, std::move(taken));
    result.outcome = Outcome::kUpdated;
  }
  return result;
}

bool IsPartner(const TranslationUnit& unit, const Variant& source, const TranslationUnit& stored,
               WritePolicy policy) {
  return policy != WritePolicy::kOverwriteSameContext ||
         SameContext(unit, source, stored, *stored.Find(source.language));
}

// The newest stored unit that `policy` would change.
absl::StatusOr<std::optional<TranslationUnit>> FindPartner(const storage::Reader& reader,
                                                           const TranslationUnit& unit,
                                                           const Variant& source,
                                                           WritePolicy policy) {
  std::optional<TranslationUnit> partner;
  int seen = 0;
  SILD_CHECK_OK(reader.ForEachUnitWithText(
      unit.name.parent(), source.language, source.segment.text, [&](TranslationUnit&& stored) {
        if (IsPartner(unit, source, stored, policy) &&
            (!partner || partner->update_time < stored.update_time)) {
          partner = std::move(stored);
        }
        return ++seen < kMaxPartners;
      }));
  return partner;
}

// The stored unit that holds the same as `unit`.
absl::StatusOr<std::optional<TranslationUnit>> FindIdentical(const storage::Reader& reader,
                                                             const TranslationUnit& unit) {
  absl::StatusOr<TranslationUnit> namesake = reader.GetUnit(unit.name);
  if (namesake.ok() && storage::ContentHash(*namesake) == storage::ContentHash(unit)) {
    return *std::move(namesake);
  }
  if (!namesake.ok() && !absl::IsNotFound(namesake.status())) {
    return namesake.status();
  }
  return reader.FindIdentical(unit);
}

}  // namespace

absl::StatusOr<Reconciled> Reconcile(const storage::Reader& reader, const TranslationUnit& unit,
                                     WritePolicy policy) {
  SILD_TRY(std::optional<TranslationUnit> identical, FindIdentical(reader, unit));
  if (identical) {
    return Reconciled{Outcome::kUnchanged, *std::move(identical)};
  }
  if (policy != WritePolicy::kKeepAll) {
    const Variant& source = SourceOf(unit);
    SILD_TRY(std::optional<TranslationUnit> partner, FindPartner(reader, unit, source, policy));
    if (partner) {
      return Merge(unit, source, *std::move(partner), policy);
    }
  }
  return Reconciled{Outcome::kCreated, unit};
}

void Stamp(Reconciled& reconciled, Timestamp now, const std::string& actor) {
  TranslationUnit& unit = reconciled.unit;
  if (reconciled.outcome == Outcome::kUpdated) {
    unit.update_time = now;
    unit.updater = actor;
    for (Variant& variant : unit.variants) {
      StampNew(variant, now, actor);
    }
  }
  StampNew(unit, now, actor);
}

}  // namespace sild::service
