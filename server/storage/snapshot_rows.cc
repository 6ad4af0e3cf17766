#include "server/storage/snapshot_rows.h"

#include <utility>

#include <rocksdb/iterator.h>
#include <rocksdb/options.h>

#include "server/storage/keys.h"
#include "server/storage/status.h"

namespace sild::storage {
namespace {

// Whether all keys in `[begin, end)` are text keys of one group.
bool IsInOneGroup(std::string_view begin, std::string_view end) {
  const std::size_t size = TextGroupBytes(begin);
  return size > 0 && end <= EndOfPrefix(begin.substr(0, size));
}

class SnapshotCursor final : public Cursor {
 public:
  SnapshotCursor(rocksdb::DB& db, rocksdb::ReadOptions options, std::string_view begin,
                 std::string_view end)
      : begin_(begin), end_(end), end_slice_(end_) {
    options.iterate_upper_bound = &end_slice_;
    iterator_.reset(db.NewIterator(options));
    iterator_->Seek(begin_);
  }

  bool Valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return ToView(iterator_->key()); }
  std::string_view value() const override { return ToView(iterator_->value()); }
  void Next() override { iterator_->Next(); }
  void Seek(std::string_view key) override {
    iterator_->Seek(ToSlice(key < begin_ ? std::string_view(begin_) : key));
  }
  absl::Status status() const override { return ToStatus(iterator_->status(), "reading"); }

 private:
  std::string begin_;
  std::string end_;
  rocksdb::Slice end_slice_;
  std::unique_ptr<rocksdb::Iterator> iterator_;  // Looks at `end_slice_`, so it must go first.
};

}  // namespace

absl::StatusOr<std::optional<std::string>> SnapshotRows::Get(std::string_view key) const {
  std::string value;
  const rocksdb::Status status = db_.Get(Options(), ToSlice(key), &value);
  if (status.IsNotFound()) {
    return std::nullopt;
  }
  if (!status.ok()) {
    return ToStatus(status, "reading");
  }
  return value;
}

std::unique_ptr<Cursor> SnapshotRows::Walk(std::string_view begin, std::string_view end) const {
  rocksdb::ReadOptions options = Options();
  options.total_order_seek = !IsInOneGroup(begin, end);
  return std::make_unique<SnapshotCursor>(db_, options, begin, end);
}

std::unique_ptr<Cursor> SnapshotRows::WalkTextGroups(std::string_view begin,
                                                     std::string_view end) const {
  return std::make_unique<SnapshotCursor>(db_, Options(), begin, end);
}

std::unique_ptr<Cursor> SnapshotRows::Sweep(std::string_view begin, std::string_view end) const {
  rocksdb::ReadOptions options = Options();
  options.total_order_seek = true;
  options.fill_cache = false;
  return std::make_unique<SnapshotCursor>(db_, options, begin, end);
}

rocksdb::ReadOptions SnapshotRows::Options() const {
  rocksdb::ReadOptions options;
  options.snapshot = snapshot_.snapshot();
  return options;
}

}  // namespace sild::storage
