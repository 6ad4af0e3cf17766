#pragma once

#include <map>
#include <memory>
#include <utility>

#include "server/matching/candidate_source.h"
#include "server/storage/view.h"

namespace sild::storage {

// The units of one view, for matching, which knows no store. The view must outlive it. For one
// thread.
class ViewCandidates : public matching::CandidateSource {
 public:
  explicit ViewCandidates(const View& view) : view_(view) {}

  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override;
  absl::Status ForEachUnitWithText(
      const MemoryName& memory, const text::LanguageKey& key, std::string_view text,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const override;
  absl::StatusOr<bool> MayHave(const MemoryName& memory,
                               const text::LanguageKey& key) const override;
  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override;
  absl::Status FillUsage(TranslationUnit& unit) const override;
  std::unique_ptr<matching::IndexedTexts> OpenIndex(const MemoryName& memory,
                                                    const text::LanguageKey& key) const override;

 private:
  absl::StatusOr<UnitsByWords*> Open(const MemoryName& memory, const text::LanguageKey& key) const;

  const View& view_;
  // Across which languages a look-up leads, by memory.
  mutable std::map<std::pair<MemoryName, text::LanguageKey>, std::unique_ptr<UnitsByWords>> units_;
};

}  // namespace sild::storage
