#pragma once

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/model/names.h"
#include "server/model/unit.h"

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
};

}  // namespace sild::matching
