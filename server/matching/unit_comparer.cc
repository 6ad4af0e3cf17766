#include "server/matching/unit_comparer.h"

#include <algorithm>

namespace sild::matching {

void UnitComparer::CompareWithAll(const TranslationUnit& unit, std::size_t memory,
                                  std::int32_t memory_tenths) {
  const Selection selection = selector_.Select(unit);
  if (selection.empty()) {
    return;
  }
  const text::TokenizedText text = text::Tokenize(selection.source->segment.text);
  queries_.SetCandidate(text);
  for (std::size_t query = 0; query < queries_.size(); ++query) {
    Compare(query, unit, selection, text, memory, memory_tenths);
  }
}

void UnitComparer::CompareWith(std::size_t query, const TranslationUnit& unit, std::size_t memory,
                               std::int32_t memory_tenths) {
  const Selection selection = selector_.Select(unit);
  if (!selection.empty()) {
    const text::TokenizedText text = text::Tokenize(selection.source->segment.text);
    queries_.SetCandidate(text);
    Compare(query, unit, selection, text, memory, memory_tenths);
  }
}

void UnitComparer::Compare(std::size_t query, const TranslationUnit& unit,
                           const Selection& selection, const text::TokenizedText& text,
                           std::size_t memory, std::int32_t memory_tenths) {
  if (const auto near = SimilarityWith(query, selection, text, memory_tenths)) {
    sink_.Add({query, memory, unit, selection, text, *near});
  }
}

std::optional<Similarity> UnitComparer::SimilarityWith(std::size_t query,
                                                       const Selection& selection,
                                                       const text::TokenizedText& text,
                                                       std::int32_t memory_tenths) {
  const QueryBatch::Prepared& prepared = queries_[query];
  if (prepared.text.normal.empty()) {
    return std::nullopt;
  }
  const std::int32_t weight = std::max(prepared.profile.weight, queries_.candidate().weight);
  if (prepared.text.normal == text.normal) {
    return Similarity{kFullTenths, 0, weight};
  }
  std::int32_t needed = 2 * kFullTenths;  // For some proposal to keep its threshold.
  for (const auto* const proposals : {&selection.proposals, &selection.bridges}) {
    for (const Proposal& proposal : *proposals) {
      needed = std::min(needed,
                        sink_.Threshold(query, proposal.slot) + proposal.penalties.total_tenths());
    }
  }
  const std::int32_t limit = DistanceLimit(weight, needed + memory_tenths);
  if (limit < 0 || queries_.LeastDistance(query) > limit) {
    return std::nullopt;
  }
  const std::int32_t distance = aligner_.Distance(text, prepared.text, limit);
  return distance > limit ? std::nullopt : std::optional(SimilarityOf(distance, weight));
}

std::int32_t UnitComparer::NeededTenths(std::size_t query, std::int32_t memory_tenths) const {
  // A target language that was not seen yet wants the least.
  const std::size_t slots = selector_.slot_count();
  std::int32_t least = sink_.Threshold(query, slots);
  if (!selector_.takes_any_target()) {
    least = 2 * kFullTenths;
    for (std::size_t slot = 0; slot < slots; ++slot) {
      least = std::min(least, sink_.Threshold(query, slot));
    }
  }
  return least + memory_tenths;
}

bool UnitComparer::IsCancelled() {
  was_cancelled_ = was_cancelled_ || aligner_.was_cancelled() || (is_cancelled_ && is_cancelled_());
  return was_cancelled_;
}

}  // namespace sild::matching
