#include "server/storage/planned_write.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "server/model/limits.h"
#include "server/model/try.h"
#include "server/storage/database.h"
#include "server/storage/log_reader.h"

namespace sild::storage {
namespace {

void AddToCounts(const Concept& concept_, std::int64_t sign, Counts& counts) {
  counts.total += sign;
  for (const LanguageSection& section : concept_.sections) {
    if ((counts.by_language[section.language] += sign) == 0) {
      counts.by_language.erase(section.language);
    }
  }
}

template <typename Name>
absl::Status NoSuch(const Name& name) {
  return absl::NotFoundError(fmt::format("{} does not exist", name.str()));
}

ChangeType PutType(bool is_there) { return is_there ? ChangeType::kUpdated : ChangeType::kCreated; }

}  // namespace

absl::Status CheckResourceSize(const std::string& name, const std::string& resource) {
  return resource.size() <= kMaxResourceBytes ? absl::OkStatus()
                                              : absl::InvalidArgumentError(fmt::format(
                                                    "{} takes {} bytes, but at most {} are allowed",
                                                    name, resource.size(), kMaxResourceBytes));
}

void AddToCounts(const TranslationUnit& unit, std::int64_t sign, Counts& counts) {
  counts.total += sign;
  for (const Variant& variant : unit.variants) {
    if ((counts.by_language[variant.language] += sign) == 0) {
      counts.by_language.erase(variant.language);
    }
  }
}

PlannedWrite::PlannedWrite(const Rows& below, Revision revision, Timestamp now, std::string actor)
    : revision_(revision), now_(now), actor_(std::move(actor)), rows_(below) {}

void PlannedWrite::Seal(const std::string& request_id, std::uint64_t fingerprint) {
  for (auto& [number, counts] : counts_) {
    counts.last_write = revision_;
    rows_.Put(CountsKey(number), SerializeCounts(counts));
  }
  EventHeader header;
  header.request_id = request_id;
  header.actor = actor_;
  header.time = now_;
  header.change_count = static_cast<std::uint32_t>(changes_.size());
  header.checksum = checksum_;
  rows_.Put(EventKey(revision_, 0), SerializeHeader(header));
  rows_.Put(PositionKey(revision_.epoch()),
            EncodeNumber(static_cast<std::uint64_t>(revision_.value)));
  if (!request_id.empty()) {
    rows_.Put(RequestKey(request_id), SerializeRequest({revision_, fingerprint, now_}));
  }
  if (!erased_keys_.empty()) {
    rows_.Put(ErasureKey(revision_), SerializeErasure(erased_keys_));
  }
}

absl::StatusOr<Memory> PlannedWrite::GetMemory(const MemoryName& name) const {
  SILD_TRY(NumberedMemory result, storage::GetMemory(rows_, name));
  return std::move(result.memory);
}

absl::StatusOr<TranslationUnit> PlannedWrite::GetUnit(const UnitName& name) const {
  return storage::GetUnit(rows_, name);
}

absl::StatusOr<Glossary> PlannedWrite::GetGlossary(const GlossaryName& name) const {
  SILD_TRY(NumberedGlossary result, storage::GetGlossary(rows_, name));
  return std::move(result.glossary);
}

absl::StatusOr<Concept> PlannedWrite::GetConcept(const ConceptName& name) const {
  return storage::GetConcept(rows_, name);
}

absl::StatusOr<Exception> PlannedWrite::GetException(const ExceptionName& name) const {
  return storage::GetException(rows_, name);
}

std::optional<Revision> PlannedWrite::SettledBefore(std::optional<Revision> before) const {
  const bool is_touched =
      !changes_.empty() && (!before.has_value() || before->value > revision_.value);
  return is_touched ? revision_ : before;
}

absl::Status PlannedWrite::ForEachUnitWithText(
    const MemoryName& memory, const LanguageTag& language, std::string_view text,
    absl::FunctionRef<bool(TranslationUnit&&)> visit) const {
  return storage::ForEachUnitWithText(rows_, memory, language, text, visit);
}

absl::StatusOr<std::optional<TranslationUnit>> PlannedWrite::FindIdentical(
    const TranslationUnit& unit) const {
  return storage::FindIdentical(rows_, unit);
}

absl::StatusOr<std::vector<Change>> PlannedWrite::ListRevisions(const UnitName& name,
                                                                std::optional<Revision> before,
                                                                int limit) const {
  return storage::ListRevisions(rows_, name, SettledBefore(before), limit);
}

absl::StatusOr<std::vector<Change>> PlannedWrite::ListRevisions(const ConceptName& name,
                                                                std::optional<Revision> before,
                                                                int limit) const {
  return storage::ListRevisions(rows_, name, SettledBefore(before), limit);
}

absl::StatusOr<Counts> PlannedWrite::CountUnits(const MemoryName& memory) const {
  SILD_TRY(const NumberedMemory found, storage::GetMemory(rows_, memory));
  const auto it = counts_.find(found.number);
  if (it != counts_.end()) {
    return it->second;
  }
  return GetCounts(rows_, found.number);
}

absl::StatusOr<Counts> PlannedWrite::CountConcepts(const GlossaryName& glossary) const {
  SILD_TRY(const NumberedGlossary found, storage::GetGlossary(rows_, glossary));
  const auto it = counts_.find(found.number);
  if (it != counts_.end()) {
    return it->second;
  }
  return GetCounts(rows_, found.number);
}

absl::Status PlannedWrite::Put(Memory memory) {
  const auto stored = storage::GetMemory(rows_, memory.name);
  if (!stored.ok() && !absl::IsNotFound(stored.status())) {
    return stored.status();
  }
  Number number = 0;
  if (stored.ok()) {
    number = stored->number;
  } else {
    SILD_TRY(number, NewNumber());
  }
  memory.revision = revision_;
  std::string row = SerializeMemory(memory, number);
  SILD_CHECK_OK(CheckResourceSize(memory.name.str(), row));
  std::string key = MemoryKey(memory.name.memory);
  SILD_CHECK_OK(Log({PutType(stored.ok()), Kind::kMemory, "", memory.name.memory, number, row},
                    memory.name, memory));
  rows_.Put(std::move(key), std::move(row));
  return absl::OkStatus();
}

absl::Status PlannedWrite::Put(Glossary glossary) {
  const auto stored = storage::GetGlossary(rows_, glossary.name);
  if (!stored.ok() && !absl::IsNotFound(stored.status())) {
    return stored.status();
  }
  Number number = 0;
  if (stored.ok()) {
    number = stored->number;
  } else {
    SILD_TRY(number, NewNumber());
  }
  glossary.revision = revision_;
  std::string row = SerializeGlossary(glossary, number);
  SILD_CHECK_OK(CheckResourceSize(glossary.name.str(), row));
  std::string key = GlossaryKey(glossary.name.glossary);
  SILD_CHECK_OK(
      Log({PutType(stored.ok()), Kind::kGlossary, "", glossary.name.glossary, number, row},
          glossary.name, glossary));
  rows_.Put(std::move(key), std::move(row));
  return absl::OkStatus();
}

absl::Status PlannedWrite::Put(TranslationUnit unit) {
  SILD_TRY(const NumberedMemory memory, storage::GetMemory(rows_, unit.name.parent()));
  const Number number = memory.number;
  SILD_TRY(const auto stored, FindUnit(rows_, number, unit.name));
  SILD_TRY(Counts * counts, CountsOf(number));
  if (stored.has_value()) {
    SILD_TRY(const Usage usage, GetUsage(rows_, number, unit.name.unit));
    SetUsage(usage, unit);
  }
  unit.revision = revision_;
  std::string row = SerializeUnit(unit);
  SILD_CHECK_OK(CheckResourceSize(unit.name.str(), row));
  SILD_CHECK_OK(
      Log({PutType(stored.has_value()), Kind::kUnit, unit.name.memory, unit.name.unit, number, row},
          unit.name, unit));
  std::vector<std::string> old_keys;
  if (stored.has_value()) {
    AddToCounts(*stored, -1, *counts);
    old_keys = TextKeys(number, *stored);
  } else if (UsageOf(unit) != Usage{}) {
    PutUsage(number, unit.name.unit, UsageOf(unit));
  }
  AddToCounts(unit, 1, *counts);
  rows_.Put(UnitKey(number, unit.name.unit), std::move(row));
  const std::vector<std::string> new_keys = TextKeys(number, unit);
  for (std::string& key : old_keys) {
    if (!std::binary_search(new_keys.begin(), new_keys.end(), key)) {
      rows_.Delete(std::move(key));
    }
  }
  for (const std::string& key : new_keys) {
    if (!std::binary_search(old_keys.begin(), old_keys.end(), key)) {
      rows_.Put(key, "");
    }
  }
  return absl::OkStatus();
}

absl::Status PlannedWrite::Put(Concept concept_) {
  SILD_TRY(const NumberedGlossary glossary, storage::GetGlossary(rows_, concept_.name.parent()));
  const Number number = glossary.number;
  SILD_TRY(const auto stored, FindConcept(rows_, number, concept_.name));
  SILD_TRY(Counts * counts, CountsOf(number));
  concept_.revision = revision_;
  std::string row = SerializeConcept(concept_);
  SILD_CHECK_OK(CheckResourceSize(concept_.name.str(), row));
  SILD_CHECK_OK(Log({PutType(stored.has_value()), Kind::kConcept, concept_.name.glossary,
                     concept_.name.concept_id, number, row},
                    concept_.name, concept_));
  if (stored.has_value()) {
    AddToCounts(*stored, -1, *counts);
  }
  AddToCounts(concept_, 1, *counts);
  rows_.Put(ConceptKey(number, concept_.name.concept_id), std::move(row));
  return absl::OkStatus();
}

absl::Status PlannedWrite::Delete(const MemoryName& name) {
  SILD_TRY(const NumberedMemory stored, storage::GetMemory(rows_, name));
  SILD_CHECK_OK(
      Log({ChangeType::kDeleted, Kind::kMemory, "", name.memory, stored.number, ""}, name, {}));
  rows_.Delete(MemoryKey(name.memory));
  Drop(Kind::kMemory, stored.number, name.memory);
  return absl::OkStatus();
}

absl::Status PlannedWrite::Delete(const GlossaryName& name) {
  SILD_TRY(const NumberedGlossary stored, storage::GetGlossary(rows_, name));
  SILD_CHECK_OK(
      Log({ChangeType::kDeleted, Kind::kGlossary, "", name.glossary, stored.number, ""}, name, {}));
  rows_.Delete(GlossaryKey(name.glossary));
  Drop(Kind::kGlossary, stored.number, name.glossary);
  return absl::OkStatus();
}

void PlannedWrite::Drop(Kind kind, Number number, std::string_view id) {
  counts_.erase(number);
  rows_.Delete(CountsKey(number));
  rows_.Put(DroppedKey(number), "");
  rows_.Put(FormerKey(kind, id, number), "");
}

absl::Status PlannedWrite::Delete(const UnitName& name) {
  SILD_TRY(const NumberedMemory memory, storage::GetMemory(rows_, name.parent()));
  SILD_TRY(const auto stored, FindUnit(rows_, memory.number, name));
  if (!stored.has_value()) {
    return NoSuch(name);
  }
  SILD_TRY([[maybe_unused]] const Counts* counts, CountsOf(memory.number));
  SILD_CHECK_OK(Log({ChangeType::kDeleted, Kind::kUnit, name.memory, name.unit, memory.number, ""},
                    name, {}));
  return RemoveUnit(memory.number, *stored);
}

absl::Status PlannedWrite::Delete(const ConceptName& name) {
  SILD_TRY(const NumberedGlossary glossary, storage::GetGlossary(rows_, name.parent()));
  SILD_TRY(const auto stored, FindConcept(rows_, glossary.number, name));
  if (!stored.has_value()) {
    return NoSuch(name);
  }
  SILD_TRY([[maybe_unused]] const Counts* counts, CountsOf(glossary.number));
  SILD_CHECK_OK(Log(
      {ChangeType::kDeleted, Kind::kConcept, name.glossary, name.concept_id, glossary.number, ""},
      name, {}));
  return RemoveConcept(glossary.number, *stored);
}

absl::Status PlannedWrite::CountUse(const UnitName& name, std::string_view request_id) {
  SILD_TRY(const NumberedMemory memory, storage::GetMemory(rows_, name.parent()));
  SILD_TRY(const auto stored, rows_.Get(UnitKey(memory.number, name.unit)));
  if (!stored.has_value()) {
    return NoSuch(name);
  }
  SILD_TRY(const Usage usage, GetUsage(rows_, memory.number, name.unit));
  const std::uint64_t request =
      request_id.empty() ? 0 : XXH3_64bits(request_id.data(), request_id.size());
  if (request == 0 || request != usage.last_request) {
    const bool is_most = usage.count == std::numeric_limits<std::int64_t>::max();
    PutUsage(memory.number, name.unit, {usage.count + (is_most ? 0 : 1), now_, request});
  }
  return absl::OkStatus();
}

void PlannedWrite::PutUsage(Number number, std::string_view unit_id, const Usage& usage) {
  rows_.Put(UsageKey(number, unit_id), SerializeUsage(usage));
  if (usage.last_time) {
    RefuseOlderReaders();
  }
}

void PlannedWrite::RefuseOlderReaders() {
  rows_.Put(std::string(kFormatKey), SerializeFormat(kFormatVersion, kVersion2Reader));
}

absl::Status PlannedWrite::Put(Exception exception) {
  SILD_TRY(const NumberedGlossary glossary, storage::GetGlossary(rows_, exception.name.parent()));
  const auto stored = storage::GetException(rows_, exception.name);
  if (!stored.ok() && !absl::IsNotFound(stored.status())) {
    return stored.status();
  }
  exception.revision = revision_;
  std::string row = SerializeException(exception);
  SILD_CHECK_OK(CheckResourceSize(exception.name.str(), row));
  SILD_CHECK_OK(Log({PutType(stored.ok()), Kind::kException, exception.name.glossary,
                     exception.name.exception, glossary.number, row},
                    exception.name, exception));
  rows_.Put(ExceptionKey(glossary.number, exception.name.exception), std::move(row));
  // Older programs take such a change in the log for damage.
  RefuseOlderReaders();
  return absl::OkStatus();
}

absl::Status PlannedWrite::Delete(const ExceptionName& name) {
  SILD_TRY(const NumberedGlossary glossary, storage::GetGlossary(rows_, name.parent()));
  SILD_CHECK_OK(storage::GetException(rows_, name).status());
  SILD_CHECK_OK(Log(
      {ChangeType::kDeleted, Kind::kException, name.glossary, name.exception, glossary.number, ""},
      name, {}));
  rows_.Delete(ExceptionKey(glossary.number, name.exception));
  return absl::OkStatus();
}

absl::Status PlannedWrite::RemoveUnit(Number number, const TranslationUnit& stored) {
  SILD_TRY(Counts * counts, CountsOf(number));
  AddToCounts(stored, -1, *counts);
  for (std::string& key : TextKeys(number, stored)) {
    rows_.Delete(std::move(key));
  }
  rows_.Delete(UnitKey(number, stored.name.unit));
  rows_.Delete(UsageKey(number, stored.name.unit));
  return absl::OkStatus();
}

absl::Status PlannedWrite::RemoveConcept(Number number, const Concept& stored) {
  SILD_TRY(Counts * counts, CountsOf(number));
  AddToCounts(stored, -1, *counts);
  rows_.Delete(ConceptKey(number, stored.name.concept_id));
  return absl::OkStatus();
}

absl::StatusOr<Number> PlannedWrite::NewNumber() {
  SILD_TRY(const std::uint64_t number, GetNumber(rows_, kNextNumberKey, 1));
  rows_.Put(std::string(kNextNumberKey), EncodeNumber(number + 1));
  return number;
}

absl::StatusOr<Counts*> PlannedWrite::CountsOf(Number number) {
  auto it = counts_.find(number);
  if (it == counts_.end()) {
    SILD_TRY(Counts counts, GetCounts(rows_, number));
    it = counts_.emplace(number, std::move(counts)).first;
  }
  return &it->second;
}

absl::Status PlannedWrite::Log(const LoggedChange& logged, ResourceName name, Resource resource) {
  if (changes_.size() >= kMaxEventChanges) {
    return absl::ResourceExhaustedError(
        fmt::format("one write may make at most {} changes; split it", kMaxEventChanges));
  }
  std::string row = SerializeLoggedChange(logged);
  if (size_bytes_ + row.size() > kMaxEventBytes) {
    return absl::ResourceExhaustedError(
        fmt::format("one write may take at most {} bytes; split it", kMaxEventBytes));
  }
  size_bytes_ += row.size();
  const auto ordinal = static_cast<std::uint32_t>(changes_.size() + 1);
  checksum_ ^= ChangeChecksum(ordinal, row);
  rows_.Put(EventKey(revision_, ordinal), std::move(row));
  if (logged.kind == Kind::kUnit || logged.kind == Kind::kConcept) {
    rows_.Put(HistoryKey(logged.kind, logged.number, logged.id, revision_, ordinal), "");
  }
  changes_.push_back({revision_, now_, actor_, logged.type, std::move(name), std::move(resource)});
  return absl::OkStatus();
}

}  // namespace sild::storage
