#include "server/storage/embedded_log.h"

#include <rocksdb/options.h>

#include "server/storage/status.h"

namespace sild::storage {

absl::Status EmbeddedLog::Append(Revision /*expected_head*/, std::span<const Event> /*events*/,
                                 rocksdb::WriteBatch& state) {
  rocksdb::WriteOptions options;
  options.sync = true;
  options.protection_bytes_per_key = 8;
  return ToStatus(db_.Write(options, &state), "writing");
}

}  // namespace sild::storage
