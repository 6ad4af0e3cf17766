#pragma once

#include <memory>

#include <absl/functional/function_ref.h>
#include <absl/status/statusor.h>

#include "server/matching/text_index.h"
#include "server/storage/index_files.h"
#include "server/storage/keys.h"
#include "server/storage/rows.h"
#include "server/text/languages.h"

namespace sild::storage {

// An index as it was made or read.
struct MadeIndex {
  std::shared_ptr<const matching::TextIndex> index;  // Shared with the keeper and who searches it.
  IndexFiles::Files files;                           // Of its tiers.
};

// Makes the index of a memory in the languages of one key, of all texts that it has at `revision`,
// which `rows` are of: from `files` and what the log tells of the time since or, if there is no
// such file or `files` is null, from all units. `Cancelled` as soon as `is_wanted` returns false,
// `DataLoss` if a row is damaged.
absl::StatusOr<MadeIndex> MakeIndex(const Rows& rows, Revision revision, Number number,
                                    const text::LanguageKey& key,
                                    std::shared_ptr<matching::Lexicon> lexicon,
                                    const IndexFiles* files, absl::FunctionRef<bool()> is_wanted);

}  // namespace sild::storage
