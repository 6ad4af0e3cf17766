#include "server/matching/scan.h"

#include <algorithm>
#include <optional>

#include "server/matching/token_aligner.h"
#include "server/model/try.h"

namespace sild::matching {
namespace {

class Scanner {
 public:
  Scanner(QueryBatch& queries, VariantSelector& selector, const std::function<bool()>& is_cancelled,
          ScanSink& sink)
      : queries_(queries),
        selector_(selector),
        is_cancelled_(is_cancelled),
        sink_(sink),
        aligner_(is_cancelled) {}

  // Compares one unit. Returns false once the scan is cancelled.
  bool Visit(const TranslationUnit& unit, std::size_t memory, std::int32_t memory_tenths) {
    if (++visited_ % kUnitsPerCheck == 0 && is_cancelled_ && is_cancelled_()) {
      was_cancelled_ = true;
      return false;
    }
    const Selection selection = selector_.Select(unit);
    if (selection.proposals.empty()) {
      return true;
    }
    const text::TokenizedText text = text::Tokenize(selection.source->segment.text);
    queries_.SetCandidate(text);
    for (std::size_t query = 0; query < queries_.size(); ++query) {
      if (const auto near = Compare(query, selection, text, memory_tenths)) {
        sink_.Add({query, memory, unit, selection, text, *near});
      }
    }
    was_cancelled_ = aligner_.was_cancelled();
    return !was_cancelled_;
  }

  bool was_cancelled() const { return was_cancelled_; }

 private:
  static constexpr std::int64_t kUnitsPerCheck = 256;

  std::optional<Similarity> Compare(std::size_t query, const Selection& selection,
                                    const text::TokenizedText& text, std::int32_t memory_tenths) {
    const QueryBatch::Prepared& prepared = queries_[query];
    if (prepared.text.normal.empty()) {
      return std::nullopt;
    }
    const std::int32_t weight = std::max(prepared.profile.weight, queries_.candidate().weight);
    if (prepared.text.normal == text.normal) {
      return Similarity{kFullTenths, 0, weight};
    }
    const std::int32_t limit = DistanceLimit(weight, Needed(query, selection) + memory_tenths);
    if (limit < 0 || queries_.LeastDistance(query) > limit) {
      return std::nullopt;
    }
    const std::int32_t distance = aligner_.Distance(text, prepared.text, limit);
    return distance > limit ? std::nullopt : std::optional(SimilarityOf(distance, weight));
  }

  // The lowest similarity with which some proposal keeps its threshold, memory penalty left out.
  std::int32_t Needed(std::size_t query, const Selection& selection) const {
    std::int32_t needed = 2 * kFullTenths;
    for (const Proposal& proposal : selection.proposals) {
      needed = std::min(needed,
                        sink_.Threshold(query, proposal.slot) + proposal.penalties.total_tenths());
    }
    return needed;
  }

  QueryBatch& queries_;
  VariantSelector& selector_;
  const std::function<bool()>& is_cancelled_;
  ScanSink& sink_;
  TokenAligner aligner_;
  std::int64_t visited_ = 0;
  bool was_cancelled_ = false;
};

}  // namespace

absl::Status Scan(const std::vector<MemoryReference>& memories, const CandidateSource& source,
                  QueryBatch& queries, VariantSelector& selector,
                  const std::function<bool()>& is_cancelled, ScanSink& sink) {
  Scanner scanner(queries, selector, is_cancelled, sink);
  for (std::size_t i = 0; i < memories.size(); ++i) {
    SILD_CHECK_OK(source.ForEachUnit(memories[i].name, [&](const TranslationUnit& unit) {
      return scanner.Visit(unit, i, memories[i].penalty_tenths);
    }));
    if (scanner.was_cancelled()) {
      return absl::CancelledError("the look-up was cancelled");
    }
  }
  return absl::OkStatus();
}

}  // namespace sild::matching
