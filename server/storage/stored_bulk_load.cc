#include "server/storage/stored_bulk_load.h"

#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <rocksdb/write_batch.h>
#include <xxhash.h>

#include "server/model/try.h"
#include "server/storage/database.h"
#include "server/storage/planned_write.h"
#include "server/storage/state.h"
#include "server/storage/status.h"
#include "server/storage/usage.h"

namespace sild::storage {
namespace {

absl::uint128 IdHash(std::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  return absl::MakeUint128(hash.high64, hash.low64);
}

absl::Status WasWritten() {
  return absl::AbortedError(
      "the memory was written to while it was loaded; write the units in parts");
}

}  // namespace

StoredBulkLoad::StoredBulkLoad(Database& database, Committer& committer,
                               const StoreOptions& store_options, const WriteOptions& options,
                               const MemoryName& memory, std::uint64_t number)
    : database_(database),
      committer_(committer),
      options_(options),
      memory_(memory),
      directory_(database.staging / std::to_string(number)),
      changes_(database.options, directory_, "changes"),
      tables_(database.options, directory_, "tables"),
      sorter_(database.options, directory_, store_options.write_buffer_bytes) {}

StoredBulkLoad::~StoredBulkLoad() {
  std::error_code ignored;  // What stays is removed when the store is opened.
  std::filesystem::remove_all(directory_, ignored);
}

absl::StatusOr<std::unique_ptr<StoredBulkLoad>> StoredBulkLoad::Begin(
    Database& database, EventLog& log, Committer& committer, const Publisher& publisher,
    const StoreOptions& store_options, const WriteOptions& options, const MemoryName& memory,
    std::uint64_t number) {
  std::unique_ptr<StoredBulkLoad> load(
      new StoredBulkLoad(database, committer, store_options, options, memory, number));
  SILD_TRY(load->known_,
           committer.requests().Find(publisher.view()->rows(), options, committer.Now()));
  if (load->known_.has_value()) {
    return load;
  }
  std::error_code error;
  std::filesystem::create_directories(load->directory_, error);
  if (error) {
    return absl::UnavailableError("the disk refuses a folder for the bulk load");
  }
  SILD_CHECK_OK(load->Start(log));
  load->view_ = publisher.view();
  return load;
}

absl::Status StoredBulkLoad::Start(EventLog& log) {
  const auto commit = [&](const StoredView& newest, Revision next) -> absl::StatusOr<WriteResult> {
    SILD_TRY(const NumberedMemory found, GetMemory(newest.rows(), memory_));
    SILD_TRY(const Counts counts, GetCounts(newest.rows(), found.number));
    number_ = found.number;
    was_empty_ = counts.total == 0;
    EventHeader header;
    header.actor = options_.actor;
    header.time = committer_.Now();
    const std::string row = SerializeHeader(header);
    rocksdb::WriteBatch batch;
    SILD_CHECK_OK(ToStatus(batch.Put(EventKey(next, 0), row), "writing"));
    SILD_CHECK_OK(ToStatus(
        batch.Put(PositionKey(next.epoch()), EncodeNumber(static_cast<std::uint64_t>(next.value))),
        "writing"));
    const Event event{next, row, {}};
    if (!log.Append(newest.revision(), {&event, 1}, batch).ok()) {
      return absl::UnavailableError("the disk refused a write; restart the server");
    }
    return WriteResult{next, {}, false};
  };
  SILD_TRY(const WriteResult started, committer_.RunAlone(commit));
  start_ = started.revision;
  return absl::OkStatus();
}

absl::Status StoredBulkLoad::Add(TranslationUnit unit) {
  if (known_.has_value()) {
    return absl::OkStatus();
  }
  if (unit.name.parent() != memory_) {
    return absl::InvalidArgumentError(
        fmt::format("{} is not in {}", unit.name.str(), memory_.str()));
  }
  if (!was_empty_) {
    SILD_TRY(const auto stored, view_->rows().Get(UnitKey(number_, unit.name.unit)));
    if (stored.has_value()) {
      return absl::AlreadyExistsError(fmt::format("{} exists already", unit.name.str()));
    }
  }
  unit.revision = start_;
  std::string row = SerializeUnit(unit);
  SILD_CHECK_OK(CheckResourceSize(unit.name.str(), row));
  if (!ids_.insert(IdHash(unit.name.unit)).second) {
    return absl::OkStatus();
  }
  const std::string& id = unit.name.unit;
  ++count_;
  SILD_CHECK_OK(changes_.Add(EventKey(start_, count_),
                             SerializeLoggedChange({ChangeType::kCreated, Kind::kUnit,
                                                    memory_.memory, id, number_, row})));
  SILD_CHECK_OK(sorter_.Add(HistoryKey(Kind::kUnit, number_, id, start_, count_), ""));
  for (std::string& key : TextKeys(number_, unit)) {
    SILD_CHECK_OK(sorter_.Add(std::move(key), ""));
  }
  SILD_CHECK_OK(sorter_.Add(UnitKey(number_, id), std::move(row)));
  if (UsageOf(unit) != Usage{}) {
    SILD_CHECK_OK(sorter_.Add(UsageKey(number_, id), SerializeUsage(UsageOf(unit))));
    has_use_times_ = has_use_times_ || unit.last_use_time.has_value();
  }
  AddToCounts(unit, 1, counts_);
  return absl::OkStatus();
}

absl::StatusOr<WriteResult> StoredBulkLoad::Finish() {
  if (known_.has_value()) {
    return *known_;
  }
  if (count_ == 0) {
    return WriteResult{view_->revision(), {}, false};
  }
  SILD_TRY(paths_, changes_.Finish());
  SILD_CHECK_OK(sorter_.Finish(tables_));
  SILD_TRY(const std::vector<std::string> tables, tables_.Finish());
  paths_.insert(paths_.end(), tables.begin(), tables.end());
  view_.reset();
  return committer_.RunAlone(
      [this](const StoredView& newest, Revision next) { return Ingest(newest, next); });
}

absl::StatusOr<WriteResult> StoredBulkLoad::Ingest(const StoredView& newest, Revision next) {
  SILD_TRY(auto known, committer_.requests().Find(newest.rows(), options_, committer_.Now()));
  if (known.has_value()) {
    return *std::move(known);
  }
  const auto memory = GetMemory(newest.rows(), memory_);
  if (absl::IsNotFound(memory.status()) || (memory.ok() && memory->number != number_)) {
    return WasWritten();
  }
  SILD_CHECK_OK(memory.status());
  SILD_TRY(Counts counts, GetCounts(newest.rows(), number_));
  if (counts.last_write > start_) {
    return WasWritten();
  }
  counts.last_write = next;
  counts.total += counts_.total;
  for (const auto& [language, count] : counts_.by_language) {
    counts.by_language[language] += count;
  }
  FileSeries finish(database_.options, directory_, "finish");
  SILD_CHECK_OK(WriteFinishRows(counts, next, finish));
  SILD_TRY(const std::vector<std::string> paths, finish.Finish());
  paths_.insert(paths_.end(), paths.begin(), paths.end());
  rocksdb::IngestExternalFileOptions options;
  options.move_files = true;
  options.write_global_seqno = false;  // Else RocksDB would alter the files, which are synced.
  SILD_CHECK_OK(ToStatus(database_.db->IngestExternalFile(paths_, options), "loading units"));
  committer_.indexes().Forget(number_);
  return WriteResult{next, {}, false};
}

// The rows that make the load an event, in the order of their keys.
absl::Status StoredBulkLoad::WriteFinishRows(const Counts& counts, Revision next,
                                             FileSeries& series) const {
  EventHeader header;
  header.request_id = options_.request_id;
  header.actor = options_.actor;
  header.time = committer_.Now();
  header.change_count = count_;
  header.changes_revision = start_;
  if (has_use_times_) {
    SILD_CHECK_OK(
        series.Add(std::string(kFormatKey), SerializeFormat(kFormatVersion, kVersion2Reader)));
  }
  SILD_CHECK_OK(
      series.Add(PositionKey(next.epoch()), EncodeNumber(static_cast<std::uint64_t>(next.value))));
  SILD_CHECK_OK(series.Add(EventKey(next, 0), SerializeHeader(header)));
  if (!options_.request_id.empty()) {
    SILD_CHECK_OK(series.Add(RequestKey(options_.request_id),
                             SerializeRequest({next, options_.fingerprint, header.time})));
  }
  return series.Add(CountsKey(number_), SerializeCounts(counts));
}

}  // namespace sild::storage
