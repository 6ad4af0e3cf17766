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
  for (const ConcordanceWords::WordSet& set : words_.word_sets()) {
    std::vector<List>& lists = lists_.emplace_back();
    for (const std::uint32_t word : with_forms_ ? set.all : set.exact) {
      const std::span<const std::uint16_t> documents = tier.DocumentsWith(word);
      if (!documents.empty()) {
        lists.push_back({documents.data(), documents.data() + documents.size()});
      }
    }
    if (lists.empty() && !words_.takes_all_with_tags()) {
      return false;
    }
  }
  return true;
}

// False if no later block can have a document that is wanted.
bool RankedTexts::SearchBlock(const Tier& tier, std::uint32_t block) {
  SetRuns(tier, block);
  KeepListed(block);
  const std::uint32_t first = block << Tier::kBlockBits;
  for (std::uint32_t i = 0; i < hits_.size(); ++i) {
    for (std::uint64_t bits = hits_[i]; bits != 0; bits &= bits - 1) {
      const std::uint32_t document =
          first + i * 64 + static_cast<std::uint32_t>(std::countr_zero(bits));
      const auto weight = static_cast<std::uint32_t>(tier.RunOf(document).weight);
      if (IsFullBelow(weight) || IsCancelled()) {
        return false;
      }
      if (!IsGiven(weight)) {
        tier.Tokens(document, tokens_);
        Look((with_words_[i] >> (document % 64) & 1) != 0, weight, tier.handle(document));
      }
    }
  }
  return true;
}

// Sets `hits_` to the documents of a block in which each class of token is that a hit must have,
// and `tagged_` to those that need not have the words.
void RankedTexts::SetRuns(const Tier& tier, std::uint32_t block) {
  hits_.fill(0);
  tagged_.fill(0);
  const std::uint32_t first = block << Tier::kBlockBits;
  const std::uint32_t end = std::min(first + Tier::kBlockDocuments, tier.size());
  for (std::size_t i = tier.FirstRun(block); tier.runs()[i].first_document < end; ++i) {
    const Run& run = tier.runs()[i];
    const std::uint32_t run_begin = std::max(run.first_document, first) - first;
    const std::uint32_t run_end = std::min(tier.runs()[i + 1].first_document, end) - first;
    if (Meets(run)) {
      SetBits(hits_, run_begin, run_end);
    }
    if (words_.takes_all_with_tags() && run.tags > 0) {
      SetBits(tagged_, run_begin, run_end);
    }
  }
}

// Takes out of `hits_` the documents that lack a word.
void RankedTexts::KeepListed(std::uint32_t block) {
  for (std::vector<List>& lists : lists_) {
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
    for (std::size_t i = 0; i < hits_.size(); ++i) {
      hits_[i] &= listed_[i];
    }
  }
  with_words_ = hits_;
  for (std::size_t i = 0; i < hits_.size(); ++i) {
    hits_[i] |= tagged_[i];
  }
}

bool RankedTexts::Meets(const Run& run) const {
  const ConcordanceWords::Needs& needs = words_.needs();
  return (!needs.number || run.numbers > 0) && (!needs.tag || run.tags > 0) &&
         (!needs.punctuation || run.punctuation > 0);
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
    for (const FormId form : document.forms) {
      tokens_.push_back({words_.vocabulary().KeyOf(form), form, 0});
    }
    Look(true, weight, document.handle);
  }
}

// Looks at the document whose tokens are `tokens_`. `is_listed`: it has all words, as far as there
// are lists.
void RankedTexts::Look(bool is_listed, std::uint32_t weight, TextHandle handle) {
  const std::optional<PieceFinder::Fit> fit = FitOf(is_listed);
  if (!fit || (fit->inexact > 0) != with_forms_) {
    return;
  }
  RankedText text{{fit->inexact, fit->spread, weight, 0}, handle};
  if (best_.size() == count_ && text.rank > best_.front().rank) {
    return;
  }
  for (const StoredToken& token : tokens_) {
    text.rank.bytes += static_cast<std::uint32_t>(words_.vocabulary().TextOf(token.form).size());
  }
  if (IsWanted(text)) {
    Keep(text);
  }
}

std::optional<PieceFinder::Fit> RankedTexts::FitOf(bool is_listed) {
  if (!words_.takes_all_with_tags()) {
    return FitOfPieces();
  }
  const bool may_have_part_in_tag =
      std::any_of(tokens_.begin(), tokens_.end(), [this](const StoredToken& token) {
        return ClassOf(token.key) == text::TokenClass::kTag && MayBePartOfSubstring(token.key);
      });
  if (!is_listed && !may_have_part_in_tag) {
    return std::nullopt;
  }
  if (words_.pieces().piece_count() > 0 && !may_have_part_in_tag) {
    return FitOfPieces();
  }
  return HasSubstring() ? std::optional(PieceFinder::Fit()) : std::nullopt;
}

std::optional<PieceFinder::Fit> RankedTexts::FitOfPieces() {
  occurrences_.clear();
  for (std::uint32_t i = 0; i < tokens_.size(); ++i) {
    for (const ConcordanceQuery::Use& use : words_.UsesOf(tokens_[i].key, tokens_[i].form)) {
      occurrences_.push_back({i, use});
    }
  }
  return finder_.FitOf(occurrences_);
}

// Whether the characters are there if spaces are of no matter.
bool RankedTexts::HasSubstring() {
  compact_.clear();
  for (const StoredToken& token : tokens_) {
    text::AppendSearchForm(words_.vocabulary().TextOf(token.form), words_.query().letter_case(),
                           compact_);
  }
  return compact_.find(words_.query().compact()) != std::string::npos;
}

// Whether a tag and the substring can be laid one over the other, so that what both cover is equal.
bool RankedTexts::MayBePartOfSubstring(FoldedKey tag) {
  const auto [known, is_new] = tags_.try_emplace(tag);
  if (is_new) {
    const std::string form =
        text::SearchForm(words_.vocabulary().FoldedOf(tag), words_.query().letter_case());
    const std::string_view wanted = words_.query().compact();
    // By where the tag begins: so many bytes before the end of `wanted`.
    for (std::size_t at = 1; at < form.size() + wanted.size() && !known->second; ++at) {
      const std::size_t in_tag = at > wanted.size() ? at - wanted.size() : 0;
      const std::size_t in_wanted = at > wanted.size() ? 0 : wanted.size() - at;
      const std::size_t size = std::min(form.size() - in_tag, wanted.size() - in_wanted);
      known->second = wanted.substr(in_wanted, size) == std::string_view(form).substr(in_tag, size);
    }
  }
  return known->second;
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
