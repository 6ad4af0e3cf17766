#include "server/storage/index_reader.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <absl/container/flat_hash_set.h>

#include "server/model/try.h"
#include "server/storage/log_reader.h"
#include "server/storage/record.h"
#include "server/storage/state.h"
#include "server/storage/stored_texts.h"

namespace sild::storage {
namespace {

constexpr std::size_t kTierTexts = 1'000'000;
constexpr std::uint64_t kUnitsPerCheck = 1024;
constexpr std::size_t kLogBytes = 4U << 20;  // Of the log at a time.

// Gathers different texts in languages of one key.
class TextCollector {
 public:
  TextCollector(const text::LanguageKey& key, matching::Lexicon& lexicon)
      : key_(key), lexicon_(lexicon) {}

  void Add(const std::string& language, const std::string& text) {
    if (text.empty() || !IsOfKey(language)) {
      return;
    }
    const std::uint64_t hash = TextHash(text);
    // The same text in two varieties of a language: one is enough, for handles do not tell them.
    if (hashes_.insert(hash).second) {
      matching::InternForms(text::Tokenize(text), lexicon_.vocabulary, forms_);
      list_.Add(TextHandleOf(hash), forms_);
    }
  }

  void Add(const TranslationUnit& unit) {
    for (const Variant& variant : unit.variants) {
      Add(variant.language.str(), variant.segment.text);
    }
  }

  bool HasLanguageOf(const Counts& counts) {
    return std::any_of(counts.by_language.begin(), counts.by_language.end(),
                       [this](const auto& language) { return IsOfKey(language.first.str()); });
  }

  const matching::DocumentList& list() const { return list_; }
  void Clear() { list_ = {}; }

 private:
  bool IsOfKey(const std::string& language) {
    const auto [known, is_new] = is_of_key_.try_emplace(language, false);
    if (is_new) {
      known->second = text::LanguageKeyOf(LanguageTag::FromCanonical(language)) == key_;
    }
    return known->second;
  }

  const text::LanguageKey& key_;
  matching::Lexicon& lexicon_;
  std::map<std::string, bool> is_of_key_;
  absl::flat_hash_set<std::uint64_t> hashes_;
  std::vector<matching::FormId> forms_;
  matching::DocumentList list_;
};

// Returns the id of the memory of that number; empty if there is none.
absl::StatusOr<std::string> IdOf(const Rows& rows, Number number) {
  const auto cursor = WalkPrefix(rows, TablePrefix(Table::kMemory));
  for (; cursor->Valid(); cursor->Next()) {
    SILD_TRY(const NumberedMemory memory, ParseMemory({}, cursor->value()));
    if (memory.number == number) {
      return std::string(cursor->key().substr(1));
    }
  }
  SILD_CHECK_OK(cursor->status());
  return std::string();
}

}  // namespace

absl::Status ReadTexts(const Rows& rows, Number number, const text::LanguageKey& key,
                       matching::Lexicon& lexicon,
                       absl::FunctionRef<void(const matching::DocumentList&)> take,
                       absl::FunctionRef<bool()> is_wanted) {
  SILD_TRY(const Counts counts, GetCounts(rows, number));
  TextCollector collector(key, lexicon);
  if (!collector.HasLanguageOf(counts)) {
    return absl::OkStatus();
  }
  std::uint64_t visited = 0;
  const std::string prefix = UnitPrefix(number);
  const auto cursor = rows.Sweep(prefix, EndOfPrefix(prefix));
  for (; cursor->Valid(); cursor->Next()) {
    if (visited++ % kUnitsPerCheck == 0 && !is_wanted()) {
      return absl::CancelledError("the index is not wanted any more");
    }
    SILD_CHECK_OK(
        ForEachText(cursor->value(), [&](const std::string& language, const std::string& text) {
          collector.Add(language, text);
        }));
    if (collector.list().size() >= kTierTexts) {
      take(collector.list());
      collector.Clear();
    }
  }
  SILD_CHECK_OK(cursor->status());
  if (collector.list().size() > 0) {
    take(collector.list());
  }
  return absl::OkStatus();
}

absl::Status ReadTextsSince(const Rows& rows, Revision after, Revision last, Number number,
                            const text::LanguageKey& key, matching::Lexicon& lexicon,
                            absl::FunctionRef<void(const matching::DocumentList&)> take,
                            absl::FunctionRef<bool()> is_wanted) {
  SILD_TRY(const std::uint64_t oldest, GetNumber(rows, kOldestKey, 0));
  if (after.epoch() != last.epoch() || after > last ||
      after.value + 1 < static_cast<std::int64_t>(oldest)) {
    return absl::OutOfRangeError("the change log does not tell what came since");
  }
  SILD_TRY(const std::string memory, IdOf(rows, number));
  TextCollector collector(key, lexicon);
  std::uint32_t ordinal = 0;
  for (Revision from{after.value + 1}; from <= last;) {
    if (!is_wanted()) {
      return absl::CancelledError("the index is not wanted any more");
    }
    SILD_TRY(const View::Changes read, ReadChanges(rows, from, ordinal, last, kLogBytes));
    for (const Change& change : read.changes) {
      const auto* unit = std::get_if<TranslationUnit>(&change.resource);
      if (unit != nullptr && unit->name.memory == memory) {
        collector.Add(*unit);
      }
    }
    ordinal = read.next_ordinal;
    from = {read.through.value + (ordinal == 0 ? 1 : 0)};
  }
  if (collector.list().size() > 0) {
    take(collector.list());
  }
  return absl::OkStatus();
}

}  // namespace sild::storage
