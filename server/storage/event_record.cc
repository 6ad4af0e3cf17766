#include "server/storage/event_record.h"

#include <utility>

#include <xxhash.h>

#include "server/model/try.h"
#include "server/storage/record.h"
#include "server/storage/record_fields.h"
#include "sild/storage/v1/records.pb.h"

namespace sild::storage {
namespace {

// The version of the event rows. On disk: do not change.
constexpr std::uint32_t kEventFormat = 1;

}  // namespace

std::string SerializeCounts(const Counts& counts) {
  v1::CountsRecord record;
  record.set_total(counts.total);
  for (const auto& [language, count] : counts.by_language) {
    auto& written = *record.add_by_language();
    written.set_language(language.str());
    written.set_count(count);
  }
  record.set_last_revision(counts.last_write.value);
  return record.SerializeAsString();
}

absl::StatusOr<Counts> ParseCounts(std::string_view bytes) {
  v1::CountsRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "counts", record));
  Counts counts;
  counts.total = record.total();
  for (const auto& read : record.by_language()) {
    counts.by_language[LanguageTag::FromCanonical(read.language())] = read.count();
  }
  counts.last_write = {record.last_revision()};
  return counts;
}

std::string SerializeHeader(const EventHeader& header) {
  v1::EventHeader record;
  record.set_format(kEventFormat);
  record.set_request_id(header.request_id);
  record.set_actor(header.actor);
  record.set_time(Micros(header.time));
  record.set_change_count(header.change_count);
  record.set_checksum(header.checksum);
  record.set_changes_revision(header.changes_revision.value);
  return record.SerializeAsString();
}

absl::StatusOr<EventHeader> ParseHeader(std::string_view bytes) {
  v1::EventHeader record;
  SILD_CHECK_OK(ParseRecord(bytes, "event", record));
  if (record.format() != kEventFormat) {
    return Damaged("event");
  }
  EventHeader header;
  header.request_id = record.request_id();
  header.actor = record.actor();
  header.time = FromMicros(record.time());
  header.change_count = record.change_count();
  header.checksum = record.checksum();
  header.changes_revision = {record.changes_revision()};
  return header;
}

std::string SerializeLoggedChange(const LoggedChange& change) {
  v1::ChangeRecord record;
  record.set_type(EnumNumber(change.type));
  record.set_kind(EnumNumber(change.kind));
  record.set_parent(change.parent);
  record.set_id(change.id);
  record.set_number(change.number);
  record.set_resource(change.resource);
  return record.SerializeAsString();
}

absl::StatusOr<LoggedChange> ParseLoggedChange(std::string_view bytes) {
  v1::ChangeRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "change", record));
  LoggedChange change;
  if (!ReadEnum(record.type(), ChangeType::kCreated, ChangeType::kPurged, change.type) ||
      !ReadEnum(record.kind(), Kind::kMemory, Kind::kException, change.kind)) {
    return Damaged("change");
  }
  change.parent = std::move(*record.mutable_parent());
  change.id = std::move(*record.mutable_id());
  change.number = record.number();
  change.resource = std::move(*record.mutable_resource());
  return change;
}

std::uint64_t ChangeChecksum(std::uint32_t ordinal, std::string_view logged_change) {
  return XXH3_64bits_withSeed(logged_change.data(), logged_change.size(), ordinal);
}

absl::StatusOr<Change> ToChange(const LoggedChange& logged, Revision revision,
                                const EventHeader& header) {
  Change change{revision, header.time, header.actor, logged.type, {}, {}};
  const bool has_resource =
      logged.type == ChangeType::kCreated || logged.type == ChangeType::kUpdated;
  switch (logged.kind) {
    case Kind::kMemory:
      change.name = MemoryName{logged.id};
      if (has_resource) {
        SILD_TRY(NumberedMemory parsed, ParseMemory({logged.id}, logged.resource));
        change.resource = std::move(parsed.memory);
      }
      break;
    case Kind::kUnit:
      change.name = UnitName{logged.parent, logged.id};
      if (has_resource) {
        SILD_TRY(change.resource, ParseUnit({logged.parent, logged.id}, logged.resource));
      }
      break;
    case Kind::kGlossary:
      change.name = GlossaryName{logged.id};
      if (has_resource) {
        SILD_TRY(NumberedGlossary parsed, ParseGlossary({logged.id}, logged.resource));
        change.resource = std::move(parsed.glossary);
      }
      break;
    case Kind::kConcept:
      change.name = ConceptName{logged.parent, logged.id};
      if (has_resource) {
        SILD_TRY(change.resource, ParseConcept({logged.parent, logged.id}, logged.resource));
      }
      break;
    case Kind::kException:
      change.name = ExceptionName{logged.parent, logged.id};
      if (has_resource) {
        SILD_TRY(change.resource, ParseException({logged.parent, logged.id}, logged.resource));
      }
      break;
  }
  return change;
}

std::string SerializeRequest(const KnownRequest& request) {
  v1::RequestRecord record;
  record.set_revision(request.revision.value);
  record.set_fingerprint(request.fingerprint);
  record.set_time(Micros(request.time));
  return record.SerializeAsString();
}

absl::StatusOr<KnownRequest> ParseRequest(std::string_view bytes) {
  v1::RequestRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "request", record));
  return KnownRequest{{record.revision()}, record.fingerprint(), FromMicros(record.time())};
}

std::string SerializeErasure(const std::vector<std::string>& keys) {
  v1::ErasureRecord record;
  record.mutable_keys()->Assign(keys.begin(), keys.end());
  return record.SerializeAsString();
}

absl::StatusOr<std::vector<std::string>> ParseErasure(std::string_view bytes) {
  v1::ErasureRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "erasure", record));
  return std::vector<std::string>(record.keys().begin(), record.keys().end());
}

}  // namespace sild::storage
