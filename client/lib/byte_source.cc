#include "include/sild/byte_source.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <system_error>

#include <absl/strings/str_cat.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

namespace sild::client {
namespace {

class StreamSource : public ByteSource {
 public:
  explicit StreamSource(std::istream& stream) : stream_(stream), start_(stream.tellg()) {
    stream_.clear(stream_.rdstate() & ~std::ios::failbit);  // Set by `tellg` of a pipe.
  }

  absl::StatusOr<std::size_t> Read(std::span<char> buffer) override {
    stream_.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    if (stream_.bad()) {
      return absl::UnknownError("the input cannot be read");
    }
    position_ += stream_.gcount();
    return static_cast<std::size_t>(stream_.gcount());
  }

  absl::Status Rewind() override {
    stream_.clear();
    if (start_ == std::istream::pos_type(-1) || !stream_.seekg(start_)) {
      return absl::FailedPreconditionError("the input cannot be read again");
    }
    position_ = 0;
    return absl::OkStatus();
  }

  std::int64_t position_bytes() const override { return position_.load(); }

 private:
  std::istream& stream_;
  const std::istream::pos_type start_;
  std::atomic<std::int64_t> position_ = 0;
};

// A file that zlib reads: as it is, or unpacked if it begins as gzip does.
class FileSource : public ByteSource {
 public:
  // Takes `file`, which must not be null.
  explicit FileSource(gzFile file) : file_(file) {}
  FileSource(const FileSource&) = delete;
  FileSource& operator=(const FileSource&) = delete;
  FileSource(FileSource&&) = delete;
  FileSource& operator=(FileSource&&) = delete;
  ~FileSource() override { gzclose_r(file_); }

  absl::StatusOr<std::size_t> Read(std::span<char> buffer) override {
    const auto wanted = static_cast<unsigned>(std::min<std::size_t>(buffer.size(), INT_MAX));
    const int size = gzread(file_, buffer.data(), wanted);
    position_ = gzoffset(file_);
    int code = Z_OK;
    gzerror(file_, &code);
    if (code == Z_ERRNO) {
      return absl::UnknownError(
          absl::StrCat("the file cannot be read: ", std::system_category().message(errno)));
    }
    if (size < 0 || code == Z_BUF_ERROR) {  // The latter: the file ends too early.
      return absl::DataLossError("the gzip file is damaged or cut short");
    }
    return static_cast<std::size_t>(size);
  }

  absl::Status Rewind() override {
    if (gzrewind(file_) != 0) {
      return absl::FailedPreconditionError("the input cannot be read again");
    }
    position_ = 0;
    return absl::OkStatus();
  }

  std::int64_t position_bytes() const override { return position_.load(); }

 private:
  const gzFile file_;
  std::atomic<std::int64_t> position_ = 0;
};

}  // namespace

std::unique_ptr<ByteSource> SourceOf(std::istream& stream) {
  return std::make_unique<StreamSource>(stream);
}

absl::StatusOr<std::unique_ptr<ByteSource>> OpenSource(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    return absl::ErrnoToStatus(errno, absl::StrCat("cannot open ", path));
  }
  return OpenSource(descriptor, path);
}

absl::StatusOr<std::unique_ptr<ByteSource>> OpenSource(int file_descriptor,
                                                       const std::string& name) {
  struct stat facts {};
  if (fstat(file_descriptor, &facts) == 0 && S_ISDIR(facts.st_mode)) {
    close(file_descriptor);
    return absl::InvalidArgumentError(absl::StrCat(name, " is a directory"));
  }
  const gzFile file = gzdopen(file_descriptor, "rb");
  if (file == nullptr) {
    close(file_descriptor);
    return absl::ResourceExhaustedError(absl::StrCat("cannot open ", name));
  }
  gzbuffer(file, 128 * 1024);
  return std::make_unique<FileSource>(file);
}

}  // namespace sild::client
