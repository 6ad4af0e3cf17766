#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/storage/rows.h"

namespace sild::storage {

// Writes that are not yet in the database, laid over the rows below, which must outlive it. Not
// thread-safe. A write while a cursor is open is seen by it if it lies ahead.
class Overlay final : public Rows {
 public:
  // No value: the row is deleted.
  using Changes = std::map<std::string, std::optional<std::string>, std::less<>>;

  explicit Overlay(const Rows& below) : below_(below) {}

  absl::StatusOr<std::optional<std::string>> Get(std::string_view key) const override;
  std::unique_ptr<Cursor> Walk(std::string_view begin, std::string_view end) const override;

  void Put(std::string key, std::string value);
  void Delete(std::string key);

  // Takes over all changes of `above`, an overlay of this one, which is empty afterwards.
  void Absorb(Overlay& above);

  const Changes& changes() const { return changes_; }

  // The sum of the lengths of all keys and values.
  std::size_t size_bytes() const { return size_bytes_; }

 private:
  void Set(std::string key, std::optional<std::string> value);

  const Rows& below_;
  Changes changes_;
  std::size_t size_bytes_ = 0;
};

}  // namespace sild::storage
