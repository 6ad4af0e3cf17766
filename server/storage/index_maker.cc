#include "server/storage/index_maker.h"

#include <optional>
#include <utility>

#include "server/model/try.h"
#include "server/storage/index_reader.h"

namespace sild::storage {

using matching::DocumentList;
using matching::TextIndex;

absl::StatusOr<MadeIndex> MakeIndex(const Rows& rows, Revision revision, Number number,
                                    const text::LanguageKey& key,
                                    std::shared_ptr<matching::Lexicon> lexicon,
                                    const IndexFiles* files, absl::FunctionRef<bool()> is_wanted) {
  MadeIndex made;
  made.index = std::make_shared<TextIndex>(lexicon);
  const auto take = [&](const DocumentList& list) {
    made.index = made.index->With(
        std::make_shared<matching::Tier>(matching::Tier::Build(list, lexicon->vocabulary)));
  };
  const auto saved =
      files == nullptr ? std::nullopt : files->Load(number, key, lexicon->vocabulary);
  if (saved.has_value()) {
    for (const auto& [tier, file] : saved->tiers) {
      made.index = made.index->With(tier);
    }
    const absl::Status status =
        ReadTextsSince(rows, saved->covered, revision, number, key, *lexicon, take, is_wanted);
    if (status.ok() || absl::IsCancelled(status)) {
      made.files = saved->tiers;
      return status.ok() ? absl::StatusOr<MadeIndex>(std::move(made)) : status;
    }
    made.index = std::make_shared<TextIndex>(lexicon);
  }
  SILD_CHECK_OK(ReadTexts(rows, number, key, *lexicon, take, is_wanted));
  return made;
}

}  // namespace sild::storage
