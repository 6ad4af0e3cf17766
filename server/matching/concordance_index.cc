#include "server/matching/concordance_index.h"

#include <algorithm>
#include <bit>

#include "server/text/search_form.h"

namespace sild::matching {
namespace {

// Between questions whether to go on. A text with many pieces of the query counts as several looks,
// for each occurrence is compared with all pieces.
constexpr std::uint64_t kLooksPerCheck = 256;
constexpr std::size_t kOccurrencesPerLook = 64;

// Opening a list takes as long as looking at so many documents.
constexpr std::size_t kDocumentsPerList = 2;

// Sets the bits `[begin, end)`.
template <typename Bits>
void SetBits(Bits& bits, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t at = begin; at < end;) {
    if (at % 64 == 0 && end - at >= 64) {
      bits[at / 64] = ~std::uint64_t{0};
      at += 64;
    } else {
      bits[at / 64] |= std::uint64_t{1} << at % 64;
      ++at;
    }
  }
}

}  // namespace

RankedTexts::RankedTexts(const TextIndex& index, ConcordanceWords& words, const TextRank& first,
                         const std::function<bool()>& is_cancelled)
    : index_(index), words_(words), is_cancelled_(is_cancelled), finder_(words.pieces()) {
  first_.rank = first;
}

std::vector<RankedText> RankedTexts::Next(std::size_t count) {
  count_ = count;
  best_.clear();
  if (first_.rank.inexact == 0) {
    SearchAll(false);
  }
  if (best_.size() < count_ && words_.query().has_inflected_forms()) {
    SearchAll(true);
  }
  std::sort_heap(best_.begin(), best_.end());
  if (!best_.empty()) {
    first_ = best_.back();
    is_first_given_ = true;
  }
  return best_;
}

void RankedTexts::SearchAll(bool with_forms) {
  with_forms_ = with_forms;
  for (const TextIndex::TierPointer& tier : index_.tiers()) {
    SearchTier(*tier);
  }
  SearchFresh();
}

void RankedTexts::SearchTier(const Tier& tier) {
  if (!OpenLists(tier)) {
    return;
  }
  form_uses_.assign(tier.forms().size(), kUnknown);
  uses_.assign(1, {});
  const std::uint32_t blocks = (tier.size() + Tier::kBlockDocuments - 1) >> Tier::kBlockBits;
  for (std::uint32_t block = 0; block < blocks; ++block) {
    if (!SearchBlock(tier, block)) {
      return;
    }
  }
}

// False if no document of the tier can be a hit.
bool RankedTexts::OpenLists(const Tier& tier) {
  lists_.clear();
  for (const ConcordanceWords::Way& way : words_.ways()) {
    std::vector<ListSet> opened;
    if (OpenWay(tier, way, opened)) {
      lists_.push_back(std::move(opened));
    }
  }
  return !lists_.empty();
}

// Opens the lists of a way's sets that are worth it. False if no document is a hit in that way.
bool RankedTexts::OpenWay(const Tier& tier, const ConcordanceWords::Way& way,
                          std::vector<ListSet>& opened) {
  std::size_t fewest = tier.size();  // Of the documents that have one of each set so far, at most.
  for (const ConcordanceWords::TokenSet& set : way) {
    const std::vector<FoldedKey>& keys = with_forms_ ? set.all : set.exact;
    if (keys.size() > fewest / kDocumentsPerList) {
      continue;
    }
    ListSet lists;
    std::size_t documents = 0;
    bool is_everywhere = false;
    for (const FoldedKey key : keys) {
      const std::span<const std::uint16_t> list = tier.DocumentsWith(key);
      is_everywhere = is_everywhere || (list.empty() && tier.Has(key));
      if (!list.empty()) {
        lists.push_back({list.data(), list.data() + list.size()});
        documents += list.size();
      }
    }
    if (!is_everywhere) {
      fewest = std::min(fewest, documents);
      opened.push_back(std::move(lists));
    }
  }
  return fewest > 0;
}

// False if no later block can have a document that is wanted.
bool RankedTexts::SearchBlock(const Tier& tier, std::uint32_t block) {
  SetHits(tier, block);
  const std::uint32_t first = block << Tier::kBlockBits;
  for (std::uint32_t i = 0; i < hits_.size(); ++i) {
    ForEachHit(first, i + 2, [&](std::uint32_t document) { tier.PrefetchPlace(document); });
    ForEachHit(first, i + 1, [&](std::uint32_t document) { tier.PrefetchTokens(document); });
    bool goes_on = true;
    ForEachHit(first, i, [&](std::uint32_t document) {
      const auto weight = static_cast<std::uint32_t>(tier.RunOf(document).weight);
      goes_on = goes_on && !IsFullBelow(weight) && !IsCancelled();
      if (goes_on && !IsGiven(weight)) {
        LookInTier(tier, document, weight);
      }
    });
    if (!goes_on) {
      return false;
    }
  }
  return true;
}

