#include "server/storage/probe.h"

#include <algorithm>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/storage/event_record.h"
#include "server/storage/state.h"

namespace sild::storage {
namespace {

constexpr std::int64_t kDenseEvents = 100'000;
constexpr std::int64_t kStride = 1'000;

// So many of the newest events are compared with the resources stored.
constexpr std::int64_t kComparedEvents = 1'000;

absl::Status Hole(Revision revision) {
  return absl::DataLossError(
      fmt::format("the change log has a hole at revision {}: a part of the database was lost, by a "
                  "damaged disk "
                  "or an incomplete copy; restore a backup",
                  revision.value));
}

class Prober {
 public:
  explicit Prober(const Rows& rows)
      : rows_(rows), cursor_(WalkPrefix(rows, TablePrefix(Table::kEvent))) {}

  absl::Status CheckEvent(Revision revision, bool compare) {
    SILD_CHECK_OK(MoveTo(revision, 0, revision));
    SILD_TRY(const EventHeader header, ParseHeader(cursor_->value()));
    if (header.change_count == 0) {
      return absl::OkStatus();
    }
    const Revision stored = header.is_load() ? header.changes_revision : revision;
    SILD_CHECK_OK(MoveTo(stored, 1, revision));
    if (compare) {
      SILD_CHECK_OK(CompareResource(stored, revision));
    }
    if (header.change_count == 1) {
      return absl::OkStatus();
    }
    SILD_CHECK_OK(MoveTo(stored, header.change_count, revision));
    return compare ? CompareResource(stored, revision) : absl::OkStatus();
  }

 private:
  // Moves to a row that must be there. Tries the next one first, which is cheaper than a search.
  absl::Status MoveTo(Revision stored, std::uint32_t ordinal, Revision blamed) {
    const std::string key = EventKey(stored, ordinal);
    if (cursor_->Valid() && cursor_->key() < key) {
      cursor_->Next();
    }
    if (!cursor_->Valid() || cursor_->key() != key) {
      cursor_->Seek(key);
    }
    SILD_CHECK_OK(cursor_->status());
    return cursor_->Valid() && cursor_->key() == key ? absl::OkStatus() : Hole(blamed);
  }

  // Checks that the unit or concept of the change under the cursor is stored as it was left, unless
  // a later event may have changed it.
  absl::Status CompareResource(Revision stored, Revision blamed) {
    SILD_TRY(const LoggedChange logged, ParseLoggedChange(cursor_->value()));
    if ((logged.kind != Kind::kUnit && logged.kind != Kind::kConcept) || logged.resource.empty()) {
      return absl::OkStatus();
    }
    const auto history = WalkPrefix(rows_, HistoryPrefix(logged.kind, logged.number, logged.id));
    SILD_CHECK_OK(history->status());
    const auto newest = history->Valid() ? ParseHistoryKey(history->key()) : std::nullopt;
    if (!newest.has_value() || newest->revision < stored) {
      return Hole(blamed);
    }
    SILD_TRY(const auto counts, rows_.Get(CountsKey(logged.number)));
    if (newest->revision != stored || !counts.has_value()) {
      return absl::OkStatus();  // Changed later, or dropped with what held it.
    }
    SILD_TRY(const auto row,
             rows_.Get(logged.kind == Kind::kUnit ? UnitKey(logged.number, logged.id)
                                                  : ConceptKey(logged.number, logged.id)));
    // Of several states in one event only the last is stored.
    const auto ordinal = ParseEventKey(cursor_->key())->ordinal;
    return newest->ordinal != ordinal || row == logged.resource ? absl::OkStatus() : Hole(blamed);
  }

  const Rows& rows_;
  std::unique_ptr<Cursor> cursor_;
};

}  // namespace

absl::Status ProbeContinuity(const Rows& rows) {
  SILD_TRY(const std::uint64_t oldest_row, GetNumber(rows, kOldestKey, 0));
  SILD_TRY(const std::vector<Revision> positions, GetPositions(rows));
  const std::int64_t oldest = static_cast<std::int64_t>(oldest_row);
  Prober prober(rows);
  for (const Revision position : positions) {
    const std::int64_t last = position.value;
    const std::int64_t first = std::max(oldest, (position.epoch() << 40) + 1);
    const std::int64_t dense = std::max(first, last - kDenseEvents + 1);
    for (std::int64_t value = first; value < dense; value += kStride) {
      SILD_CHECK_OK(prober.CheckEvent({value}, false));
    }
    for (std::int64_t value = dense; value <= last; ++value) {
      SILD_CHECK_OK(prober.CheckEvent({value}, value > last - kComparedEvents));
    }
  }
  return absl::OkStatus();
}

}  // namespace sild::storage
