#include "server/storage/rocks_log.h"

#include <array>
#include <cstdio>
#include <string_view>

#include <spdlog/spdlog.h>

namespace sild::storage {
namespace {

constexpr std::size_t kMaxLine = 1'000;  // Longer lines are tables of statistics; they are cut.

}  // namespace

void RocksLog::Logv(rocksdb::InfoLogLevel level, const char* format, va_list arguments) {
  const auto ours =
      level >= rocksdb::InfoLogLevel::WARN_LEVEL && level < rocksdb::InfoLogLevel::HEADER_LEVEL
          ? spdlog::level::warn
          : spdlog::level::debug;
  if (!spdlog::should_log(ours)) {
    return;
  }
  std::array<char, kMaxLine> line{};
  std::vsnprintf(line.data(), line.size(), format, arguments);
  spdlog::log(ours, "event=rocksdb message=\"{}\"", std::string_view(line.data()));
}

void RocksLog::Logv(const char* format, va_list arguments) {
  Logv(rocksdb::InfoLogLevel::INFO_LEVEL, format, arguments);
}

}  // namespace sild::storage
