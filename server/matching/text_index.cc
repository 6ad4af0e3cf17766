#include "server/matching/text_index.h"

#include <algorithm>
#include <utility>

namespace sild::matching {
namespace {

// A tier is joined with a new one if it is not that many times as large.
constexpr std::size_t kGrowth = 4;

}  // namespace

TextIndex::TextIndex(std::shared_ptr<Lexicon> lexicon)
    : lexicon_(std::move(lexicon)), fresh_(std::make_shared<FreshTier>()) {}

bool TextIndex::Add(TextHandle handle, std::span<const FormId> forms) const {
  return fresh_->Add(handle, forms, lexicon_->vocabulary);
}

std::shared_ptr<const TextIndex> TextIndex::WithRoom() const {
  DocumentList list;
  fresh_->AppendTo(fresh_->size(), list);
  auto next = std::make_shared<TextIndex>(lexicon_);
  next->tiers_ = tiers_;
  while (!next->tiers_.empty() && next->tiers_.back()->size() < kGrowth * list.size()) {
    next->tiers_.back()->AppendTo(list);
    next->tiers_.pop_back();
  }
  next->tiers_.push_back(std::make_shared<Tier>(Tier::Build(list, lexicon_->vocabulary)));
  return next;
}

std::shared_ptr<const TextIndex> TextIndex::With(const DocumentList& list) const {
  auto next = std::make_shared<TextIndex>(*this);
  if (list.size() > 0) {
    next->tiers_.push_back(std::make_shared<Tier>(Tier::Build(list, lexicon_->vocabulary)));
    std::stable_sort(
        next->tiers_.begin(), next->tiers_.end(),
        [](const TierPointer& a, const TierPointer& b) { return a->size() > b->size(); });
  }
  return next;
}

std::size_t TextIndex::size() const {
  std::size_t size = fresh_->size();
  for (const TierPointer& tier : tiers_) {
    size += tier->size();
  }
  return size;
}

std::size_t TextIndex::bytes() const {
  std::size_t bytes = sizeof(FreshTier);
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