// Calls `visit` with the documents in 64 bits of `hits_`; `first` is the block's first.
template <typename Visit>
void RankedTexts::ForEachHit(std::uint32_t first, std::uint32_t word, Visit visit) const {
  for (std::uint64_t bits = word < hits_.size() ? hits_[word] : 0; bits != 0; bits &= bits - 1) {
    visit(first + word * 64 + static_cast<std::uint32_t>(std::countr_zero(bits)));
  }
}

// Sets `hits_` to the documents of a block that may be hits.
void RankedTexts::SetHits(const Tier& tier, std::uint32_t block) {
  SetMeeting(tier, block);
  hits_.fill(0);
  for (std::vector<ListSet>& sets : lists_) {
    way_hits_ = meeting_;
    KeepListed(sets, block);
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      hits_[i] |= way_hits_[i];
    }
  }
}

// Sets `meeting_` to the documents of a block that have punctuation, if a hit must.
void RankedTexts::SetMeeting(const Tier& tier, std::uint32_t block) {
  meeting_.fill(0);
  const std::uint32_t first = block << Tier::kBlockBits;
  const std::uint32_t end = std::min(first + Tier::kBlockDocuments, tier.size());
  if (!words_.needs_punctuation()) {
    SetBits(meeting_, 0, end - first);
    return;
  }
  for (std::size_t i = tier.FirstRun(block); tier.runs()[i].first_document < end; ++i) {
    const Run& run = tier.runs()[i];
    if (Meets(run)) {
      SetBits(meeting_, std::max(run.first_document, first) - first,
              std::min(tier.runs()[i + 1].first_document, end) - first);
    }
  }
}

// Takes out of `way_hits_` the documents that lack a token.
void RankedTexts::KeepListed(std::vector<ListSet>& sets, std::uint32_t block) {
  for (ListSet& lists : sets) {
    listed_.fill(0);
    for (List& list : lists) {
      while (list.at != list.end && list.at[0] < block) {
        list.at += list.at[1] + 3;
      }
      if (list.at == list.end || list.at[0] != block) {
        continue;
      }
      const std::uint16_t* const end = list.at + list.at[1] + 3;
      for (const std::uint16_t* at = list.at + 2; at != end; ++at) {
        listed_[*at / 64U] |= std::uint64_t{1} << *at % 64U;
      }
      list.at = end;
    }
    for (std::size_t i = 0; i < way_hits_.size(); ++i) {
      way_hits_[i] &= listed_[i];
    }
  }
}

bool RankedTexts::Meets(const Run& run) const {
  return !words_.needs_punctuation() || run.punctuation > 0;
}

void RankedTexts::LookInTier(const Tier& tier, std::uint32_t document, std::uint32_t weight) {
  occurrences_.clear();
  std::uint32_t place = 0;
  tier.ForEachForm(document, [&](std::uint32_t number) {
    std::uint32_t& uses = form_uses_[number];
    if (uses != kUnused) {
      uses = uses == kUnknown ? UsesOfForm(tier.forms()[number]) : uses;
      for (const ConcordanceQuery::Use& use : uses_[uses]) {
        occurrences_.push_back({place, use});
      }
    }
    ++place;
  });
  // Most are no hits, or worse than others: their tokens are not asked for.
  const std::optional<PieceFinder::Fit> fit = FitOfPieces();
  const bool may_have_tag = words_.has_tags() && tier.RunOf(document).tags > 0;
  if (fit ? MayBeKept(*fit, weight) : words_.pieces().piece_count() == 0 || may_have_tag) {
    tier.Tokens(document, tokens_);
    Consider(fit, weight, tier.handle(document));
  }
}

// Returns where in `uses_` what a token is to the query stands.
std::uint32_t RankedTexts::UsesOfForm(const StoredToken& token) {
  const auto uses = words_.UsesOf(token.key, token.form);
  if (uses.empty()) {
    return kUnused;
  }
  uses_.emplace_back(uses.begin(), uses.end());
  return static_cast<std::uint32_t>(uses_.size() - 1);
}

