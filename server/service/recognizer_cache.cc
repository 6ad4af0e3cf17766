#include "server/service/recognizer_cache.h"

#include <utility>

#include "server/model/try.h"
#include "server/service/glossary_concepts.h"

namespace sild::service {
namespace {

// Enough for a newsroom's pairs of languages; each costs what its glossaries do.
constexpr std::size_t kMaxRecognizers = 16;

}  // namespace

absl::StatusOr<std::shared_ptr<const terms::Recognizer>> RecognizerCache::Get(
    const storage::View& view, const std::vector<GlossaryName>& glossaries,
    const text::LanguageKey& language, const std::function<bool()>& is_cancelled) {
  SILD_TRY(const std::string state, StateKeyOf(view, glossaries));
  std::string key = language.value + state;
  {
    const std::lock_guard lock(mutex_);
    for (auto entry = entries_.begin(); entry != entries_.end(); ++entry) {
      if (entry->key == key) {
        entries_.splice(entries_.begin(), entries_, entry);
        return entries_.front().recognizer;
      }
    }
  }
  SILD_TRY(std::vector<terms::GlossaryConcept> concepts,
           LoadConcepts(view, glossaries, is_cancelled));
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
