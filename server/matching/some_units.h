#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "server/matching/candidate_source.h"
#include "server/model/try.h"

namespace sild::matching {

// Units by name. Null if they would take too much memory, so that they are to be read again.
using Units = std::map<UnitName, std::shared_ptr<const TranslationUnit>>;

// A source that shows only some units of its own accord.
class SomeUnits : public CandidateSource {
 public:
  SomeUnits(const CandidateSource& all, const Units& units) : all_(all), units_(units) {}

  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    bool is_wanted = true;
    for (auto unit = units_.begin(); unit != units_.end() && is_wanted; ++unit) {
      if (unit->first.parent() != memory) {
        continue;
      }
      if (unit->second != nullptr) {
        is_wanted = visit(*unit->second);
      } else {
        SILD_TRY(const TranslationUnit read, all_.GetUnit(unit->first));
        is_wanted = visit(read);
      }
    }
    return absl::OkStatus();
  }

  absl::StatusOr<bool> MayHave(const MemoryName& memory,
                               const text::LanguageKey& key) const override {
    return all_.MayHave(memory, key);
  }
  absl::Status ForEachUnitWithText(
      const MemoryName& memory, const text::LanguageKey& key, std::string_view text,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    return all_.ForEachUnitWithText(memory, key, text, visit);
  }

  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override {
    return all_.GetUnit(name);
  }

  absl::Status FillUsage(TranslationUnit& unit) const override { return all_.FillUsage(unit); }

 private:
  const CandidateSource& all_;
  const Units& units_;
};

}  // namespace sild::matching
