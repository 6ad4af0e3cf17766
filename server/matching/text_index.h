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

  // Adds a text. False if there is no more room: then `WithRoom` gives an index that has some. One
  // thread at a time adds, to the newest of all indexes that came from one another.
  bool Add(TextHandle handle, std::span<const FormId> forms) const;

  // Returns an index of the same texts in other tiers, with room for new ones: the newest texts are
  // a tier now, joined with older ones that are not much larger. That takes about 3 µs a text that
  // is moved, a few times in the life of each.
  std::shared_ptr<const TextIndex> WithRoom() const;

  // Returns an index that has the texts of `list` in a tier of its own, too.
  std::shared_ptr<const TextIndex> With(const DocumentList& list) const;

  Lexicon& lexicon() const { return *lexicon_; }
  const std::vector<TierPointer>& tiers() const { return tiers_; }
  const FreshTier& fresh() const { return *fresh_; }

  // Texts in it, those that are gone included; and the memory that it takes without the lexicon.
  std::size_t size() const;
  std::size_t bytes() const;

 private:
  std::shared_ptr<Lexicon> lexicon_;
  std::vector<TierPointer> tiers_;  // The largest first.
  std::shared_ptr<FreshTier> fresh_;
};

// Returns the forms of a text, in order. New ones are added to the vocabulary.
void InternForms(const text::TokenizedText& text, Vocabulary& vocabulary,
                 std::vector<FormId>& forms);

}  // namespace sild::matching
