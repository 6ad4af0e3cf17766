#include "server/storage/stored_view.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/storage/index_keeper.h"
#include "server/storage/log_reader.h"
#include "server/storage/state.h"
#include "server/storage/stored_texts.h"
#include "server/storage/usage.h"

namespace sild::storage {
namespace {

// The first revision of an epoch.
Revision FirstOf(std::int64_t epoch) { return {(epoch << 40) + 1}; }

// Where a list behind `after` begins, given the key of `after`.
std::string Behind(std::string key, std::string_view after) {
  if (!after.empty()) {
    key.push_back('\0');
  }
  return key;
}

}  // namespace

absl::StatusOr<std::shared_ptr<const StoredView>> StoredView::Take(rocksdb::DB& db,
                                                                   IndexKeeper* indexes) {
  auto view = std::make_shared<StoredView>(db, indexes);
  SILD_TRY(view->revision_, GetPosition(view->rows_));
  SILD_TRY(const std::uint64_t oldest, GetNumber(view->rows_, kOldestKey, 0));
  // What an older epoch said is history, but no feed: a restore may have cut it.
  view->oldest_revision_ =
      std::max(Revision{static_cast<std::int64_t>(oldest)}, FirstOf(view->revision_.epoch()));
  return view;
}

absl::StatusOr<Memory> StoredView::GetMemory(const MemoryName& name) const {
  SILD_TRY(NumberedMemory result, storage::GetMemory(rows_, name));
  return std::move(result.memory);
}

absl::StatusOr<TranslationUnit> StoredView::GetUnit(const UnitName& name) const {
  SILD_TRY(const KnownMemory memory, Know(name.parent()));
  return storage::GetUnit(rows_, memory.number, name);
}

absl::Status StoredView::FillUsage(TranslationUnit& unit) const {
  SILD_TRY(const KnownMemory memory, Know(unit.name.parent()));
  if (memory.has_usage) {
    SILD_TRY(const Usage usage, GetUsage(rows_, memory.number, unit.name.unit));
    SetUsage(usage, unit);
  }
  return absl::OkStatus();
}

absl::StatusOr<StoredView::KnownMemory> StoredView::Know(const MemoryName& name) const {
  const std::lock_guard lock(memories_mutex_);
  const auto known = memories_.find(name.memory);
  if (known != memories_.end()) {
    return known->second;
  }
  SILD_TRY(const NumberedMemory found, storage::GetMemory(rows_, name));
  const auto usage = WalkPrefix(rows_, UsagePrefix(found.number));
  const KnownMemory memory{found.number, usage->Valid()};
  SILD_CHECK_OK(usage->status());
  memories_.emplace(name.memory, memory);
  return memory;
}

absl::StatusOr<Glossary> StoredView::GetGlossary(const GlossaryName& name) const {
  SILD_TRY(NumberedGlossary result, storage::GetGlossary(rows_, name));
  return std::move(result.glossary);
}

absl::StatusOr<Concept> StoredView::GetConcept(const ConceptName& name) const {
  return storage::GetConcept(rows_, name);
}

absl::StatusOr<Exception> StoredView::GetException(const ExceptionName& name) const {
  return storage::GetException(rows_, name);
}

absl::Status StoredView::ForEachUnitWithText(
    const MemoryName& memory, const LanguageTag& language, std::string_view text,
    absl::FunctionRef<bool(TranslationUnit&&)> visit) const {
  return storage::ForEachUnitWithText(rows_, memory, language, text, visit);
}

absl::StatusOr<std::unique_ptr<UnitsByWords>> StoredView::OpenUnitsByWords(
    const MemoryName& memory, const text::LanguageKey& key) const {
  SILD_TRY(const KnownMemory known, Know(memory));
  SILD_TRY(const Counts counts, GetCounts(rows_, known.number));
  return std::make_unique<UnitsByWords>(rows_, memory, known.number, key, counts, known.has_usage);
}

absl::StatusOr<std::optional<TranslationUnit>> StoredView::FindIdentical(
    const TranslationUnit& unit) const {
  return storage::FindIdentical(rows_, unit);
}

absl::StatusOr<std::vector<Change>> StoredView::ListRevisions(const UnitName& name,
                                                              std::optional<Revision> before,
                                                              int limit) const {
  return storage::ListRevisions(rows_, name, before, limit);
}

absl::StatusOr<std::vector<Change>> StoredView::ListRevisions(const ConceptName& name,
                                                              std::optional<Revision> before,
                                                              int limit) const {
  return storage::ListRevisions(rows_, name, before, limit);
}

absl::StatusOr<Counts> StoredView::CountUnits(const MemoryName& memory) const {
  SILD_TRY(const NumberedMemory found, storage::GetMemory(rows_, memory));
  return GetCounts(rows_, found.number);
}

absl::StatusOr<Counts> StoredView::CountConcepts(const GlossaryName& glossary) const {
  SILD_TRY(const NumberedGlossary found, storage::GetGlossary(rows_, glossary));
  return GetCounts(rows_, found.number);
}

absl::StatusOr<std::vector<Memory>> StoredView::ListMemories(std::string_view after,
                                                             int limit) const {
  std::vector<Memory> memories;
  const auto cursor =
      rows_.Walk(Behind(MemoryKey(after), after), EndOfPrefix(TablePrefix(Table::kMemory)));
  for (; cursor->Valid() && static_cast<int>(memories.size()) < limit; cursor->Next()) {
    SILD_TRY(NumberedMemory parsed,
             ParseMemory({std::string(cursor->key().substr(1))}, cursor->value()));
    memories.push_back(std::move(parsed.memory));
  }
  SILD_CHECK_OK(cursor->status());
  return memories;
}

absl::StatusOr<std::vector<Glossary>> StoredView::ListGlossaries(std::string_view after,
                                                                 int limit) const {
  std::vector<Glossary> glossaries;
  const auto cursor =
      rows_.Walk(Behind(GlossaryKey(after), after), EndOfPrefix(TablePrefix(Table::kGlossary)));
  for (; cursor->Valid() && static_cast<int>(glossaries.size()) < limit; cursor->Next()) {
    SILD_TRY(NumberedGlossary parsed,
             ParseGlossary({std::string(cursor->key().substr(1))}, cursor->value()));
    glossaries.push_back(std::move(parsed.glossary));
  }
  SILD_CHECK_OK(cursor->status());
  return glossaries;
}

absl::Status StoredView::ForEachUnit(const MemoryName& memory, std::string_view after,
                                     absl::FunctionRef<bool(TranslationUnit&&)> visit) const {
  SILD_TRY(const NumberedMemory found, storage::GetMemory(rows_, memory));
  const std::string prefix = UnitPrefix(found.number);
  const std::string usage_prefix = UsagePrefix(found.number);
  const auto units = rows_.Sweep(Behind(UnitKey(found.number, after), after), EndOfPrefix(prefix));
  // Both tables are in the order of ids, and few units were used.
  const auto usage = rows_.Walk(UsageKey(found.number, after), EndOfPrefix(usage_prefix));
  for (; units->Valid(); units->Next()) {
    const std::string_view id = units->key().substr(prefix.size());
    SILD_TRY(TranslationUnit unit, ParseUnit({memory.memory, std::string(id)}, units->value()));
    while (usage->Valid() && usage->key().substr(usage_prefix.size()) < id) {
      usage->Next();
    }
    if (usage->Valid() && usage->key().substr(usage_prefix.size()) == id) {
      SILD_TRY(const Usage used, ParseUsage(usage->value()));
      SetUsage(used, unit);
    }
    if (!visit(std::move(unit))) {
      return absl::OkStatus();
    }
  }
  SILD_CHECK_OK(usage->status());
  return units->status();
}

absl::Status StoredView::ForEachConcept(const GlossaryName& glossary, std::string_view after,
                                        absl::FunctionRef<bool(Concept&&)> visit) const {
  SILD_TRY(const NumberedGlossary found, storage::GetGlossary(rows_, glossary));
  const std::string prefix = ConceptPrefix(found.number);
  const auto cursor =
      rows_.Walk(Behind(ConceptKey(found.number, after), after), EndOfPrefix(prefix));
  for (; cursor->Valid(); cursor->Next()) {
    SILD_TRY(Concept parsed,
             ParseConcept({glossary.glossary, std::string(cursor->key().substr(prefix.size()))},
                          cursor->value()));
    if (!visit(std::move(parsed))) {
      return absl::OkStatus();
    }
  }
  return cursor->status();
}

absl::Status StoredView::ForEachException(const GlossaryName& glossary, std::string_view after,
                                          absl::FunctionRef<bool(Exception&&)> visit) const {
  SILD_TRY(const NumberedGlossary found, storage::GetGlossary(rows_, glossary));
  const std::string prefix = ExceptionPrefix(found.number);
  const auto cursor =
      rows_.Walk(Behind(ExceptionKey(found.number, after), after), EndOfPrefix(prefix));
  for (; cursor->Valid(); cursor->Next()) {
    SILD_TRY(Exception parsed,
             ParseException({glossary.glossary, std::string(cursor->key().substr(prefix.size()))},
                            cursor->value()));
    if (!visit(std::move(parsed))) {
      return absl::OkStatus();
    }
  }
  return cursor->status();
}

absl::StatusOr<std::unique_ptr<matching::IndexedTexts>> StoredView::OpenIndex(
    const MemoryName& memory, const text::LanguageKey& key) const {
  SILD_TRY(const NumberedMemory found, storage::GetMemory(rows_, memory));
  auto index = indexes_ == nullptr ? nullptr : indexes_->Find(found.number, key, revision_);
  if (index == nullptr) {
    return nullptr;
  }
  SILD_TRY(const Counts counts, GetCounts(rows_, found.number));
  auto texts =
      std::make_unique<StoredTexts>(rows_, memory, found.number, key, counts, std::move(index));
  indexes_->NoteTextCount(found.number, key, texts->count());
  return texts;
}

absl::StatusOr<View::Changes> StoredView::ReadChanges(Revision from, std::uint32_t from_ordinal,
                                                      std::size_t max_bytes) const {
  if (from < oldest_revision_ || from.epoch() != revision_.epoch()) {
    return absl::OutOfRangeError(
        fmt::format("revision {} is not in the change log, which begins with {} and ends with {}; "
                    "read the whole state again",
                    from.value, oldest_revision_.value, revision_.value));
  }
  return storage::ReadChanges(rows_, from, from_ordinal, revision_, max_bytes);
}

}  // namespace sild::storage
