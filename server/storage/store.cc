#include "server/storage/store.h"

#include <atomic>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/storage/committer.h"
#include "server/storage/database.h"
#include "server/storage/embedded_log.h"
#include "server/storage/housekeeper.h"
#include "server/storage/index_keeper.h"
#include "server/storage/probe.h"
#include "server/storage/publisher.h"
#include "server/storage/state.h"
#include "server/storage/stored_bulk_load.h"

namespace sild::storage {
namespace {

class RocksStore final : public Store {
 public:
  RocksStore(Database database, std::unique_ptr<IndexKeeper> indexes,
             std::shared_ptr<const StoredView> view, const StoreOptions& options)
      : options_(options),
        database_(std::move(database)),
        log_(*database_.db),
        indexes_(std::move(indexes)),
        publisher_(std::move(view)),
        housekeeper_(*database_.db),
        committer_(*database_.db, log_, publisher_, *indexes_, options,
                   [this](const Overlay& rows, rocksdb::SequenceNumber sequence) {
                     housekeeper_.Notice(rows, sequence);
                   }) {}

  std::shared_ptr<const View> CurrentView() const override { return publisher_.view(); }

  absl::StatusOr<WriteResult> Write(const WriteOptions& options,
                                    std::function<absl::Status(Transaction&)> plan) override {
    return committer_.Write(options, std::move(plan));
  }

  absl::StatusOr<std::unique_ptr<BulkLoad>> BeginBulkLoad(const WriteOptions& options,
                                                          const MemoryName& memory) override {
    return StoredBulkLoad::Begin(database_, log_, committer_, publisher_, options_, options, memory,
                                 ++load_count_);
  }

  std::uint64_t AddListener(std::function<void()> listener) override {
    return publisher_.AddListener(std::move(listener));
  }
  void RemoveListener(std::uint64_t number) override { publisher_.RemoveListener(number); }

  absl::StatusOr<StoreStats> Stats() const override;
  void WaitForHousekeeping() override { housekeeper_.WaitUntilDone(); }
  void WaitForIndexes() override { indexes_->WaitUntilIdle(); }

 private:
  // In the order in which they need one another: the last is the first to go.
  const StoreOptions options_;
  std::atomic<std::uint64_t> load_count_ = 0;
  Database database_;
  EmbeddedLog log_;
  std::unique_ptr<IndexKeeper> indexes_;
  Publisher publisher_;
  Housekeeper housekeeper_;
  Committer committer_;
};

absl::StatusOr<StoreStats> RocksStore::Stats() const {
  StoreStats stats;
  const auto view = publisher_.view();
  const Rows& rows = view->rows();
  const auto memories = WalkPrefix(rows, TablePrefix(Table::kMemory));
  for (; memories->Valid(); memories->Next()) {
    SILD_TRY(const NumberedMemory memory, ParseMemory({}, memories->value()));
    SILD_TRY(const Counts counts, GetCounts(rows, memory.number));
    ++stats.memory_count;
    stats.unit_count += counts.total;
  }
  SILD_CHECK_OK(memories->status());
  const auto glossaries = WalkPrefix(rows, TablePrefix(Table::kGlossary));
  for (; glossaries->Valid(); glossaries->Next()) {
    SILD_TRY(const NumberedGlossary glossary, ParseGlossary({}, glossaries->value()));
    SILD_TRY(const Counts counts, GetCounts(rows, glossary.number));
    ++stats.glossary_count;
    stats.concept_count += counts.total;
  }
  SILD_CHECK_OK(glossaries->status());
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator it(options_.directory, error), end;
       !error && it != end; it.increment(error)) {
    std::error_code gone;  // Files come and go while the server runs.
    const auto size = it->is_regular_file(gone) ? it->file_size(gone) : 0;
    stats.disk_bytes += gone ? 0 : static_cast<std::int64_t>(size);
  }
  return stats;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Store>> Store::Open(const StoreOptions& options) {
  SILD_TRY(Database database, OpenDatabase(options));
  auto indexes = std::make_unique<IndexKeeper>(*database.db, options);
  SILD_TRY(auto view, StoredView::Take(*database.db, indexes.get()));
  SILD_CHECK_OK(ProbeContinuity(view->rows()));
  return std::make_unique<RocksStore>(std::move(database), std::move(indexes), std::move(view),
                                      options);
}

}  // namespace sild::storage
