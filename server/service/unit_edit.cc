#include "server/service/unit_edit.h"

#include <algorithm>
#include <utility>

namespace sild::service {
namespace {

// A copy without what storing adds.
TranslationUnit Bare(TranslationUnit unit) {
  unit.name = {};
  unit.create_time = unit.update_time = {};
  unit.creator.clear();
  unit.updater.clear();
  unit.usage_count = 0;
  unit.last_use_time = std::nullopt;
  unit.revision = {};
  for (Variant& variant : unit.variants) {
    variant.create_time = variant.update_time = std::nullopt;
    variant.creator.clear();
    variant.updater.clear();
  }
  return unit;
}

}  // namespace

void StampNew(Variant& variant, Timestamp now, const std::string& actor) {
  if (!variant.create_time) {
    variant.create_time = std::min(now, variant.update_time.value_or(now));
  }
  if (!variant.update_time) {
    variant.update_time = variant.create_time;
  }
  if (variant.creator.empty()) {
    variant.creator = actor;
  }
  if (variant.updater.empty()) {
    variant.updater = variant.creator;
  }
}

void StampNew(TranslationUnit& unit, Timestamp now, const std::string& actor) {
  if (unit.create_time == Timestamp()) {
    unit.create_time = now;
  }
  if (unit.update_time == Timestamp()) {
    unit.update_time = std::max(unit.create_time, now);
  }
  if (unit.creator.empty()) {
    unit.creator = actor;
  }
  if (unit.updater.empty()) {
    unit.updater = unit.creator;
  }
  for (Variant& variant : unit.variants) {
    if (!variant.update_time) {
      variant.update_time = variant.create_time.value_or(unit.update_time);
    }
    if (variant.updater.empty()) {
      variant.updater = variant.creator.empty() ? unit.updater : variant.creator;
    }
    StampNew(variant, unit.create_time, unit.creator);
  }
}

void StampChanged(const Variant& before, Variant& variant, Timestamp now,
                  const std::string& actor) {
  if (variant == before) {
    return;
  }
  if (!variant.create_time) {
    variant.create_time = before.create_time;
  }
  if (variant.creator.empty()) {
    variant.creator = before.creator;
  }
  if (!variant.update_time || variant.update_time == before.update_time) {
    variant.update_time = now;
  }
  if (variant.updater.empty() || variant.updater == before.updater) {
    variant.updater = actor;
  }
}

void StampChanged(const TranslationUnit& before, TranslationUnit& unit, Timestamp now,
                  const std::string& actor) {
  unit.create_time = before.create_time;
  unit.update_time = now;
  if (unit.updater == before.updater) {
    unit.updater = actor;
  }
  for (Variant& variant : unit.variants) {
    if (const Variant* old = before.Find(variant.language)) {
      StampChanged(*old, variant, now, actor);
    } else {
      StampNew(variant, now, actor);
    }
  }
}

void TakeOutputOnly(const TranslationUnit& before, TranslationUnit& unit) {
  unit.name = before.name;
  unit.create_time = before.create_time;
  unit.update_time = before.update_time;
  unit.usage_count = before.usage_count;
  unit.last_use_time = before.last_use_time;
  unit.revision = before.revision;
}

void SetVariant(TranslationUnit& unit, Variant variant) {
  for (Variant& old : unit.variants) {
    if (old.language == variant.language) {
      old = std::move(variant);
      return;
    }
  }
  unit.variants.push_back(std::move(variant));
}

bool SayTheSame(const TranslationUnit& a, const TranslationUnit& b) { return Bare(a) == Bare(b); }

}  // namespace sild::service
