#include "server/storage/units_by_words.h"

#include <string>
#include <utility>

#include "server/model/try.h"
#include "server/storage/state.h"
#include "server/storage/usage.h"
#include "server/text/context_hash.h"
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
  const std::uint64_t hash = text::ContextHash(text);
  const std::uint64_t hash_as_it_is = TextHash(text);
  for (const LanguageTag& language : languages_) {
    std::vector<std::string> prefixes{TextPrefix(number_, language, hash),
                                      SpacedTextPrefix(number_, language, hash)};
    if (hash_as_it_is != hash) {
      // A unit of version 1 has no row for its words (FORMAT.md).
      prefixes.push_back(TextPrefix(number_, language, hash_as_it_is));
    }
    for (const std::string& prefix : prefixes) {
      SILD_TRY(const bool goes_on, ForEachUnder(prefix, language, words, visit));
      if (!goes_on) {
        return absl::OkStatus();
      }
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> UnitsByWords::ForEachUnder(const std::string& prefix,
                                                const LanguageTag& language, std::string_view words,
                                                absl::FunctionRef<bool(TranslationUnit&&)> visit) {
  if (cursor_ == nullptr) {
    const std::string all = TextPrefix(number_);
    cursor_ = rows_.WalkTextGroups(all, EndOfPrefix(all));
  }
  for (cursor_->Seek(prefix); cursor_->Valid() && cursor_->key().starts_with(prefix);
       cursor_->Next()) {
    const UnitName name{memory_.memory, std::string(cursor_->key().substr(prefix.size()))};
    SILD_TRY(auto unit, FindUnit(rows_, number_, name));
    const Variant* variant = unit.has_value() ? unit->Find(language) : nullptr;
    if (variant == nullptr || WordsOf(variant->segment.text) != words) {
      continue;  // Two texts may have one hash.
    }
    if (has_usage_) {
      SILD_TRY(const Usage usage, GetUsage(rows_, number_, name.unit));
      SetUsage(usage, *unit);
    }
    if (!visit(*std::move(unit))) {
      return false;
    }
  }
  SILD_CHECK_OK(cursor_->status());
  return true;
}

}  // namespace sild::storage
