#include "server/storage/units_by_words.h"

#include <string>
#include <utility>

#include <xxhash.h>

#include "server/model/try.h"
#include "server/storage/state.h"
#include "server/storage/usage.h"
#include "server/text/normalize.h"

namespace sild::storage {
namespace {

std::string WordsOf(std::string_view text) { return text::CollapseWhiteSpace(text::Nfc(text)); }

}  // namespace

UnitsByWords::UnitsByWords(const Rows& rows, MemoryName memory, Number number,
                           const text::LanguageKey& key, const Counts& counts, bool has_usage)
    : rows_(rows), memory_(std::move(memory)), number_(number), has_usage_(has_usage) {
  for (const auto& [language, count] : counts.by_language) {
    if (text::LanguageKeyOf(language) == key) {
      languages_.push_back(language);
    }
  }
}

absl::Status UnitsByWords::ForEach(std::string_view text,
                                   absl::FunctionRef<bool(TranslationUnit&&)> visit) {
  if (!has_languages()) {
    return absl::OkStatus();
  }
  const std::string words = WordsOf(text);
  const std::uint64_t hash = XXH3_64bits(words.data(), words.size());
  const std::uint64_t hash_as_it_is = TextHash(text);
  for (const LanguageTag& language : languages_) {
    std::vector<std::string> ids;
    SILD_CHECK_OK(AddIds(TextPrefix(number_, language, hash), ids));
    SILD_CHECK_OK(AddIds(SpacedTextPrefix(number_, language, hash), ids));
    if (hash_as_it_is != hash) {
      // A unit of version 1 has no row for its words (FORMAT.md).
      SILD_CHECK_OK(AddIds(TextPrefix(number_, language, hash_as_it_is), ids));
    }
    for (std::string& id : ids) {
      SILD_TRY(auto unit, FindUnit(rows_, number_, {memory_.memory, std::move(id)}));
      const Variant* variant = unit.has_value() ? unit->Find(language) : nullptr;
      if (variant == nullptr || WordsOf(variant->segment.text) != words) {
        continue;  // Two texts may have one hash.
      }
      if (has_usage_) {
        SILD_TRY(const Usage usage, GetUsage(rows_, number_, unit->name.unit));
        SetUsage(usage, *unit);
      }
      if (!visit(*std::move(unit))) {
        return absl::OkStatus();
      }
    }
  }
  return absl::OkStatus();
}

absl::Status UnitsByWords::AddIds(const std::string& prefix, std::vector<std::string>& ids) {
  if (cursor_ == nullptr) {
    const std::string all = TextPrefix(number_);
    cursor_ = rows_.WalkTextGroups(all, EndOfPrefix(all));
  }
  for (cursor_->Seek(prefix); cursor_->Valid() && cursor_->key().starts_with(prefix);
       cursor_->Next()) {
    ids.emplace_back(cursor_->key().substr(prefix.size()));
  }
  return cursor_->status();
}

}  // namespace sild::storage
