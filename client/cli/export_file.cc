#include "client/cli/export_file.h"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "client/cli/errors.h"

namespace sild::cli {

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path) {
  OutputFile file(path, path + ".part");
  if (!file.stream_.is_open()) {
    return UsageError(
        fmt::format("cannot write {}: {}", path, std::system_category().message(errno)));
  }
  return file;
}

OutputFile::OutputFile(std::string path, std::string part_path)
    : path_(std::move(path)), part_path_(std::move(part_path)) {
  stream_.open(part_path_, std::ios::binary | std::ios::trunc);
}

OutputFile::~OutputFile() {
  if (stream_.is_open()) {
    stream_.close();
    std::error_code ignored;
    std::filesystem::remove(part_path_, ignored);
  }
}

absl::Status OutputFile::Finish() {
  stream_.flush();
  if (!stream_.good()) {
    return absl::DataLossError(fmt::format("cannot write {}; is there room left?", path_));
  }
  stream_.close();
  std::error_code error;
  std::filesystem::rename(part_path_, path_, error);
  if (error) {
    std::error_code ignored;
    std::filesystem::remove(part_path_, ignored);
    return absl::DataLossError(fmt::format("cannot write {}: {}", path_, error.message()));
  }
  return absl::OkStatus();
}

}  // namespace sild::cli
