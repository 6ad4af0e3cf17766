#pragma once

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>

#include "server/matching/text_index.h"
#include "server/model/revision.h"
#include "server/storage/keys.h"
#include "server/storage/rows.h"
#include "server/text/languages.h"

namespace sild::storage {

// Reads the texts of a memory in languages of that key, each once, and gives them to `take` in
// lists of at most a million. New tokens are added to the lexicon. `Cancelled` as soon as
// `is_wanted`, which is asked every now and then, returns false; `DataLoss` if a row is damaged.
absl::Status ReadTexts(const Rows& rows, Number number, const text::LanguageKey& key,
                       matching::Lexicon& lexicon,
                       absl::FunctionRef<void(const matching::DocumentList&)> take,
                       absl::FunctionRef<bool()> is_wanted);

// Reads the texts that units of the memory got in the events behind `after` up to `last`, in the
// same way. Some of them may be gone since. `OutOfRange` if the log does not reach back so far.
absl::Status ReadTextsSince(const Rows& rows, Revision after, Revision last, Number number,
                            const text::LanguageKey& key, matching::Lexicon& lexicon,
                            absl::FunctionRef<void(const matching::DocumentList&)> take,
                            absl::FunctionRef<bool()> is_wanted);

}  // namespace sild::storage
