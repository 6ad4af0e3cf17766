#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "server/matching/query_batch.h"
#include "server/matching/score.h"
#include "server/matching/selection.h"
#include "server/matching/token_aligner.h"

namespace sild::matching {

// A query and a unit that are near enough. All but the numbers is valid during the call only.
struct UnitHit {
  std::size_t query = 0;
  std::size_t memory = 0;  // Index in the memories that are searched.
  const TranslationUnit& unit;
  const Selection& selection;
  const text::TokenizedText& source_text;
  Similarity similarity;
};

// Who takes the hits, and knows how near a match must be.
class UnitHitSink {
 public:
  virtual ~UnitHitSink() = default;

  // Returns the lowest score, in tenths, that a match of the query in that target language is still
  // wanted with. May rise during a look-up. Hits of equal text are sent whatever it is.
  virtual std::int32_t Threshold(std::size_t query, std::size_t slot) const = 0;
  virtual void Add(const UnitHit& hit) = 0;
};

// Compares queries with units, and sends each pair with a proposal, or a bridge, at or above its
// threshold to `sink`. For one thread.
class UnitComparer {
 public:
  // All but the function, which may be empty, must outlive the object.
  UnitComparer(QueryBatch& queries, VariantSelector& selector,
               const std::function<bool()>& is_cancelled, UnitHitSink& sink)
      : queries_(queries),
        selector_(selector),
        is_cancelled_(is_cancelled),
        sink_(sink),
        aligner_(is_cancelled) {}

  // Compares a unit of memory number `memory`, which takes `memory_tenths` off, with all queries.
  // The unit is cut into tokens once.
  void CompareWithAll(const TranslationUnit& unit, std::size_t memory, std::int32_t memory_tenths);

  // Compares it with one of the queries.
  void CompareWith(std::size_t query, const TranslationUnit& unit, std::size_t memory,
                   std::int32_t memory_tenths);

  // Returns the lowest similarity with which a unit of a memory can be a match of the query now.
  std::int32_t NeededTenths(std::size_t query, std::int32_t memory_tenths) const;

  const QueryBatch& queries() const { return queries_; }

  // Asks whether to stop, and remembers a yes.
  bool IsCancelled();

 private:
  void Compare(std::size_t query, const TranslationUnit& unit, const Selection& selection,
               const text::TokenizedText& text, std::size_t memory, std::int32_t memory_tenths);
  std::optional<Similarity> SimilarityWith(std::size_t query, const Selection& selection,
                                           const text::TokenizedText& text,
                                           std::int32_t memory_tenths);

  QueryBatch& queries_;
  VariantSelector& selector_;
  const std::function<bool()>& is_cancelled_;
  UnitHitSink& sink_;
  TokenAligner aligner_;
  bool was_cancelled_ = false;
};

}  // namespace sild::matching
