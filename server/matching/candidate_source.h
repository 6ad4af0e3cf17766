#pragma once

#include <memory>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/matching/text_index.h"
#include "server/model/names.h"
#include "server/model/unit.h"
#include "server/text/languages.h"

namespace sild::matching {

// Where a look-up reads units: one state of the store, which does not change during the look-up.
class CandidateSource {
 public:
  virtual ~CandidateSource() = default;

  // Calls `visit` with each unit of the memory, in any order, until it returns false. `NotFound` if
  // there is no such memory.
  virtual absl::Status ForEachUnit(const MemoryName& memory,
                                   absl::FunctionRef<bool(const TranslationUnit&)> visit) const = 0;

  // Returns a unit that `ForEachUnit` has shown.
  virtual absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const = 0;

  // Returns an index that has all texts of the memory in languages of that key, and maybe others.
  // Null if there is none now: then all units are looked at. Its owners are the source and who asked.
  virtual std::shared_ptr<const TextIndex> FindIndex(const MemoryName& memory,
                                                     const text::LanguageKey& key) const {
    (void)memory;
    (void)key;
    return nullptr;
  }

  // Calls `visit` with each unit of the memory that has a text with that handle in a language of
  // that key, and maybe with others, until it returns false. For handles that the index has given.
  virtual absl::Status ForEachUnitWithText(
      const MemoryName& memory, const text::LanguageKey& key, TextHandle handle,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const {
    (void)key;
    (void)handle;
    return ForEachUnit(memory, visit);
  }
};

}  // namespace sild::matching
