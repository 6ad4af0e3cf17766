#pragma once

#include <cstdarg>

#include <rocksdb/env.h>

namespace sild::storage {

// Gives what RocksDB has to say to the server's log: its warnings and errors as warnings, the rest
// at level debug. RocksDB's own log file lies on the disk that it complains about: where that is
// full, Debian's build, whose assertions are on, would end the process.
class RocksLog : public rocksdb::Logger {
 public:
  RocksLog() : rocksdb::Logger(rocksdb::InfoLogLevel::INFO_LEVEL) {}

  using rocksdb::Logger::Logv;
  void Logv(rocksdb::InfoLogLevel level, const char* format, va_list arguments) override;
  void Logv(const char* format, va_list arguments) override;
};

}  // namespace sild::storage
