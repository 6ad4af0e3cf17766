#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "server/matching/look_alikes.h"
#include "server/text/languages.h"

namespace sild::storage {

// The lexicons of the languages that indexes are kept in, and which of them lack look-alikes. The
// indexes own them. Not for several threads at once.
class Lexicons {
 public:
  explicit Lexicons(std::size_t look_alike_bytes) : look_alike_bytes_(look_alike_bytes) {}

  struct Entry {
    text::LanguageKey key;
    std::shared_ptr<matching::Lexicon> lexicon;
    bool operator==(const Entry&) const = default;
  };

  // Returns that of a language; a new one if none is in use.
  std::shared_ptr<matching::Lexicon> Get(const text::LanguageKey& key);

  // Whether a lexicon is that of its language, and not one that was forgotten.
  bool IsInUse(const Entry& entry) const;
  std::vector<Entry> InUse() const;

  // A queue of those whose look-alikes are to be found in advance.
  void Queue(Entry entry);
  std::optional<Entry> TakeQueued();
  bool has_queued() const { return !queued_.empty(); }

  // Forgets all. Those in use stay with their owners.
  void Clear();

  // The memory of those in use.
  std::size_t bytes() const;

 private:
  const std::size_t look_alike_bytes_;
  std::map<text::LanguageKey, std::weak_ptr<matching::Lexicon>> lexicons_;
  std::deque<Entry> queued_;
};

}  // namespace sild::storage
