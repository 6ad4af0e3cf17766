#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/storage/keys.h"
#include "server/storage/reader.h"
#include "server/storage/rows.h"
#include "server/text/languages.h"

namespace sild::storage {

// The units of a memory by their texts in languages of one key, in one state of the rows. For one
// thread, who asks for many texts: what is the same for all is read once.
class UnitsByWords {
 public:
  // `rows` must outlive the object. `counts` tells what languages the memory has, `has_usage`
  // whether any unit was ever used.
  UnitsByWords(const Rows& rows, MemoryName memory, Number number, const text::LanguageKey& key,
               const Counts& counts, bool has_usage);

  // Whether there is such a language.
  bool has_languages() const { return !languages_.empty(); }

  // Calls `visit` with each unit that has a variant in such a language whose text equals `text` in
  // NFC with white space collapsed, until it returns false; some perhaps more than once. `visit`
  // may not ask this object.
  absl::Status ForEach(std::string_view text, absl::FunctionRef<bool(TranslationUnit&&)> visit);

 private:
  // The same for the units in the text rows that begin with `prefix`. False if `visit` returned it.
  absl::StatusOr<bool> ForEachUnder(const std::string& prefix, const LanguageTag& language,
                                    std::string_view words,
                                    absl::FunctionRef<bool(TranslationUnit&&)> visit);

  const Rows& rows_;
  const MemoryName memory_;
  const Number number_;
  const bool has_usage_;
  std::vector<LanguageTag> languages_;
  std::unique_ptr<Cursor> cursor_;  // Over the text rows of the memory; made when it is needed.
};

}  // namespace sild::storage
