// The part of `PlannedWrite` that erases a resource on purpose.
#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/storage/log_reader.h"
#include "server/storage/planned_write.h"

namespace sild::storage {
namespace {

// One state that holds a resource, as the log has it.
struct LoggedState {
  EventPlace place;
  std::string row;
};

// What is to be overwritten in the log.
struct Erasable {
  bool was_ever_there = false;
  std::vector<LoggedState> states;
  std::map<Revision, EventHeader> headers;  // Of the events of these states.
};

// Finds the states of one thing in all incarnations of what holds it. The event `unfinished` has no
// header yet.
absl::StatusOr<Erasable> FindErasable(const Rows& rows, Kind kind,
                                      const std::vector<Number>& numbers, std::string_view id,
                                      Revision unfinished) {
  Erasable found;
  for (const Number number : numbers) {
    SILD_TRY(const auto places, FindStates(rows, kind, number, id, std::nullopt));
    for (const EventPlace& place : places) {
      found.was_ever_there = true;
      SILD_TRY(auto row, rows.Get(EventKey(place.revision, place.ordinal)));
      if (!row.has_value()) {
        return absl::DataLossError("the change log lacks a state of this resource");
      }
      SILD_TRY(const LoggedChange logged, ParseLoggedChange(*row));
      if (logged.resource.empty()) {
        continue;
      }
      found.states.push_back({place, *std::move(row)});
      if (place.revision != unfinished) {
        SILD_TRY(found.headers[place.revision], ReadHeader(rows, place.revision));
      }
    }
  }
  return found;
}

}  // namespace

absl::Status PlannedWrite::PurgeStates(Kind kind, const std::vector<Number>& numbers,
                                       const LoggedChange& purge, ResourceName name,
                                       absl::FunctionRef<absl::Status()> remove) {
  SILD_TRY(Erasable found, FindErasable(rows_, kind, numbers, purge.id, revision_));
  if (!found.was_ever_there) {
    return absl::NotFoundError(fmt::format("there never was a resource {}", purge.id));
  }
  if (found.states.empty()) {
    return absl::OkStatus();  // It was purged before.
  }
  SILD_CHECK_OK(Log(purge, std::move(name), {}));
  SILD_CHECK_OK(remove());
  for (const auto& [place, row] : found.states) {
    SILD_TRY(LoggedChange logged, ParseLoggedChange(row));
    logged.type = ChangeType::kPurged;
    logged.resource.clear();
    std::string key = EventKey(place.revision, place.ordinal);
    std::string new_row = SerializeLoggedChange(logged);
    const std::uint64_t difference =
        ChangeChecksum(place.ordinal, row) ^ ChangeChecksum(place.ordinal, new_row);
    if (place.revision == revision_) {
      checksum_ ^= difference;
      Change& change = changes_[place.ordinal - 1];
      change.type = ChangeType::kPurged;
      change.resource = {};
    } else if (EventHeader& header = found.headers[place.revision]; header.change_count != 0) {
      // The rows of a bulk load stand under an event without changes and have no checksum.
      header.checksum ^= difference;
    }
    erased_keys_.push_back(key);
    rows_.Put(std::move(key), std::move(new_row));
  }
  for (const auto& [revision, header] : found.headers) {
    rows_.Put(EventKey(revision, 0), SerializeHeader(header));
  }
  return absl::OkStatus();
}

absl::Status PlannedWrite::Purge(const UnitName& name) {
  SILD_TRY(const std::vector<Number> numbers, AllNumbers(rows_, name.parent()));
  const auto memory = storage::GetMemory(rows_, name.parent());  // It may be gone.
  const Number number = memory.ok() ? memory->number : 0;
  SILD_TRY(const auto stored, FindUnit(rows_, number, name));
  if (stored.has_value()) {
    SILD_TRY([[maybe_unused]] const Counts* counts, CountsOf(number));
  }
  const LoggedChange purge{ChangeType::kPurged, Kind::kUnit, name.memory, name.unit, number, ""};
  return PurgeStates(Kind::kUnit, numbers, purge, name, [&] {
    for (const Number each : numbers) {
      erased_keys_.push_back(UnitKey(each, name.unit));
    }
    if (!stored.has_value()) {
      return absl::OkStatus();
    }
    std::vector<std::string> text_keys = TextKeys(number, *stored);
    std::move(text_keys.begin(), text_keys.end(), std::back_inserter(erased_keys_));
    return RemoveUnit(number, *stored);
  });
}

absl::Status PlannedWrite::Purge(const ConceptName& name) {
  SILD_TRY(const std::vector<Number> numbers, AllNumbers(rows_, name.parent()));
  const auto glossary = storage::GetGlossary(rows_, name.parent());
  const Number number = glossary.ok() ? glossary->number : 0;
  SILD_TRY(const auto stored, FindConcept(rows_, number, name));
  if (stored.has_value()) {
    SILD_TRY([[maybe_unused]] const Counts* counts, CountsOf(number));
  }
  const LoggedChange purge{ChangeType::kPurged, Kind::kConcept, name.glossary,
                           name.concept_id,     number,         ""};
  return PurgeStates(Kind::kConcept, numbers, purge, name, [&] {
    for (const Number each : numbers) {
      erased_keys_.push_back(ConceptKey(each, name.concept_id));
    }
    return stored.has_value() ? RemoveConcept(number, *stored) : absl::OkStatus();
  });
}

}  // namespace sild::storage
