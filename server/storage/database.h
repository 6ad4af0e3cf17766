#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include <absl/status/statusor.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/options.h>

#include "server/storage/store.h"

namespace sild::storage {

// The version of what this program writes (FORMAT.md), and the oldest program that can read it. On
// disk: raise, never reuse.
inline constexpr std::uint32_t kFormatVersion = 2;
inline constexpr std::uint32_t kOldestReader = 1;
// The oldest program that can read it once it holds an exception, or the time of a use.
inline constexpr std::uint32_t kVersion2Reader = 2;

// The value of `kFormatKey`.
std::string SerializeFormat(std::uint32_t version, std::uint32_t oldest_reader);

// The store's part of the disk: the directory is locked while this lives.
struct Database {
  std::shared_ptr<rocksdb::FileLock> lock;
  std::unique_ptr<rocksdb::DB> db;
  rocksdb::Options options;       // For files that are to become part of the database.
  std::filesystem::path staging;  // Where such files are made. Emptied at open.
};

// Opens the database in `options.directory`, or makes a new one with epoch 1. Fails as
// `Store::Open`.
absl::StatusOr<Database> OpenDatabase(const StoreOptions& options);

}  // namespace sild::storage
