#include "server/matching/fresh_tier.h"

#include "server/matching/score.h"

namespace sild::matching {

using text::TokenClass;

bool FreshTier::Add(TextHandle handle, std::span<const FormId> forms,
                    const Vocabulary& vocabulary) {
  const std::uint32_t place = size_.load(std::memory_order_relaxed);
  if (place == kCapacity) {
    return false;
  }
  Document& document = documents_.Add();
  document.handle = handle;
  document.forms.assign(forms.begin(), forms.end());
  for (const FormId form : forms) {
    const TokenClass token_class = ClassOf(vocabulary.KeyOf(form));
    document.profile.weight += WeightOf(token_class);
    document.words += token_class == TokenClass::kWord ? 1 : 0;
    document.profile.numbers += token_class == TokenClass::kNumber ? 1 : 0;
    document.profile.tags += token_class == TokenClass::kTag ? 1 : 0;
    document.profile.punctuation += token_class == TokenClass::kPunctuation ? 1 : 0;
  }
  bytes_.store(bytes() + sizeof(Document) + forms.size_bytes(), std::memory_order_relaxed);
  size_.store(place + 1, std::memory_order_release);
  return true;
}

void FreshTier::AppendTo(std::uint32_t size, DocumentList& list) const {
  for (std::uint32_t document = 0; document < size; ++document) {
    list.Add(documents_[document].handle, documents_[document].forms);
  }
}

}  // namespace sild::matching
