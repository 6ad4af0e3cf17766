#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <absl/container/flat_hash_map.h>
#include <absl/container/inlined_vector.h>

#include "server/matching/concordance_text.h"
#include "server/matching/concordance_words.h"
#include "server/matching/text_index.h"

namespace sild::matching {

// A text of an index that is a hit, or may be one.
struct RankedText {
  TextRank rank;
  TextHandle handle = 0;

  friend auto operator<=>(const RankedText&, const RankedText&) = default;
};

// Gives the texts of an index that are hits, the best first, some at a time.
//
// A rank is what the tokens of a text tell, so no text need be read to order them. Documents lie by
// weight in a tier: once there are as many hits as are wanted, and none of them has an inexact
// piece or a spread, a heavier document can only be worse, and the rest of the tier is not looked
// at. Documents that have an inflected form of some word only are looked at when those that have
// all words themselves are too few. So the first hits of a word cost the same however common it is;
// what costs more is what must be looked at whole: words that are common, but hardly ever stand
// together in order (about 0.1 µs a text that has them all).
//
// For one thread. Keeps its buffers from one call to the next.
class RankedTexts {
 public:
  // Texts that are better than `first` are left out. All but the function, which may be empty, must
  // outlive the object; the words must be of the index's lexicon.
  RankedTexts(const TextIndex& index, ConcordanceWords& words, const TextRank& first,
              const std::function<bool()>& is_cancelled);

  // Returns the next texts: `count`, or all there are if they are fewer. Of a substring some may be
  // none. A text that was added twice may come twice. When cancelled, returns what it has.
  std::vector<RankedText> Next(std::size_t count);

 private:
  // The documents that have a token, from some block on.
  struct List {
    const std::uint16_t* at;
    const std::uint16_t* end;
  };
  using ListSet = std::vector<List>;  // Of a document in one of them.
  using Bits = std::array<std::uint64_t, Tier::kBlockDocuments / 64>;

  void SearchAll(bool with_forms);
  void SearchTier(const Tier& tier);
  void SearchFresh();
  bool OpenLists(const Tier& tier);
  bool OpenWay(const Tier& tier, const ConcordanceWords::Way& way, std::vector<ListSet>& opened);
  bool SearchBlock(const Tier& tier, std::uint32_t block);
  template <typename Visit>
  void ForEachHit(std::uint32_t first, std::uint32_t word, Visit visit) const;
  void SetHits(const Tier& tier, std::uint32_t block);
  void SetMeeting(const Tier& tier, std::uint32_t block);
  void KeepListed(std::vector<ListSet>& sets, std::uint32_t block);
  bool Meets(const Run& run) const;
  void LookInTier(const Tier& tier, std::uint32_t document, std::uint32_t weight);
  std::uint32_t UsesOfForm(const StoredToken& token);
  std::optional<PieceFinder::Fit> FitOfPieces();
  bool HasSubstring();
  bool MayBeKept(const PieceFinder::Fit& fit, std::uint32_t weight) const;
  void Consider(std::optional<PieceFinder::Fit> fit, std::uint32_t weight, TextHandle handle);
  bool IsWanted(const RankedText& text) const;
  bool IsGiven(std::uint32_t weight) const;
  bool IsFullBelow(std::uint32_t weight) const;
  void Keep(const RankedText& text);
  bool IsCancelled();

  const TextIndex& index_;
  ConcordanceWords& words_;
  const std::function<bool()>& is_cancelled_;
  PieceFinder finder_;
  RankedText first_;  // What is better was given, or is not wanted.
  bool is_first_given_ = false;
  bool was_cancelled_ = false;
  std::uint64_t looked_at_ = 0;
  std::uint64_t next_check_ = 1;  // The count of looks at which to ask whether to go on.

  // Of the call at hand.
  std::size_t count_ = 0;
  std::vector<RankedText> best_;  // A heap, the worst at the front.
  bool with_forms_ = false;       // Whether all words are too few, so that forms are looked for.

  // Of the tier or block at hand.
  static constexpr std::uint32_t kUnknown = ~std::uint32_t{0};
  static constexpr std::uint32_t kUnused = 0;
  std::vector<std::uint32_t> form_uses_;  // By form of the tier: in `uses_`, or `kUnknown`.
  std::vector<absl::InlinedVector<ConcordanceQuery::Use, 1>> uses_;  // The first is empty.
  std::vector<std::vector<ListSet>> lists_;                          // By way, then by token set.
  Bits meeting_{};                   // Documents that have the punctuation that is needed.
  Bits hits_{};                      // Documents that may be hits.
  Bits way_hits_{};                  // In one way.
  Bits listed_{};                    // Documents that have one of a set of tokens.
  std::vector<StoredToken> tokens_;  // Of the document at hand.
  std::vector<Occurrence> occurrences_;
  std::string compact_;
  absl::flat_hash_map<FormId, std::string> search_forms_;  // Of tokens that were met.
};

}  // namespace sild::matching
