#pragma once

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>

#include "server/matching/text_index.h"
#include "server/model/unit.h"

namespace sild::matching {

// The texts of one memory in languages of one key, in one state of the store: an index of them, and
// the units that have them. For one thread.
class IndexedTexts {
 public:
  virtual ~IndexedTexts() = default;

  // An index of all the texts, and maybe of others.
  virtual const TextIndex& index() const = 0;

  // Calls `visit` with each unit that has a text of that handle, and maybe with others, until it
  // returns false. `handle` is one that the index has given.
  virtual absl::Status ForEachUnit(TextHandle handle,
                                   absl::FunctionRef<bool(const TranslationUnit&)> visit) = 0;
};

}  // namespace sild::matching
