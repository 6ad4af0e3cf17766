#include "server/service/recognizer_cache.h"

#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"

namespace sild::service {
namespace {

// Enough for a newsroom's pairs of languages; each costs what its glossaries do.
constexpr std::size_t kMaxRecognizers = 16;

}  // namespace

absl::StatusOr<std::shared_ptr<const terms::Recognizer>> RecognizerCache::Get(
    const storage::View& view, const std::vector<GlossaryName>& glossaries,
    const text::LanguageKey& language, const std::function<bool()>& is_cancelled) {
  std::string key = language.value;
  for (const GlossaryName& glossary : glossaries) {
    SILD_TRY(const storage::Counts counts, view.CountConcepts(glossary));
    key += fmt::format(" {}@{}", glossary.glossary, counts.last_write.value);
  }
  {
    const std::lock_guard lock(mutex_);
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
      if (entry->key == key) {
        entries_.splice(entries_.begin(), entries_, entry);
        return entries_.front().recognizer;
      }
    }
  }
  std::vector<terms::GlossaryConcept> concepts;
  for (std::size_t i = 0; i < glossaries.size(); ++i) {
    SILD_CHECK_OK(view.ForEachConcept(glossaries[i], "", [&](Concept&& entry) {
      concepts.push_back({i, std::move(entry)});
      return !is_cancelled();
    }));
    if (is_cancelled()) {
      return absl::CancelledError("the client went away");
    }
  }
  const terms::FormExpander& expander = expanders_.For(language);
  auto recognizer = std::make_shared<const terms::Recognizer>(language, std::move(concepts),
                                                              expander, expander.rules());
  const std::lock_guard lock(mutex_);
  entries_.push_front({std::move(key), recognizer});
  if (entries_.size() > kMaxRecognizers) {
    entries_.pop_back();
  }
  return recognizer;
}

}  // namespace sild::service
