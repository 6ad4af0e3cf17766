#pragma once

#include <cstddef>
#include <cstdint>
#include <istream>
#include <memory>
#include <span>
#include <string>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace sild::client {

// A file to send, that can be sent again from its start. Read on one thread at a time; only
// `position_bytes` may be called from another.
class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills the beginning of `buffer` and returns how many bytes, 0 only at the end. Fails with
  // `DataLoss` on a damaged file and `Unknown` if the system cannot read it.
  virtual absl::StatusOr<std::size_t> Read(std::span<char> buffer) = 0;

  // Goes back to where reading began. Fails with `FailedPrecondition` on what can be read only
  // once, such as a pipe.
  virtual absl::Status Rewind() = 0;

  // How far reading has come in the file as it lies on disk, compressed if it is. May lag.
  virtual std::int64_t position_bytes() const = 0;
};

// Reads `stream`, which must outlive the result, from where it stands.
std::unique_ptr<ByteSource> SourceOf(std::istream& stream);

// Opens a file; one that is compressed with gzip is read as what it holds. Fails with `NotFound`
// or `PermissionDenied`, and with `InvalidArgument` for a directory.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenSource(const std::string& path);

// Reads an open file, which the source closes, in the same way. Errors call it `name`.
absl::StatusOr<std::unique_ptr<ByteSource>> OpenSource(int file_descriptor,
                                                       const std::string& name);

}  // namespace sild::client
