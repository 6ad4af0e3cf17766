#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "server/matching/fresh_tier.h"
#include "server/matching/look_alikes.h"
#include "server/matching/tier.h"

namespace sild::matching {

// The texts of one memory in one language, by what they have in common with others. Texts are never
// taken out: one that is gone is found in vain, until the index is made again.
//
// An object keeps its tiers for ever; only its newest documents grow. Any thread may search it
// while one thread adds. A change of tiers makes another object, which shares what stays.
class TextIndex {
 public:
  // The owners of a part are all indexes that came from one another.
  using TierPointer = std::shared_ptr<const Tier>;

  // An index of no texts. The lexicon's owners are its indexes and who makes them.
  explicit TextIndex(std::shared_ptr<Lexicon> lexicon);

  // Adds a text. False if there is no more room: then make an index that has some. One thread at a
  // time adds, to the newest of all indexes that came from one another.
  bool Add(TextHandle handle, std::span<const FormId> forms) const;

  // Returns a tier of the newest texts, about a millisecond's work; and an index that has `tier`,
  // which was made so when there was no more room, in their place.
  TierPointer FreshAsTier() const;
  std::shared_ptr<const TextIndex> WithFreshAs(TierPointer tier) const;

  // Returns an index that has a tier more.
  std::shared_ptr<const TextIndex> With(TierPointer tier) const;

  // Returns those tiers, the smallest, that should become one, lest there be too many: all that are
  // not much larger than what is joined with them. Empty if there are few enough. Each text takes
  // part in few joins while an index grows.
  std::vector<TierPointer> TiersToJoin() const;

  // Returns an index that has `joined` in place of some of its tiers.
  std::shared_ptr<const TextIndex> WithJoined(const std::vector<TierPointer>& tiers,
                                              TierPointer joined) const;

  Lexicon& lexicon() const { return *lexicon_; }
  const std::vector<TierPointer>& tiers() const { return tiers_; }
  const FreshTier& fresh() const { return *fresh_; }

  // Texts in it, those that are gone included; and the memory that it takes without the lexicon.
  std::size_t size() const;
  std::size_t bytes() const;

 private:
  void SortTiers();

  std::shared_ptr<Lexicon> lexicon_;
  std::vector<TierPointer> tiers_;  // The largest first.
  std::shared_ptr<FreshTier> fresh_;
};

// Returns a tier with the documents of all of `tiers`. About 3 µs a document.
TextIndex::TierPointer Join(const std::vector<TextIndex::TierPointer>& tiers,
                            Vocabulary& vocabulary);

// Returns the forms of a text, in order. New ones are added to the vocabulary.
void InternForms(const text::TokenizedText& text, Vocabulary& vocabulary,
                 std::vector<FormId>& forms);

}  // namespace sild::matching
