#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "client/cli/import_files.h"
#include "include/sild/byte_source.h"

namespace sild::cli {

// Reads a text and its translation line by line as one file of lines with a tab between the two, so
// that they can be sent as one. A tab inside a line becomes a space. Fails with `InvalidArgument`
// if one has more lines than the other.
class LinePairs : public client::ByteSource {
 public:
  LinePairs(OpenFile source, OpenFile target)
      : source_(std::move(source)), target_(std::move(target)) {}

  absl::StatusOr<std::size_t> Read(std::span<char> buffer) override;
  absl::Status Rewind() override;
  std::int64_t position_bytes() const override { return source_.file.source->position_bytes(); }

 private:
  // One of the two, cut into lines.
  struct Side {
    explicit Side(OpenFile open) : file(std::move(open)) {}

    // Appends the next line to `out`; false at the end.
    absl::StatusOr<bool> TakeLine(std::string& out);

    OpenFile file;
    std::string buffer;
    std::size_t begin = 0;  // What stands before it has been taken.
    std::int64_t lines = 0;
    bool is_at_end = false;
  };

  // Makes the next line of the two. False at the end.
  absl::StatusOr<bool> Fill();

  Side source_;
  Side target_;
  std::string line_;
  std::size_t line_at_ = 0;  // What is before it has been given.
};

}  // namespace sild::cli
