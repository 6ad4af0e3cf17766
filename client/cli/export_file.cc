#include "client/cli/export_file.h"

#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "client/cli/errors.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

namespace fs = std::filesystem;

constexpr int kMaxLinks = 40;   // As the kernel's MAXSYMLINKS.
constexpr int kMaxParts = 100;  // Exports to one file at a time, with those that were cut off.

absl::Status CannotWrite(const std::string& path, const std::error_code& error) {
  return UsageError(fmt::format("cannot write {}: {}", path, error.message()));
}

std::error_code LastError() { return {errno, std::system_category()}; }

// The file that `path` leads to over links, which need not be there.
fs::path FollowLinks(fs::path path) {
  std::error_code error;
  for (int links = 0; links < kMaxLinks && fs::is_symlink(path, error); ++links) {
    path = path.parent_path() / fs::read_symlink(path, error);
  }
  return path;
}

// Makes a new empty file beside `target` and returns its name. Never opens one that is there: it
// may belong to somebody else.
absl::StatusOr<std::string> MakePart(const std::string& path, const std::string& target) {
  for (int number = 1; number <= kMaxParts; ++number) {
    std::string part = target + ".part" + (number == 1 ? "" : std::to_string(number));
    constexpr int kMode = 0666;  // Less what the user's umask takes away.
    const int descriptor = open(part.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kMode);
    if (descriptor >= 0) {
      close(descriptor);
      return part;
    }
    if (errno != EEXIST) {
      return CannotWrite(path, LastError());
    }
  }
  return UsageError(fmt::format("cannot write {}: remove its .part files first", path));
}

}  // namespace

bool IsStandardOutput(std::string_view path) {
  return path.empty() || path == "-" || path == "/dev/stdout";
}

absl::StatusOr<OutputFile> OutputFile::Create(const std::string& path) {
  std::error_code error;
  const fs::file_status there = fs::status(path, error);
  std::string target;
  std::string part_path = path;
  if (!fs::exists(there) || fs::is_regular_file(there)) {
    target = FollowLinks(path);
    SILD_TRY(part_path, MakePart(path, target));
  }
  OutputFile file(path, std::move(target), std::move(part_path));
  if (!file.stream_.is_open()) {
    return CannotWrite(path, LastError());
  }
  if (fs::is_regular_file(there)) {
    fs::permissions(file.part_path_, there.permissions(), error);
  }
  return file;
}

OutputFile::OutputFile(std::string path, std::string target, std::string part_path)
    : path_(std::move(path)), target_(std::move(target)), part_path_(std::move(part_path)) {
  stream_.open(part_path_, std::ios::binary | std::ios::trunc);
}

OutputFile::~OutputFile() {
  if (stream_.is_open() && !target_.empty()) {
    stream_.close();
    std::error_code ignored;
    fs::remove(part_path_, ignored);
  }
}

absl::Status OutputFile::Finish() {
  stream_.flush();
  if (!stream_.good()) {
    return absl::DataLossError(fmt::format("cannot write {}; is there room left?", path_));
  }
  stream_.close();
  if (target_.empty()) {
    return absl::OkStatus();
  }
  std::error_code error;
  fs::rename(part_path_, target_, error);
  if (error) {
    std::error_code ignored;
    fs::remove(part_path_, ignored);
    return absl::DataLossError(fmt::format("cannot write {}: {}", path_, error.message()));
  }
  return absl::OkStatus();
}

}  // namespace sild::cli
