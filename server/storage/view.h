#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/matching/indexed_texts.h"
#include "server/model/change.h"
#include "server/storage/reader.h"
#include "server/storage/units_by_words.h"
#include "server/text/languages.h"

namespace sild::storage {

// The store as it stood at one revision. Immutable and safe for any number of threads; it holds the
// old state on disk alive, so do not keep one longer than a call. The store must outlive it.
//
// `after` in the list methods is an id that need not exist; the list begins behind it. Empty: from
// the start. `limit` must be positive.
class View : public Reader {
 public:
  virtual Revision revision() const = 0;

  // The oldest revision that `ReadChanges` can begin with.
  virtual Revision oldest_revision() const = 0;

  virtual absl::StatusOr<std::vector<Memory>> ListMemories(std::string_view after,
                                                           int limit) const = 0;
  virtual absl::StatusOr<std::vector<Glossary>> ListGlossaries(std::string_view after,
                                                               int limit) const = 0;

  // Fills in how often and when a unit was used; nothing is known of one that is not there.
  // `NotFound` if there is no such memory.
  virtual absl::Status FillUsage(TranslationUnit& unit) const = 0;

  // Calls `visit` with each unit of the memory behind `after`, by id, until it returns false.
  // `NotFound` if there is no such memory.
  virtual absl::Status ForEachUnit(const MemoryName& memory, std::string_view after,
                                   absl::FunctionRef<bool(TranslationUnit&&)> visit) const = 0;

  // The same for the concepts of a glossary.
  virtual absl::Status ForEachConcept(const GlossaryName& glossary, std::string_view after,
                                      absl::FunctionRef<bool(Concept&&)> visit) const = 0;

  // The same for the exceptions of a glossary.
  virtual absl::Status ForEachException(const GlossaryName& glossary, std::string_view after,
                                        absl::FunctionRef<bool(Exception&&)> visit) const = 0;

  // Returns the memory's texts in languages of that key with an index, or null if none is ready:
  // then one is being made or there is no room for it. This must outlive the result. `NotFound` if
  // there is no such memory.
  virtual absl::StatusOr<std::unique_ptr<matching::IndexedTexts>> OpenIndex(
      const MemoryName& memory, const text::LanguageKey& key) const = 0;

  // Returns the memory's units by their texts in languages of that key. This must outlive the
  // result. `NotFound` if there is no such memory.
  virtual absl::StatusOr<std::unique_ptr<UnitsByWords>> OpenUnitsByWords(
      const MemoryName& memory, const text::LanguageKey& key) const = 0;

  // The changes of the first revisions at or after `from`, until they have about `max_bytes`; at
  // least one. If the last revision did not fit it is cut, and `through` and `next_ordinal` tell
  // where to go on. `OutOfRange` if `from` is no longer kept or of an older epoch.
  struct Changes {
    std::vector<Change> changes;
    Revision through;  // All changes up to this revision have been given...
    std::uint32_t next_ordinal =
        0;  // ... but if not 0 this one is unfinished: ask for it from here.
  };
  virtual absl::StatusOr<Changes> ReadChanges(Revision from, std::uint32_t from_ordinal,
                                              std::size_t max_bytes) const = 0;
};

}  // namespace sild::storage
