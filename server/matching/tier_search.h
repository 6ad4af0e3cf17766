#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "server/matching/index_query.h"
#include "server/matching/tier.h"

namespace sild::matching {

// A document that may be near enough.
struct Candidate {
  std::uint32_t document = 0;
  std::uint16_t tier = 0;
  std::uint16_t bound = 0;  // Its similarity is at most this, in tenths.
};

// Returns how much a text of that weight (of the heavier one of a pair) must have in common with
// the other one to be similar by `tenths`; equal texts always have.
std::int32_t NeededGain(std::int32_t weight, std::int32_t tenths);

// Finds the documents of tiers that may be near a query, by counting what words they share.
//
// Let the gain of two tokens that are aligned be their weight less what one for the other costs.
// The distance is at least the weight of either text less the sum of gains, so a near document has
// a gain of `NeededGain`. For each word of the query some lists of documents are read: none, those
// of the word itself, or also those of all its look-alikes. A document in none of a word's lists
// loses at least 0, the cost of a form, or the whole word. Lists are opened, the cheapest first,
// until a document that is in none loses too much; then those in some are counted, and kept if even
// with all that is not known they gain enough.
//
// Keeps its buffers, about 256 KB, from one search to the next. For one thread.
class TierSearch {
 public:
  TierSearch();

  // Appends to `candidates` all documents of `tier` that may be similar to `query` by `tenths`, and
  // some that are not. `query` has tokens.
  void Collect(const Tier& tier, std::uint16_t tier_number, IndexQuery& query, std::int32_t tenths,
               std::vector<Candidate>& candidates);

 private:
  // Documents that have a word, from some block on, and what each of them gains by it.
  struct List {
    const std::uint16_t* at;
    const std::uint16_t* end;
    std::int32_t gain;
  };
  // A word of the query, in the tier at hand.
  struct Word {
    double own_cost = 0;           // Of reading its own list, in documents read.
    double full_cost = 0;          // Of reading those of its look-alikes too.
    std::int32_t own_loss = 0;     // What a document loses at least that is not in its own list.
    std::int32_t loss = 0;         // What one loses that is in no list that is read.
    bool has_look_alikes = false;  // `lists` holds theirs.
    std::span<const std::uint16_t> own;
    std::vector<List> lists;  // The first one is its own. Gains are for a loss of the whole word.
  };
  // A step of the plan: to read more lists of a word.
  struct Step {
    std::size_t word = 0;
    std::int32_t loss = 0;
    double cost = 0;
  };

  void Begin(const Tier& tier, IndexQuery& query, std::int32_t tenths);
  void SetCosts(double share);
  void Plan();
  void DropSuperfluous(std::int64_t sum, std::int64_t budget);
  static double CostAt(const Word& word, std::int32_t loss);
  void OpenLookAlikes(std::size_t word);
  void SearchBlock(std::uint32_t block);
  void SetNeeds();
  void ReadWord(std::size_t word, std::int32_t loss);
  std::span<const std::uint16_t> InBlock(List& list) const;
  template <bool kFinds>
  void Count(std::span<const std::uint16_t> documents, std::int32_t gain);
  void KeepWholeRuns();
  void KeepTouched();
  void Tighten();
  bool NextTightening(Step& step) const;
  void ReadMore(const Step& step);
  void Emit(std::uint16_t tier_number, std::vector<Candidate>& candidates);
  std::int32_t OtherGain(const Run& run) const;

  // Of the search at hand.
  const Tier* tier_ = nullptr;
  IndexQuery* query_ = nullptr;
  std::int32_t tenths_ = 0;
  std::uint32_t begin_ = 0;  // Documents of a weight that can be near.
  std::uint32_t end_ = 0;
  std::uint32_t begin_run_ = 0;
  std::uint32_t end_run_ = 0;
  std::vector<Word> words_;

  // A run of the block at hand.
  struct RunNeeds {
    std::int32_t heavier = 0;     // The weight of the heavier one of query and document.
    std::int32_t other_gain = 0;  // What all tokens but words can gain.
    std::int32_t needed = 0;      // Of words.
  };

  // Of the block at hand.
  std::uint32_t block_ = 0;
  std::uint32_t first_ = 0;        // Its first document, from which the others are numbered.
  std::uint32_t block_begin_ = 0;  // Documents of a weight that can be near.
  std::uint32_t block_end_ = 0;
  std::vector<std::int32_t> losses_;    // By word: `Word::loss`, or more after tightening.
  std::int64_t unread_gain_ = 0;        // What the lists that are not read could give.
  std::vector<RunNeeds> run_needs_;     // By run of the block.
  std::vector<std::uint16_t> needs_;    // By run of the block: the least count.
  std::vector<std::uint16_t> counts_;   // By document of the block. All 0 between blocks.
  std::vector<std::uint16_t> touched_;  // Documents with a count.
  std::size_t touched_count_ = 0;
  std::vector<std::uint16_t> kept_;
};

}  // namespace sild::matching
