#include "server/matching/text_index.h"

#include <algorithm>
#include <utility>

namespace sild::matching {
namespace {

// A tier is joined with smaller ones that together have a share of its documents...
constexpr std::size_t kGrowth = 3;

// ... once there are more tiers than this.
constexpr std::size_t kFewTiers = 4;

}  // namespace

TextIndex::TextIndex(std::shared_ptr<Lexicon> lexicon)
    : lexicon_(std::move(lexicon)), fresh_(std::make_shared<FreshTier>()) {}

bool TextIndex::Add(TextHandle handle, std::span<const FormId> forms) const {
  return fresh_->Add(handle, forms, lexicon_->vocabulary);
}

TextIndex::TierPointer TextIndex::FreshAsTier() const {
  DocumentList list;
  fresh_->AppendTo(fresh_->size(), list);
  return std::make_shared<Tier>(Tier::Build(list, lexicon_->vocabulary));
}

std::shared_ptr<const TextIndex> TextIndex::WithFreshAs(TierPointer tier) const {
  auto next = std::make_shared<TextIndex>(lexicon_);
  next->tiers_ = tiers_;
  next->tiers_.push_back(std::move(tier));
  next->SortTiers();
  return next;
}

std::shared_ptr<const TextIndex> TextIndex::With(TierPointer tier) const {
  auto next = std::make_shared<TextIndex>(*this);
  next->tiers_.push_back(std::move(tier));
  next->SortTiers();
  return next;
}

std::vector<TextIndex::TierPointer> TextIndex::TiersToJoin() const {
  if (tiers_.size() <= kFewTiers) {
    return {};
  }
  std::size_t first = tiers_.size() - 1;
  std::size_t size = tiers_[first]->size();
  while (first > 0 && (tiers_[first - 1]->size() <= kGrowth * size || first > kFewTiers)) {
    size += tiers_[--first]->size();
  }
  if (first + 1 == tiers_.size()) {
    --first;
  }
  return {tiers_.begin() + static_cast<std::ptrdiff_t>(first), tiers_.end()};
}

std::shared_ptr<const TextIndex> TextIndex::WithJoined(const std::vector<TierPointer>& tiers,
                                                       TierPointer joined) const {
  auto next = std::make_shared<TextIndex>(*this);
  std::erase_if(next->tiers_, [&tiers](const TierPointer& tier) {
    return std::find(tiers.begin(), tiers.end(), tier) != tiers.end();
  });
  next->tiers_.push_back(std::move(joined));
  next->SortTiers();
  return next;
}

void TextIndex::SortTiers() {
  std::stable_sort(tiers_.begin(), tiers_.end(), [](const TierPointer& a, const TierPointer& b) {
    return a->size() > b->size();
  });
}

TextIndex::TierPointer Join(const std::vector<TextIndex::TierPointer>& tiers,
                            Vocabulary& vocabulary) {
  DocumentList list;
  for (const TextIndex::TierPointer& tier : tiers) {
    tier->AppendTo(list);
  }
  return std::make_shared<Tier>(Tier::Build(list, vocabulary));
}

std::size_t TextIndex::size() const {
  std::size_t size = fresh_->size();
  for (const TierPointer& tier : tiers_) {
    size += tier->size();
  }
  return size;
}

std::size_t TextIndex::bytes() const {
  std::size_t bytes = sizeof(FreshTier) + fresh_->bytes();
  for (const TierPointer& tier : tiers_) {
    bytes += tier->bytes();
  }
  return bytes;
}

void InternForms(const text::TokenizedText& text, Vocabulary& vocabulary,
                 std::vector<FormId>& forms) {
  forms.clear();
  for (const text::Token& token : text.tokens) {
    forms.push_back(vocabulary.Intern(text, token));
  }
}

}  // namespace sild::matching
