#include "server/storage/stored_texts.h"

#include <string>
#include <utility>

#include "server/model/try.h"
#include "server/storage/state.h"

namespace sild::storage {
namespace {

constexpr std::uint32_t kHandleBits = 32;

}  // namespace

matching::TextHandle TextHandleOf(std::uint64_t text_hash) {
  return static_cast<matching::TextHandle>(text_hash >> kHandleBits);
}

StoredTexts::StoredTexts(const Rows& rows, MemoryName memory, Number number,
                         const text::LanguageKey& key, const Counts& counts,
                         std::shared_ptr<const matching::TextIndex> index)
    : rows_(rows), memory_(std::move(memory)), number_(number), index_(std::move(index)) {
  for (const auto& [language, count] : counts.by_language) {
    if (text::LanguageKeyOf(language) == key) {
      languages_.push_back(language);
      count_ += static_cast<std::size_t>(count);
    }
  }
}

absl::Status StoredTexts::ForEachUnit(matching::TextHandle handle,
                                      absl::FunctionRef<bool(const TranslationUnit&)> visit) {
  if (cursor_ == nullptr) {
    const std::string all = TextPrefix(number_);
    cursor_ = rows_.WalkTextGroups(all, EndOfPrefix(all));
  }
  const std::uint64_t least_hash = std::uint64_t{handle} << kHandleBits;
  for (const LanguageTag& language : languages_) {
    std::string prefix = TextPrefix(number_, language, least_hash);
    const std::size_t id_begin = prefix.size();
    prefix.resize(TextGroupBytes(prefix));
    for (cursor_->Seek(prefix); cursor_->Valid() && cursor_->key().starts_with(prefix);
         cursor_->Next()) {
      const UnitName name{memory_.memory, std::string(cursor_->key().substr(id_begin))};
      SILD_TRY(const auto unit, FindUnit(rows_, number_, name));
      if (unit.has_value() && !visit(*unit)) {
        return absl::OkStatus();
      }
    }
    SILD_CHECK_OK(cursor_->status());
  }
  return absl::OkStatus();
}

}  // namespace sild::storage
