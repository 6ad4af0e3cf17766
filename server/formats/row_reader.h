#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/formats/cleaner.h"
#include "server/formats/reader.h"

namespace sild::formats {

// How cells are told apart in a row.
struct RowDialect {
  char separator = ',';
  // Whether a cell may stand in `"`, with any `"` inside it doubled and line ends allowed (RFC
  // 4180). A cell that goes on behind its closing `"` is taken as it stands.
  bool has_quotes = true;
};

// A row of a table. Its cells are UTF-8 that `text::FindTextProblem` would pass, with line ends as
// `\n`.
struct Row {
  std::vector<std::string> cells;  // At least one.
  Place place;
  std::int64_t end_bytes = 0;        // Where it ends, as `Place::offset_bytes`.
  std::string problem;               // Why the row cannot be taken. Empty: it can.
  std::size_t removed_controls = 0;  // Characters removed that no text may hold.

  // Whether no cell holds anything.
  bool IsBlank() const;
};

// Takes the rows of a file.
class RowHandler {
 public:
  virtual ~RowHandler() = default;

  // Tells how the file is to be read, by its first line, or as much of it as 64 KiB hold: up to the
  // first line end outside of `"`.
  virtual absl::StatusOr<RowDialect> Choose(std::string_view first_line) = 0;

  // Takes the next row. An error ends the reading.
  virtual absl::Status OnRow(Row row) = 0;

  // Something is to be said of the file as a whole.
  virtual void OnNotice(std::string message) = 0;

  // Called when the file has ended.
  virtual absl::Status OnEnd() { return absl::OkStatus(); }

  virtual std::int64_t last_unit_end_bytes() const = 0;
};

// Returns a reader that decompresses and decodes a file and cuts it into rows for `handler`. A row
// of more than `UnitLimits::unit_bytes`, or 10,000 cells, has a problem and what was read of it.
std::unique_ptr<FileReader> NewRowReader(const ReadOptions& options,
                                         std::unique_ptr<RowHandler> handler);

}  // namespace sild::formats
