#include "server/storage/lexicons.h"

#include <algorithm>
#include <utility>

namespace sild::storage {

std::shared_ptr<matching::Lexicon> Lexicons::Get(const text::LanguageKey& key) {
  std::shared_ptr<matching::Lexicon> lexicon = lexicons_[key].lock();
  if (lexicon == nullptr) {
    lexicon = std::make_shared<matching::Lexicon>(look_alike_bytes_);
    lexicons_[key] = lexicon;
  }
  return lexicon;
}

bool Lexicons::IsInUse(const Entry& entry) const {
  const auto found = lexicons_.find(entry.key);
  return found != lexicons_.end() && found->second.lock() == entry.lexicon;
}

std::vector<Lexicons::Entry> Lexicons::InUse() const {
  std::vector<Entry> in_use;
  for (const auto& [key, weak] : lexicons_) {
    if (auto lexicon = weak.lock()) {
      in_use.push_back({key, std::move(lexicon)});
    }
  }
  return in_use;
}

void Lexicons::Queue(Entry entry) {
  if (IsInUse(entry) && std::find(queued_.begin(), queued_.end(), entry) == queued_.end()) {
    queued_.push_back(std::move(entry));
  }
}

std::optional<Lexicons::Entry> Lexicons::TakeQueued() {
  if (queued_.empty()) {
    return std::nullopt;
  }
  Entry entry = std::move(queued_.front());
  queued_.pop_front();
  return entry;
}

void Lexicons::Clear() {
  lexicons_.clear();
  queued_.clear();
}

std::size_t Lexicons::bytes() const {
  std::size_t bytes = 0;
  for (const auto& [key, lexicon] : InUse()) {
    bytes += lexicon->vocabulary.bytes() + lexicon->look_alikes.bytes();
  }
  return bytes;
}

}  // namespace sild::storage
