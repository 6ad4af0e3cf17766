#pragma once

#include <memory>
#include <vector>

#include "server/matching/indexed_texts.h"
#include "server/storage/keys.h"
#include "server/storage/reader.h"
#include "server/storage/rows.h"
#include "server/text/languages.h"

namespace sild::storage {

// The handle of a text in indexes: the upper half of its `TextHash`, so that the units that have it
// are found in the text table.
matching::TextHandle TextHandleOf(std::uint64_t text_hash);

// The texts of a memory in languages of one key, in one state of the rows.
class StoredTexts final : public matching::IndexedTexts {
 public:
  // `rows` must outlive the object. `counts` tells what languages the memory has. The owners of the
  // index are its keeper and whoever searches it.
  StoredTexts(const Rows& rows, MemoryName memory, Number number, const text::LanguageKey& key,
              const Counts& counts, std::shared_ptr<const matching::TextIndex> index);

  // How many variants there are; texts are no more.
  std::size_t count() const { return count_; }

  const matching::TextIndex& index() const override { return *index_; }
  absl::Status ForEachUnit(matching::TextHandle handle,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) override;

 private:
  const Rows& rows_;
  const MemoryName memory_;
  const Number number_;
  std::vector<LanguageTag> languages_;
  std::size_t count_ = 0;
  const std::shared_ptr<const matching::TextIndex> index_;
  std::unique_ptr<Cursor> cursor_;  // Over the text rows of the memory; made when it is needed.
};

}  // namespace sild::storage
