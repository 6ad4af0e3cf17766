#pragma once

#include <string_view>

#include <absl/status/status.h>
#include <rocksdb/slice.h>
#include <rocksdb/status.h>

namespace sild::storage {

// Returns `status` as ours: `DataLoss` for damage, `Unavailable` for a disk that refuses,
// `Internal` for what cannot be. `what` says what was being done, such as "reading". RocksDB's own
// message may hold paths, so it goes to the log and not into the result.
absl::Status ToStatus(const rocksdb::Status& status, std::string_view what);

inline rocksdb::Slice ToSlice(std::string_view bytes) { return {bytes.data(), bytes.size()}; }
inline std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

}  // namespace sild::storage
