#include "server/storage/database.h"

#include <algorithm>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include <fmt/format.h>
#include <rocksdb/cache.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>
#include <sys/resource.h>

#include "server/model/try.h"
#include "server/storage/keys.h"
#include "server/storage/record_fields.h"
#include "server/storage/rocks_log.h"
#include "server/storage/snapshot_rows.h"
#include "server/storage/state.h"
#include "server/storage/status.h"
#include "sild/storage/v1/records.pb.h"

namespace sild::storage {
namespace {

constexpr std::int64_t kFirstEpoch = 1;

// The block cache is 16 parts that lock and throw out on their own.
constexpr int kCacheShardBits = 4;

// How many files RocksDB may hold open: half of what the process may, so that there is always room
// for connections.
int MaxOpenFiles() {
  constexpr rlim_t kMost = 16'384;
  rlimit limit{};
  const bool is_known = getrlimit(RLIMIT_NOFILE, &limit) == 0;
  return static_cast<int>(std::clamp<rlim_t>(is_known ? limit.rlim_cur / 2 : 0, 32, kMost));
}

// Lets filters tell that there is no text key of a group, as of most texts that are looked for when
// they are written.
class TextGroups final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "sild.text_groups"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override {
    return {key.data(), TextGroupBytes(ToView(key))};
  }
  bool InDomain(const rocksdb::Slice& key) const override {
    return TextGroupBytes(ToView(key)) > 0;
  }
};

rocksdb::Options DatabaseOptions(const StoreOptions& ours) {
  rocksdb::Options options;
  options.create_if_missing = ours.create_if_missing;
  // A torn end of the log is what a crash leaves of a write that nobody was told of; damage in the
  // middle would lose acknowledged writes and must be refused (FORMAT.md).
  options.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  options.paranoid_checks = true;
  options.avoid_unnecessary_blocking_io = true;  // The last reader of a snapshot deletes no files.
  options.write_buffer_size = ours.write_buffer_bytes;
  options.max_background_jobs =
      std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 2, 8);
  options.max_open_files = MaxOpenFiles();
  options.level_compaction_dynamic_level_bytes = true;
  // Look-ups read a few units here and there: what counts is how fast a small block is unpacked.
  options.compression = rocksdb::kLZ4Compression;
  options.prefix_extractor = std::make_shared<TextGroups>();
  // Units that are asked for again and again lie far apart: as rows many more of them find room.
  // No range may ever be deleted (`DeleteRange`): this cache would not know.
  options.row_cache = rocksdb::NewLRUCache(ours.block_cache_bytes / 4, kCacheShardBits);
  options.info_log = std::make_shared<RocksLog>();
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(ours.block_cache_bytes / 4 * 3, kCacheShardBits);
  table.checksum = rocksdb::kXXH3;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.block_size = 4U << 10;
  table.format_version = 5;
  // In parts, for the cache throws out what is large: a whole filter, of a megabyte, would be read
  // from the file again for most rows.
  table.index_type = rocksdb::BlockBasedTableOptions::kTwoLevelIndexSearch;
  table.partition_filters = true;
  table.cache_index_and_filter_blocks = true;
  table.pin_l0_filter_and_index_blocks_in_cache = true;
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  return options;
}

absl::StatusOr<std::shared_ptr<rocksdb::FileLock>> Lock(const std::filesystem::path& directory) {
  rocksdb::Env* env = rocksdb::Env::Default();
  rocksdb::FileLock* lock = nullptr;
  if (!env->LockFile((directory / "LOCK").string(), &lock).ok()) {
    return absl::FailedPreconditionError(
        "another process holds the data directory, or it cannot be written; stop the other server "
        "or choose another directory");
  }
  return std::shared_ptr<rocksdb::FileLock>(lock, [env](auto* held) { env->UnlockFile(held); });
}

// A database without its `CURRENT` file would be taken for none and overwritten.
absl::Status CheckIsWholeOrAbsent(const std::filesystem::path& directory, bool create_if_missing) {
  std::error_code error;
  if (std::filesystem::exists(directory / "CURRENT", error)) {
    return absl::OkStatus();
  }
  for (const auto& entry : std::filesystem::directory_iterator(directory, error)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with("MANIFEST") || name.ends_with(".sst") || name.ends_with(".log")) {
      return absl::DataLossError(
          "the database lacks its CURRENT file, so it was copied in part or damaged; restore a "
          "backup");
    }
  }
  return create_if_missing ? absl::OkStatus()
                           : absl::FailedPreconditionError(
                                 "there is no database in the data directory; name another one");
}

// Writes the first rows of a new database.
absl::Status WriteFirstRows(rocksdb::DB& db) {
  const std::uint64_t zero = static_cast<std::uint64_t>(kFirstEpoch) << 40;
  rocksdb::WriteBatch batch;
  for (const auto& [key, value] :
       {std::pair(std::string(kFormatKey), SerializeFormat(kFormatVersion, kOldestReader)),
        std::pair(std::string(kNextNumberKey), EncodeNumber(1)),
        std::pair(std::string(kOldestKey), EncodeNumber(zero + 1)),
        std::pair(PositionKey(kFirstEpoch), EncodeNumber(zero))}) {
    SILD_CHECK_OK(ToStatus(batch.Put(key, value), "creating the database"));
  }
  rocksdb::WriteOptions options;
  options.sync = true;
  return ToStatus(db.Write(options, &batch), "creating the database");
}

absl::Status CheckFormat(rocksdb::DB& db) {
  const SnapshotRows rows(db);
  SILD_TRY(const auto row, rows.Get(kFormatKey));
  if (!row.has_value()) {
    const auto cursor = rows.Walk(std::string(1, '\0'), "\xff");
    if (cursor->Valid()) {
      return absl::DataLossError(
          "the data directory holds a database without format row; restore a backup");
    }
    SILD_CHECK_OK(cursor->status());
    return WriteFirstRows(db);
  }
  v1::FormatRecord format;
  SILD_CHECK_OK(ParseRecord(*row, "format", format));
  if (format.oldest_reader() > kFormatVersion) {
    return absl::FailedPreconditionError(fmt::format(
        "the data directory has format {}, which needs a newer version; this one knows format {}",
        format.version(), kFormatVersion));
  }
  return absl::OkStatus();
}

}  // namespace

std::string SerializeFormat(std::uint32_t version, std::uint32_t oldest_reader) {
  v1::FormatRecord format;
  format.set_version(version);
  format.set_oldest_reader(oldest_reader);
  return format.SerializeAsString();
}

absl::StatusOr<Database> OpenDatabase(const StoreOptions& options) {
  const std::filesystem::path directory = options.directory / "db";
  Database database;
  database.staging = options.directory / "staging";
  std::error_code error;
  if (options.create_if_missing) {
    std::filesystem::create_directories(directory, error);
  }
  if (error || !std::filesystem::is_directory(directory, error)) {
    return absl::FailedPreconditionError("the data directory does not exist or cannot be made");
  }
  SILD_TRY(database.lock, Lock(options.directory));
  SILD_CHECK_OK(CheckIsWholeOrAbsent(directory, options.create_if_missing));
  std::filesystem::remove_all(database.staging, error);
  database.options = DatabaseOptions(options);
  rocksdb::DB* db = nullptr;
  const rocksdb::Status status = rocksdb::DB::Open(database.options, directory.string(), &db);
  database.db.reset(db);
  SILD_CHECK_OK(ToStatus(status, "opening the database"));
  SILD_CHECK_OK(CheckFormat(*db));
  return database;
}

}  // namespace sild::storage
