#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <string>

#include <rocksdb/db.h>

#include "server/storage/keys.h"
#include "server/storage/snapshot_rows.h"
#include "server/storage/view.h"

namespace sild::storage {

class IndexKeeper;

// A view on a snapshot of the database, which must outlive it.
class StoredView final : public View {
 public:
  // Takes a snapshot now. Fails with `DataLoss` if the rows that tell its revisions are damaged.
  // `indexes`, which may be null, must outlive the view.
  static absl::StatusOr<std::shared_ptr<const StoredView>> Take(rocksdb::DB& db,
                                                                IndexKeeper* indexes);

  // `Take` makes the revisions known.
  StoredView(rocksdb::DB& db, IndexKeeper* indexes) : rows_(db), indexes_(indexes) {}

  const Rows& rows() const { return rows_; }

  absl::StatusOr<Memory> GetMemory(const MemoryName& name) const override;
  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override;
  absl::StatusOr<Glossary> GetGlossary(const GlossaryName& name) const override;
  absl::StatusOr<Concept> GetConcept(const ConceptName& name) const override;
  absl::StatusOr<Exception> GetException(const ExceptionName& name) const override;
  absl::Status ForEachUnitWithText(const MemoryName& memory, const LanguageTag& language,
                                   std::string_view text,
                                   absl::FunctionRef<bool(TranslationUnit&&)> visit) const override;
  absl::StatusOr<std::optional<TranslationUnit>> FindIdentical(
      const TranslationUnit& unit) const override;
  absl::StatusOr<std::vector<Change>> ListRevisions(const UnitName& name,
                                                    std::optional<Revision> before,
                                                    int limit) const override;
  absl::StatusOr<std::vector<Change>> ListRevisions(const ConceptName& name,
                                                    std::optional<Revision> before,
                                                    int limit) const override;
  absl::StatusOr<Counts> CountUnits(const MemoryName& memory) const override;
  absl::StatusOr<Counts> CountConcepts(const GlossaryName& glossary) const override;

  Revision revision() const override { return revision_; }
  Revision oldest_revision() const override { return oldest_revision_; }
  absl::StatusOr<std::vector<Memory>> ListMemories(std::string_view after,
                                                   int limit) const override;
  absl::StatusOr<std::vector<Glossary>> ListGlossaries(std::string_view after,
                                                       int limit) const override;
  absl::Status FillUsage(TranslationUnit& unit) const override;
  absl::Status ForEachUnit(const MemoryName& memory, std::string_view after,
                           absl::FunctionRef<bool(TranslationUnit&&)> visit) const override;
  absl::Status ForEachConcept(const GlossaryName& glossary, std::string_view after,
                              absl::FunctionRef<bool(Concept&&)> visit) const override;
  absl::Status ForEachException(const GlossaryName& glossary, std::string_view after,
                                absl::FunctionRef<bool(Exception&&)> visit) const override;
  absl::StatusOr<std::unique_ptr<matching::IndexedTexts>> OpenIndex(
      const MemoryName& memory, const text::LanguageKey& key) const override;
  absl::StatusOr<std::unique_ptr<UnitsByWords>> OpenUnitsByWords(
      const MemoryName& memory, const text::LanguageKey& key) const override;
  absl::StatusOr<Changes> ReadChanges(Revision from, std::uint32_t from_ordinal,
                                      std::size_t max_bytes) const override;

 private:
  // What a look-up, which asks for many units of few memories, asks about them each time.
  struct KnownMemory {
    Number number = 0;
    bool has_usage = false;  // Whether any unit was ever used.
  };
  absl::StatusOr<KnownMemory> Know(const MemoryName& name) const;

  SnapshotRows rows_;
  IndexKeeper* indexes_;
  Revision revision_;
  Revision oldest_revision_;

  mutable std::mutex memories_mutex_;
  mutable std::map<std::string, KnownMemory, std::less<>> memories_;
};

}  // namespace sild::storage
