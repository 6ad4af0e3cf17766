#include "server/service/term_directory_cache.h"

#include <utility>

#include "server/model/try.h"
#include "server/service/glossary_concepts.h"

namespace sild::service {
namespace {

// Each holds a copy of its concepts.
constexpr std::size_t kMaxDirectories = 8;
constexpr std::size_t kMaxSorted = 8;  // Languages of one directory.

}  // namespace

TermDirectoryCache::Entry* TermDirectoryCache::Find(const std::string& key) {
  for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
    if (entry->key == key) {
      entries_.splice(entries_.begin(), entries_, entry);
      return &entries_.front();
    }
  }
  return nullptr;
}

absl::StatusOr<std::shared_ptr<const terms::TermDirectory>> TermDirectoryCache::Get(
    const storage::View& view, const std::vector<GlossaryName>& glossaries,
    const std::function<bool()>& is_cancelled) {
  SILD_TRY(const std::string key, StateKeyOf(view, glossaries));
  {
    const std::lock_guard lock(mutex_);
    if (const Entry* const entry = Find(key)) {
      return entry->directory;
    }
  }
  SILD_TRY(std::vector<terms::GlossaryConcept> concepts,
           LoadConcepts(view, glossaries, is_cancelled));
  auto directory = std::make_shared<const terms::TermDirectory>(std::move(concepts));
  const std::lock_guard lock(mutex_);
  entries_.push_front({key, directory, {}});
  if (entries_.size() > kMaxDirectories) {
    entries_.pop_back();
  }
  return directory;
}

absl::StatusOr<std::shared_ptr<const SortedTerms>> TermDirectoryCache::GetSorted(
    const storage::View& view, const std::vector<GlossaryName>& glossaries,
    const LanguageTag& language, const std::function<bool()>& is_cancelled) {
  SILD_TRY(const std::string key, StateKeyOf(view, glossaries));
  {
    const std::lock_guard lock(mutex_);
    if (const Entry* const entry = Find(key)) {
      if (const auto found = entry->sorted.find(language); found != entry->sorted.end()) {
        return found->second;
      }
    }
  }
  SILD_TRY(auto directory, Get(view, glossaries, is_cancelled));
  auto sorted = std::make_shared<SortedTerms>();
  sorted->terms = directory->InOrder(language);
  sorted->directory = std::move(directory);
  const std::lock_guard lock(mutex_);
  if (Entry* const entry = Find(key); entry != nullptr && entry->sorted.size() < kMaxSorted) {
    entry->sorted.emplace(language, sorted);
  }
  return std::shared_ptr<const SortedTerms>(std::move(sorted));
}

}  // namespace sild::service
