#pragma once

#include <memory>
#include <string_view>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/matching/indexed_texts.h"
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

  // Calls `visit` with each unit of the memory that has a variant in a language of that key whose
  // text equals `text` in NFC with white space collapsed (`text::CollapseWhiteSpace`), in any
  // order, until it returns false; with several such variants perhaps more than once.
  virtual absl::Status ForEachUnitWithText(
      const MemoryName& memory, const text::LanguageKey& key, std::string_view text,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const = 0;

  // False if no unit of the memory has a variant in a language of that key.
  virtual absl::StatusOr<bool> MayHave(const MemoryName& memory,
                                       const text::LanguageKey& key) const = 0;

  // Returns a unit that one of these has shown.
  virtual absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const = 0;

  // Fills in the usage of such a unit. The ones shown by an index do not have it.
  virtual absl::Status FillUsage(TranslationUnit& unit) const = 0;

  // Returns the memory's texts in languages of that key, with an index. Null if there is none now:
  // then all units are looked at. The source must outlive the result.
  virtual std::unique_ptr<IndexedTexts> OpenIndex(const MemoryName& memory,
                                                  const text::LanguageKey& key) const {
    (void)memory;
    (void)key;
    return nullptr;
  }
};

}  // namespace sild::matching