void RankedTexts::SearchFresh() {
  const FreshTier& fresh = index_.fresh();
  const std::uint32_t size = fresh.size();
  for (std::uint32_t i = 0; i < size && !IsCancelled(); ++i) {
    const FreshTier::Document& document = fresh[i];
    const auto weight = static_cast<std::uint32_t>(document.profile.weight);
    if (!Meets(document.profile) || IsFullBelow(weight)) {
      continue;
    }
    tokens_.clear();
    occurrences_.clear();
    for (const FormId form : document.forms) {
      const FoldedKey key = words_.vocabulary().KeyOf(form);
      for (const ConcordanceQuery::Use& use : words_.UsesOf(key, form)) {
        occurrences_.push_back({static_cast<std::uint32_t>(tokens_.size()), use});
      }
      tokens_.push_back({key, form, 0});
    }
    Consider(FitOfPieces(), weight, document.handle);
  }
}

// By the occurrences of the document at hand.
std::optional<PieceFinder::Fit> RankedTexts::FitOfPieces() {
  const std::size_t pieces = words_.pieces().piece_count();
  return pieces == 0 || occurrences_.size() < pieces ? std::nullopt : finder_.FitOf(occurrences_);
}

// Whether the document whose tokens are `tokens_` has the characters, spaces of no matter.
bool RankedTexts::HasSubstring() {
  compact_.clear();
  for (const StoredToken& token : tokens_) {
    const auto [form, is_new] = search_forms_.try_emplace(token.form);
    if (is_new) {
      text::AppendSearchForm(words_.vocabulary().TextOf(token.form), words_.query().letter_case(),
                             form->second);
    }
    compact_ += form->second;
  }
  return compact_.find(words_.query().compact()) != std::string::npos;
}

bool RankedTexts::MayBeKept(const PieceFinder::Fit& fit, std::uint32_t weight) const {
  const TextRank least{fit.inexact, fit.spread, weight, 0};
  return (fit.inexact > 0) == with_forms_ &&
         !(best_.size() == count_ && best_.front().rank < least);
}

// Keeps the document whose tokens are `tokens_` if it is a hit and among the best. `fit` is that of
// the pieces: of a substring, of the phrase that it must have unless some of it lies in a tag.
void RankedTexts::Consider(std::optional<PieceFinder::Fit> fit, std::uint32_t weight,
                           TextHandle handle) {
  if (words_.is_substring() && !(fit && words_.query().is_like_phrase())) {
    const bool may_have_it =
        fit || words_.pieces().piece_count() == 0 ||
        std::any_of(tokens_.begin(), tokens_.end(), [this](const StoredToken& token) {
          return words_.MayBePartOfSubstring(token.key);
        });
    fit = may_have_it && HasSubstring() ? std::optional(PieceFinder::Fit()) : std::nullopt;
  }
  if (!fit || !MayBeKept(*fit, weight)) {
    return;
  }
  RankedText text{{fit->inexact, fit->spread, weight, 0}, handle};
  for (const StoredToken& token : tokens_) {
    text.rank.bytes += static_cast<std::uint32_t>(words_.vocabulary().TextOf(token.form).size());
  }
  if (IsWanted(text)) {
    Keep(text);
  }
}

bool RankedTexts::IsWanted(const RankedText& text) const {
  return is_first_given_ ? first_ < text : !(text.rank < first_.rank);
}

// Whether all documents of that weight were given, or are not wanted: their rank is known but for
// the bytes.
bool RankedTexts::IsGiven(std::uint32_t weight) const {
  const bool has_spread = words_.query().piece_count() > 1 &&
                          words_.query().options().mode == ConcordanceMode::kAllWords;
  const bool is_inexact_known = !with_forms_ || words_.query().piece_count() == 1;
  return !has_spread && is_inexact_known && first_.rank.inexact == (with_forms_ ? 1U : 0U) &&
         weight < first_.rank.weight;
}

// Whether no document of at least that weight can be better than those that are kept.
bool RankedTexts::IsFullBelow(std::uint32_t weight) const {
  const TextRank least{with_forms_ ? 1U : 0U, 0, weight, 0};
  return best_.size() == count_ && best_.front().rank < least;
}

void RankedTexts::Keep(const RankedText& text) {
  if (best_.size() == count_) {
    if (!(text < best_.front())) {
      return;
    }
    std::pop_heap(best_.begin(), best_.end());
    best_.pop_back();
  }
  best_.push_back(text);
  std::push_heap(best_.begin(), best_.end());
}

bool RankedTexts::IsCancelled() {
  looked_at_ += 1 + occurrences_.size() / kOccurrencesPerLook;
  if (looked_at_ >= next_check_) {
    next_check_ = looked_at_ + kLooksPerCheck;
    was_cancelled_ = was_cancelled_ || (is_cancelled_ && is_cancelled_());
  }
  return was_cancelled_;
}

}  // namespace sild::matching
