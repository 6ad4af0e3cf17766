#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <absl/status/status.h>
#include <absl/status/statusor.h>

namespace sild::storage {

// Walks the rows of a key range in ascending order. Begins at the first row. What `key` and `value`
// give stays until the cursor moves.
class Cursor {
 public:
  virtual ~Cursor() = default;

  // Whether the cursor stands on a row. False at the end, and after an error: see `status`.
  virtual bool Valid() const = 0;
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual void Next() = 0;

  // Moves to the first row of the range at or behind `key`.
  virtual void Seek(std::string_view key) = 0;

  // `DataLoss` or `Unavailable` if the walk ended because of an error.
  virtual absl::Status status() const = 0;
};

// The rows of the database in one state: a snapshot, or a snapshot with writes laid over it.
class Rows {
 public:
  virtual ~Rows() = default;

  // Returns the value of `key`, or nothing if there is no such row.
  virtual absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const = 0;

  // Walks the keys in `[begin, end)`. The rows must outlive the cursor.
  virtual std::unique_ptr<Cursor> Walk(std::string_view begin, std::string_view end) const = 0;

  // The same for a cursor that is read, after each `Seek`, only as far as keys have the same
  // `TextGroupBytes` as the key sought: groups that are not there cost next to nothing.
  virtual std::unique_ptr<Cursor> WalkTextGroups(std::string_view begin,
                                                 std::string_view end) const {
    return Walk(begin, end);
  }

  // The same as `Walk` for so many rows that they would push from the cache what is read often.
  virtual std::unique_ptr<Cursor> Sweep(std::string_view begin, std::string_view end) const {
    return Walk(begin, end);
  }
};

// Walks all keys that begin with `prefix`.
std::unique_ptr<Cursor> WalkPrefix(const Rows& rows, std::string_view prefix);

}  // namespace sild::storage
