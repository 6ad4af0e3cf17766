#include "server/storage/sorted_files.h"

#include <algorithm>

#include <fmt/format.h>
#include <rocksdb/sst_file_reader.h>

#include "server/model/try.h"
#include "server/storage/status.h"

namespace sild::storage {
namespace {

constexpr std::uint64_t kMaxFileBytes = 64U << 20;

// The rows of one run, from the first on.
struct Run {
  std::unique_ptr<rocksdb::SstFileReader> reader;
  std::unique_ptr<rocksdb::Iterator> rows;  // Reads from `reader`, so it must go first.
};

absl::StatusOr<Run> OpenRun(const rocksdb::Options& options, const std::string& path) {
  Run run;
  run.reader = std::make_unique<rocksdb::SstFileReader>(options);
  SILD_CHECK_OK(ToStatus(run.reader->Open(path), "reading a bulk load's run"));
  rocksdb::ReadOptions all;
  all.total_order_seek = true;
  run.rows.reset(run.reader->NewIterator(all));
  run.rows->SeekToFirst();
  return run;
}

// Orders a heap so that its front has the smallest key.
bool ComesLater(const Run& a, const Run& b) { return a.rows->key().compare(b.rows->key()) > 0; }

absl::Status MergeRuns(std::vector<Run> runs, FileSeries& series) {
  const auto drop_finished = [&runs]() -> absl::Status {
    if (!runs.back().rows->Valid()) {
      SILD_CHECK_OK(ToStatus(runs.back().rows->status(), "reading a bulk load's run"));
      runs.pop_back();
    } else {
      std::push_heap(runs.begin(), runs.end(), ComesLater);
    }
    return absl::OkStatus();
  };
  std::make_heap(runs.begin(), runs.end(), ComesLater);
  while (!runs.empty()) {
    std::pop_heap(runs.begin(), runs.end(), ComesLater);
    rocksdb::Iterator& rows = *runs.back().rows;
    SILD_CHECK_OK(series.Add(ToView(rows.key()), ToView(rows.value())));
    rows.Next();
    SILD_CHECK_OK(drop_finished());
  }
  return absl::OkStatus();
}

}  // namespace

FileSeries::FileSeries(const rocksdb::Options& options, std::filesystem::path directory,
                       std::string stem)
    : options_(options), directory_(std::move(directory)), stem_(std::move(stem)) {}

absl::Status FileSeries::Add(std::string_view key, std::string_view value) {
  if (writer_ != nullptr && (key.front() != table_ || writer_->FileSize() >= kMaxFileBytes)) {
    SILD_CHECK_OK(CloseFile());
  }
  if (writer_ == nullptr) {
    table_ = key.front();
    paths_.push_back((directory_ / fmt::format("{}-{}.sst", stem_, paths_.size() + 1)).string());
    writer_ = std::make_unique<rocksdb::SstFileWriter>(rocksdb::EnvOptions(), options_);
    SILD_CHECK_OK(ToStatus(writer_->Open(paths_.back()), "writing a bulk load"));
  }
  return ToStatus(writer_->Put(ToSlice(key), ToSlice(value)), "writing a bulk load");
}

absl::StatusOr<std::vector<std::string>> FileSeries::Finish() {
  if (writer_ != nullptr) {
    SILD_CHECK_OK(CloseFile());
  }
  return paths_;
}

absl::Status FileSeries::CloseFile() {
  const rocksdb::Status status = writer_->Finish();
  writer_.reset();
  return ToStatus(status, "writing a bulk load");
}

RowSorter::RowSorter(const rocksdb::Options& options, std::filesystem::path directory,
                     std::size_t memory_bytes)
    : options_(options), directory_(std::move(directory)), memory_bytes_(memory_bytes) {}

absl::Status RowSorter::Add(std::string key, std::string value) {
  size_bytes_ += key.size() + value.size() + sizeof(rows_.front());
  rows_.emplace_back(std::move(key), std::move(value));
  return size_bytes_ < memory_bytes_ ? absl::OkStatus() : WriteRun();
}

absl::Status RowSorter::Finish(FileSeries& series) {
  if (runs_.empty()) {
    std::sort(rows_.begin(), rows_.end());
    for (const auto& [key, value] : rows_) {
      SILD_CHECK_OK(series.Add(key, value));
    }
    return absl::OkStatus();
  }
  if (!rows_.empty()) {
    SILD_CHECK_OK(WriteRun());
  }
  std::vector<Run> runs;
  for (const std::string& path : runs_) {
    SILD_TRY(Run run, OpenRun(options_, path));
    runs.push_back(std::move(run));
  }
  return MergeRuns(std::move(runs), series);
}

absl::Status RowSorter::WriteRun() {
  std::sort(rows_.begin(), rows_.end());
  const std::string path = (directory_ / fmt::format("run-{}.sst", runs_.size() + 1)).string();
  rocksdb::SstFileWriter writer(rocksdb::EnvOptions(), options_);
  rocksdb::Status status = writer.Open(path);
  for (const auto& [key, value] : rows_) {
    if (status.ok()) {
      status = writer.Put(key, value);
    }
  }
  if (status.ok()) {
    status = writer.Finish();
  }
  SILD_CHECK_OK(ToStatus(status, "writing a bulk load's run"));
  runs_.push_back(path);
  rows_.clear();
  size_bytes_ = 0;
  return absl::OkStatus();
}

}  // namespace sild::storage
