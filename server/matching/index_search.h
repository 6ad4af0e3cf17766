#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/matching/id_aligner.h"
#include "server/matching/index_query.h"
#include "server/matching/text_index.h"
#include "server/matching/tier_search.h"

namespace sild::matching {

// Who takes the texts that an index finds.
class NearTextSink {
 public:
  virtual ~NearTextSink() = default;

  // Returns the lowest similarity, in tenths, that is still wanted. May rise during a search.
  virtual std::int32_t NeededTenths() const = 0;

  // Takes a text at that distance. One that was added twice comes twice. False ends the search.
  virtual bool Add(TextHandle handle, std::int32_t distance) = 0;

  // Asked every now and then; true ends the search.
  virtual bool IsCancelled() const { return false; }
};

// Searches indexes. Keeps its buffers. For one thread.
class IndexSearch {
 public:
  // Sends to `sink` all texts of the index whose similarity with the query, in the sense of
  // `DistanceLimit`, is what the sink needs, and besides those of distance 0; in no order. Texts
  // that are added meanwhile may be among them. The query must be of the index's lexicon.
  void Find(const TextIndex& index, IndexQuery& query, NearTextSink& sink);

  // What the last searches looked at, for benchmarks.
  struct Counts {
    std::int64_t candidates = 0;
    std::int64_t distances = 0;
  };
  const Counts& counts() const { return counts_; }

 private:
  static constexpr std::uint16_t kFresh = 0xFFFF;  // Instead of a tier's number.

  void CollectFresh(const FreshTier& fresh, const IndexQuery& query, std::int32_t tenths);
  void CollectEmpty(const Tier& tier, std::uint16_t number);
  void SortCandidates();
  void Prefetch(const TextIndex& index, std::size_t next) const;
  bool Verify(const TextIndex& index, const Candidate& candidate, IndexQuery& query,
              NearTextSink& sink, std::int32_t tenths);
  TextHandle Load(const TextIndex& index, const Candidate& candidate, const Vocabulary& vocabulary);
  std::int32_t OtherGain(const IndexQuery& query) const;
  std::int32_t GainOfSameWords(const IndexQuery& query);
  std::int32_t GainOfAnyOrder(IndexQuery& query);

  TierSearch tier_search_;
  IdAligner aligner_;
  std::vector<Candidate> candidates_;
  std::vector<Candidate> sorted_;
  Counts counts_;

  // Of the candidate at hand.
  std::vector<StoredToken> tokens_;
  Run profile_;
  std::uint64_t number_ = 0;
  struct Seen {
    std::uint64_t number = 0;  // The candidate that `count` and `gain` are of.
    std::int32_t count = 0;
  };
  std::vector<Seen> seen_;           // By word of the query.
  std::vector<std::int32_t> gains_;  // By word of the query: the most that a stored word gives.
};

}  // namespace sild::matching
