#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <absl/status/statusor.h>

#include "server/model/change.h"
#include "server/storage/keys.h"
#include "server/storage/reader.h"

namespace sild::storage {

// The records of the log and of the store's own book-keeping. `Parse` fails with `DataLoss` if the
// bytes are no such record.

// What an event is besides its changes.
struct EventHeader {
  std::string request_id;
  std::string actor;
  Timestamp time;
  std::uint32_t change_count = 0;
  std::uint64_t checksum = 0;  // See `ChangeChecksum`. Not kept for a bulk load.
  Revision changes_revision;   // Of a bulk load: where its changes are. 0: with the event itself.

  bool is_load() const { return changes_revision.value != 0; }
};

// A change as a row of the log. What is of the event (revision, time, actor) is in its header.
struct LoggedChange {
  ChangeType type = ChangeType::kCreated;
  Kind kind = Kind::kUnit;
  std::string parent;  // Id of the memory or glossary of a unit, concept or exception.
  std::string id;
  Number number = 0;     // Of the memory or glossary.
  std::string resource;  // A serialized record of that kind. Empty after a deletion or purge.
};

// What a request id stood for.
struct KnownRequest {
  Revision revision;
  std::uint64_t fingerprint = 0;
  Timestamp time;
};

std::string SerializeCounts(const Counts& counts);
absl::StatusOr<Counts> ParseCounts(std::string_view bytes);

std::string SerializeHeader(const EventHeader& header);
absl::StatusOr<EventHeader> ParseHeader(std::string_view bytes);

std::string SerializeLoggedChange(const LoggedChange& change);
absl::StatusOr<LoggedChange> ParseLoggedChange(std::string_view bytes);

// The part of an event's checksum that its change of that ordinal gives. The whole is the XOR of
// all, so that a purge can replace one row's.
std::uint64_t ChangeChecksum(std::uint32_t ordinal, std::string_view logged_change);

// Returns the change as callers know it.
absl::StatusOr<Change> ToChange(const LoggedChange& logged, Revision revision,
                                const EventHeader& header);

std::string SerializeRequest(const KnownRequest& request);
absl::StatusOr<KnownRequest> ParseRequest(std::string_view bytes);

std::string SerializeErasure(const std::vector<std::string>& keys);
absl::StatusOr<std::vector<std::string>> ParseErasure(std::string_view bytes);

}  // namespace sild::storage
