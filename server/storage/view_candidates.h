#pragma once

#include <memory>

#include "server/matching/candidate_source.h"
#include "server/storage/view.h"

namespace sild::storage {

// The units of one view, for matching, which knows no store. The view must outlive it.
class ViewCandidates : public matching::CandidateSource {
 public:
  explicit ViewCandidates(const View& view) : view_(view) {}

  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override;
  absl::Status ForEachUnitWithText(
      const MemoryName& memory, const text::LanguageKey& key, std::string_view text,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const override;
  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override;
  absl::Status FillUsage(TranslationUnit& unit) const override;
  std::unique_ptr<matching::IndexedTexts> OpenIndex(const MemoryName& memory,
                                                    const text::LanguageKey& key) const override;

 private:
  const View& view_;
};

}  // namespace sild::storage
