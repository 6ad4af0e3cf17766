#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/model/change.h"
#include "server/model/glossary.h"
#include "server/model/unit.h"

namespace sild::storage {

// How many units a memory, or concepts a glossary, has; how many have each language; and when any
// of them last changed.
struct Counts {
  std::int64_t total = 0;
  std::map<LanguageTag, std::int64_t> by_language;  // Languages with none are left out.
  Revision
      last_write;  // Of anything in it; what a write in progress did itself is not in it. 0: never.
};

// One state of the store: a `View`, or what a write in progress sees. `Get` methods fail with
// `NotFound` if there is no such resource, and all with `DataLoss` if bytes on disk are wrong.
class Reader {
 public:
  virtual ~Reader() = default;

  virtual absl::StatusOr<Memory> GetMemory(const MemoryName& name) const = 0;
  virtual absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const = 0;
  virtual absl::StatusOr<Glossary> GetGlossary(const GlossaryName& name) const = 0;
  virtual absl::StatusOr<Concept> GetConcept(const ConceptName& name) const = 0;
  virtual absl::StatusOr<Exception> GetException(const ExceptionName& name) const = 0;

  // Calls `visit` with each unit of a memory that has a variant in just `language` whose text
  // equals `text` in NFC, by name, until it returns false. None if the memory does not exist.
  virtual absl::Status ForEachUnitWithText(
      const MemoryName& memory, const LanguageTag& language, std::string_view text,
      absl::FunctionRef<bool(TranslationUnit&&)> visit) const = 0;

  // The first unit by name, in the memory of `unit`, that holds the same as `unit` (`ContentHash`),
  // which may be `unit` itself. Absent if there is none. Costs the same however many units have
  // these texts.
  virtual absl::StatusOr<std::optional<TranslationUnit>> FindIdentical(
      const TranslationUnit& unit) const = 0;

  // The states of a unit, newest first, at most `limit`, with `revision` below `before` (absent:
  // from the newest). Deletions and purged states are among them, without resource; what a write in
  // progress did itself is not. `NotFound` if there never was such a unit in this incarnation of
  // the memory.
  virtual absl::StatusOr<std::vector<Change>> ListRevisions(const UnitName& name,
                                                            std::optional<Revision> before,
                                                            int limit) const = 0;
  virtual absl::StatusOr<std::vector<Change>> ListRevisions(const ConceptName& name,
                                                            std::optional<Revision> before,
                                                            int limit) const = 0;

  virtual absl::StatusOr<Counts> CountUnits(const MemoryName& memory) const = 0;
  virtual absl::StatusOr<Counts> CountConcepts(const GlossaryName& glossary) const = 0;
};

}  // namespace sild::storage
