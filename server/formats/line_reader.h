#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include <absl/status/status.h>

#include "server/formats/cleaner.h"
#include "server/formats/decoder.h"
#include "server/formats/reader.h"

namespace sild::formats {

// Makes something of a file's lines.
class LineHandler {
 public:
  virtual ~LineHandler() = default;

  // Takes a line without its end, `\n` or `\r\n`. It need not be UTF-8. If it is not whole it is
  // longer than `UnitLimits::unit_bytes`, and the rest of it is not there. An error ends the
  // reading.
  virtual absl::Status OnLine(std::string_view line, const Place& place, bool is_whole) = 0;

  // The file has ended after `bytes` in all.
  virtual absl::Status OnEnd(std::int64_t bytes) = 0;

  // Something is to be said of the file.
  virtual void OnNotice(std::string message) = 0;

  virtual std::int64_t last_unit_end_bytes() const = 0;
};

// Returns a reader that decompresses and decodes a file and cuts it into lines for `handler`. Holds
// one line.
std::unique_ptr<FileReader> NewLineReader(const ReadOptions& options, Declaration declaration,
                                          std::unique_ptr<LineHandler> handler);

}  // namespace sild::formats
