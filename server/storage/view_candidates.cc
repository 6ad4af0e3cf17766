#include "server/storage/view_candidates.h"

#include "server/model/try.h"

namespace sild::storage {

absl::Status ViewCandidates::ForEachUnit(
    const MemoryName& memory, absl::FunctionRef<bool(const TranslationUnit&)> visit) const {
  return view_.ForEachUnit(memory, "", [&visit](TranslationUnit&& unit) { return visit(unit); });
}

absl::Status ViewCandidates::ForEachUnitWithText(
    const MemoryName& memory, const text::LanguageKey& key, std::string_view text,
    absl::FunctionRef<bool(const TranslationUnit&)> visit) const {
  SILD_TRY(UnitsByWords* const units, Open(memory, key));
  return units->ForEach(text, [&visit](TranslationUnit&& unit) { return visit(unit); });
}

absl::StatusOr<bool> ViewCandidates::MayHave(const MemoryName& memory,
                                             const text::LanguageKey& key) const {
  SILD_TRY(const UnitsByWords* const units, Open(memory, key));
  return units->has_languages();
}

absl::StatusOr<UnitsByWords*> ViewCandidates::Open(const MemoryName& memory,
                                                   const text::LanguageKey& key) const {
  std::unique_ptr<UnitsByWords>& units = units_[{memory, key}];
  if (units == nullptr) {
    SILD_TRY(units, view_.OpenUnitsByWords(memory, key));
  }
  return units.get();
}

absl::StatusOr<TranslationUnit> ViewCandidates::GetUnit(const UnitName& name) const {
  return view_.GetUnit(name);
}

absl::Status ViewCandidates::FillUsage(TranslationUnit& unit) const {
  return view_.FillUsage(unit);
}

std::unique_ptr<matching::IndexedTexts> ViewCandidates::OpenIndex(
    const MemoryName& memory, const text::LanguageKey& key) const {
  auto texts = view_.OpenIndex(memory, key);
  return texts.ok() ? *std::move(texts) : nullptr;  // Looking at all units will tell the error.
}

}  // namespace sild::storage
