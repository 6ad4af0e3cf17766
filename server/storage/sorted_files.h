#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <rocksdb/options.h>
#include <rocksdb/sst_file_writer.h>

namespace sild::storage {

// A series of table files whose keys ascend from file to file, each of one `Table` and at most
// about 64 MiB, as `rocksdb::DB::IngestExternalFile` likes them: no two overlap.
class FileSeries {
 public:
  // Files are named `directory`/`stem`-1.sst and so on. `options` must outlive this.
  FileSeries(const rocksdb::Options& options, std::filesystem::path directory, std::string stem);

  // Adds a row; keys must come in ascending order, each once. `Unavailable` if the disk refuses.
  absl::Status Add(std::string_view key, std::string_view value);

  // Closes and syncs the last file and returns the paths of all.
  absl::StatusOr<std::vector<std::string>> Finish();

 private:
  absl::Status CloseFile();

  const rocksdb::Options& options_;
  const std::filesystem::path directory_;
  const std::string stem_;
  std::unique_ptr<rocksdb::SstFileWriter> writer_;
  char table_ = 0;  // Of the open file.
  std::vector<std::string> paths_;
};

// Sorts rows by key in bounded memory: what exceeds it goes to sorted run files, which are merged
// in the end.
class RowSorter {
 public:
  // Holds about `memory_bytes` of rows. `options` must outlive this.
  RowSorter(const rocksdb::Options& options, std::filesystem::path directory,
            std::size_t memory_bytes);

  // Adds a row, in any order; no key twice.
  absl::Status Add(std::string key, std::string value);

  // Adds all rows to `series` in order. To be called once.
  absl::Status Finish(FileSeries& series);

 private:
  absl::Status WriteRun();

  const rocksdb::Options& options_;
  const std::filesystem::path directory_;
  const std::size_t memory_bytes_;
  std::vector<std::pair<std::string, std::string>> rows_;
  std::size_t size_bytes_ = 0;
  std::vector<std::string> runs_;
};

}  // namespace sild::storage
