#include "server/storage/view_candidates.h"

#include <utility>

namespace sild::storage {

absl::Status ViewCandidates::ForEachUnit(
    const MemoryName& memory, absl::FunctionRef<bool(const TranslationUnit&)> visit) const {
  return view_.ForEachUnit(memory, "", [&visit](TranslationUnit&& unit) { return visit(unit); });
}

absl::Status ViewCandidates::ForEachUnitWithText(
    const MemoryName& memory, const text::LanguageKey& key, std::string_view text,
    absl::FunctionRef<bool(const TranslationUnit&)> visit) const {
  return view_.ForEachUnitWithText(memory, key, text,
                                   [&visit](TranslationUnit&& unit) { return visit(unit); });
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
