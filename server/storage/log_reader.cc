#include "server/storage/log_reader.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"

namespace sild::storage {
namespace {

absl::Status Hole(Revision revision) {
  return absl::DataLossError(
      fmt::format("the change log lacks a part of revision {}; restore a backup", revision.value));
}

absl::StatusOr<Change> ReadState(const Rows& rows, EventPlace place) {
  SILD_TRY(const EventHeader header, ReadHeader(rows, place.revision));
  SILD_TRY(const auto row, rows.Get(EventKey(place.revision, place.ordinal)));
  if (!row.has_value()) {
    return Hole(place.revision);
  }
  SILD_TRY(const LoggedChange logged, ParseLoggedChange(*row));
  return ToChange(logged, place.revision, header);
}

// Gathers changes until they are large enough.
class ChangeCollector {
 public:
  ChangeCollector(const Rows& rows, std::size_t max_bytes)
      : cursor_(WalkPrefix(rows, TablePrefix(Table::kEvent))), max_bytes_(max_bytes) {}

  // Adds the changes of an event, or as many as there is room for.
  absl::Status Add(Revision revision, std::uint32_t from_ordinal) {
    cursor_->Seek(EventKey(revision, 0));
    SILD_CHECK_OK(CheckPlace(revision, 0));
    SILD_TRY(const EventHeader header, ParseHeader(cursor_->value()));
    const Revision stored = header.is_load() ? header.changes_revision : revision;
    std::uint64_t checksum = 0;
    std::uint32_t ordinal = std::max(from_ordinal, 1U);
    if (stored != revision || ordinal != 1) {
      cursor_->Seek(EventKey(stored, ordinal));
    } else {
      cursor_->Next();
    }
    for (; ordinal <= header.change_count; ++ordinal, cursor_->Next()) {
      if (IsFull()) {
        result_.next_ordinal = ordinal;
        break;
      }
      SILD_CHECK_OK(CheckPlace(stored, ordinal));
      checksum ^= ChangeChecksum(ordinal, cursor_->value());
      SILD_TRY(const LoggedChange logged, ParseLoggedChange(cursor_->value()));
      SILD_TRY(Change change, ToChange(logged, revision, header));
      size_bytes_ += cursor_->value().size();
      result_.changes.push_back(std::move(change));
    }
    result_.through = revision;
    // Of a part the checksum cannot be known, and bulk loads have none.
    const bool is_whole = from_ordinal <= 1 && !IsCut();
    return header.is_load() || !is_whole || checksum == header.checksum ? absl::OkStatus()
                                                                        : Hole(revision);
  }

  bool IsFull() const { return size_bytes_ >= max_bytes_ && !result_.changes.empty(); }
  bool IsCut() const { return result_.next_ordinal != 0; }
  View::Changes& result() { return result_; }

 private:
  // `DataLoss` unless the cursor stands on that row.
  absl::Status CheckPlace(Revision revision, std::uint32_t ordinal) const {
    if (cursor_->Valid() && cursor_->key() == EventKey(revision, ordinal)) {
      return absl::OkStatus();
    }
    SILD_CHECK_OK(cursor_->status());
    return Hole(revision);
  }

  std::unique_ptr<Cursor> cursor_;
  std::size_t max_bytes_;
  std::size_t size_bytes_ = 0;
  View::Changes result_;
};

}  // namespace

absl::StatusOr<EventHeader> ReadHeader(const Rows& rows, Revision revision) {
  SILD_TRY(const auto row, rows.Get(EventKey(revision, 0)));
  if (!row.has_value()) {
    return Hole(revision);
  }
  return ParseHeader(*row);
}

absl::StatusOr<std::vector<Change>> ReadEvent(const Rows& rows, Revision revision) {
  SILD_TRY(const EventHeader header, ReadHeader(rows, revision));
  if (header.is_load()) {
    return std::vector<Change>();
  }
  ChangeCollector collector(rows, std::numeric_limits<std::size_t>::max());
  SILD_CHECK_OK(collector.Add(revision, 0));
  return std::move(collector.result().changes);
}

absl::StatusOr<std::vector<EventPlace>> FindStates(const Rows& rows, Kind kind, Number number,
                                                   std::string_view id,
                                                   std::optional<Revision> before) {
  std::vector<EventPlace> places;
  const auto cursor = WalkPrefix(rows, HistoryPrefix(kind, number, id));
  if (before.has_value()) {
    // The newest of the revision below; ordinals are complemented, so this one sorts first.
    cursor->Seek(HistoryKey(kind, number, id, {before->value - 1},
                            std::numeric_limits<std::uint32_t>::max()));
  }
  for (; cursor->Valid(); cursor->Next()) {
    if (const auto place = ParseHistoryKey(cursor->key())) {
      places.push_back(*place);
    }
  }
  SILD_CHECK_OK(cursor->status());
  return places;
}

absl::StatusOr<std::vector<Change>> ReadStates(const Rows& rows, Kind kind, Number number,
                                               std::string_view id, std::optional<Revision> before,
                                               int limit) {
  SILD_TRY(const std::vector<EventPlace> places, FindStates(rows, kind, number, id, before));
  std::vector<Change> states;
  Revision last;
  for (const EventPlace& place : places) {
    if (static_cast<int>(states.size()) >= limit) {
      break;
    }
    if (place.revision != last) {
      SILD_TRY(Change state, ReadState(rows, place));
      states.push_back(std::move(state));
      last = place.revision;
    }
  }
  return states;
}

absl::StatusOr<View::Changes> ReadChanges(const Rows& rows, Revision from,
                                          std::uint32_t from_ordinal, Revision last,
                                          std::size_t max_bytes) {
  ChangeCollector collector(rows, max_bytes);
  collector.result().through = std::min(Revision{from.value - 1}, last);
  for (Revision revision = from; revision <= last && !collector.IsFull() && !collector.IsCut();
       ++revision.value) {
    SILD_CHECK_OK(collector.Add(revision, revision == from ? from_ordinal : 0));
  }
  return std::move(collector.result());
}

}  // namespace sild::storage
