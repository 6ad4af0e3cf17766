#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>

#include <absl/container/flat_hash_set.h>
#include <absl/numeric/int128.h>
#include <fmt/format.h>
#include <xxhash.h>

#include "server/formats/tmx.h"
#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/file_import.h"
#include "server/service/identity.h"
#include "server/service/import_group.h"
#include "server/service/memory_service.h"
#include "server/service/store_access.h"
#include "server/service/unit_edit.h"
#include "server/service/write_policy.h"
#include "server/storage/content_hash.h"

namespace sild::service {
namespace {

absl::uint128 HashOf(std::string_view id) {
  const XXH128_hash_t hash = XXH3_128bits(id.data(), id.size());
  return absl::MakeUint128(hash.high64, hash.low64);
}

// One call of `ImportUnits`. Units are gathered into groups; each group is one event, in which
// every unit meets what is stored, and what came before it in the file, under the write policy.
// With `all_or_nothing` a file of more than one group goes into a bulk load, which becomes visible
// at the end; it can only add units, so it is for `KEEP_ALL`.
class UnitImport : public FileImport<v1::ImportUnitsRequest, v1::ImportUnitsResponse>,
                   private formats::UnitSink {
 public:
  explicit UnitImport(storage::Store& store) : store_(store) {}

 private:
  absl::Status Start(const Config& config) override {
    absl::StatusOr<MemoryName> memory = MemoryName::Parse(config.parent());
    SILD_CHECK_OK(Named("parent", memory.status()));
    memory_ = *std::move(memory);
    if (config.format() != v1::UNIT_FORMAT_TMX) {
      return config.format() == v1::UNIT_FORMAT_UNSPECIFIED
                 ? FieldError("format", "is required; send UNIT_FORMAT_TMX")
                 : absl::UnimplementedError("format: only UNIT_FORMAT_TMX can be imported yet");
    }
    SILD_TRY(labels_, LabelsFromProto(config.labels()));
    SILD_CHECK_OK(CheckRequestId(config.import_id(), "import_id"));
    SILD_TRY(const Memory stored, store_.CurrentView()->GetMemory(memory_));
    SILD_TRY(policy_, FromProto(config.write_policy(), stored.write_policy));
    is_dry_run_ = config.validate_only();
    is_all_or_nothing_ = config.all_or_nothing();
    formats::ReadOptions options;
    options.is_cancelled = [this] { return call().cancelled.load(); };
    SILD_TRY(options.language_map, LanguageMapFromProto(config.language_map()));
    options.default_source_language = stored.source_language;
    reader_ = formats::NewTmxReader(options, *this);
    return absl::OkStatus();
  }

  absl::Status OnUnit(formats::ParsedUnit parsed) override {
    if (call().cancelled) {
      return absl::CancelledError("the client went away");
    }
    // One `tu` of the file may give several units.
    if (const std::int64_t end = reader_->last_unit_end_bytes(); end != tu_end_bytes_) {
      before_tu_bytes_ = std::exchange(tu_end_bytes_, end);
    }
    TranslationUnit unit = std::move(parsed.unit);
    unit.labels.insert(labels_.begin(), labels_.end());
    unit.name.memory = memory_.memory;
    if (unit.name.unit.empty()) {
      unit.name.unit = IdentityOf(unit);
    }
    if (!group_.Add(unit)) {
      SILD_CHECK_OK(is_all_or_nothing_ ? MoveToBulkLoad() : FlushUpTo(before_tu_bytes_));
      group_.Add(unit);
    }
    return absl::OkStatus();
  }

  void OnIssue(formats::Issue issue) override { progress_.Add(issue); }

  absl::Status Flush() override { return FlushUpTo(reader_->last_unit_end_bytes()); }

  // Stores the group, after which what the file has before `end_bytes` is durable.
  absl::Status FlushUpTo(std::int64_t end_bytes) {
    if (!group_.empty()) {
      SILD_CHECK_OK(is_dry_run_ ? Rehearse() : Commit(group_.resources()));
    }
    group_.Clear();
    progress_.committed_bytes = is_dry_run_ ? 0 : end_bytes;
    return absl::OkStatus();
  }

  absl::Status Complete() override {
    if (!is_all_or_nothing_) {
      return Flush();
    }
    if (progress_.failed > 0) {
      progress_.created = progress_.updated = 0;
      return absl::FailedPreconditionError(fmt::format(
          "{} units of the file could not be stored, so nothing was; see the issues, mend the "
          "file, or import it without all_or_nothing",
          progress_.failed));
    }
    if (!load_) {
      return Flush();
    }
    SILD_CHECK_OK(MoveToBulkLoad());
    absl::StatusOr<storage::WriteResult> result = load_->Finish();
    if (!result.ok()) {
      progress_.created = 0;
      return absl::IsAborted(result.status())
                 ? absl::AbortedError(fmt::format(
                       "{} was written to during the import, so nothing was stored; try again",
                       memory_.str()))
                 : result.status();
    }
    progress_.revision = result->revision.value;
    progress_.committed_bytes = reader_->last_unit_end_bytes();
    return absl::OkStatus();
  }

  absl::Status Abandon() override {
    if (is_all_or_nothing_) {
      progress_.created = progress_.updated = 0;
      return absl::OkStatus();
    }
    return Flush();
  }

  // Gives a new unit whose id is taken, by a unit that says something else, the id of its identity.
  // Returns false if that is taken too: then people have edited what this file brought before, and
  // their work stays.
  template <typename IsTaken>
  bool TakeFreeName(TranslationUnit& unit, IsTaken is_taken) const {
    if (!is_taken(unit.name)) {
      return true;
    }
    UnitName other{memory_.memory, IdentityOf(unit)};
    if (unit.name == other || is_taken(other)) {
      return false;
    }
    unit.name = std::move(other);
    return true;
  }

  // Stores one unit as `write` finds the memory, and returns what became of it.
  absl::StatusOr<Outcome> Apply(storage::Transaction& write, const TranslationUnit& unit) {
    SILD_TRY(Reconciled reconciled, Reconcile(write, unit, policy_));
    if (reconciled.outcome == Outcome::kUnchanged) {
      return Outcome::kUnchanged;
    }
    const auto is_taken = [&](const UnitName& name) { return write.GetUnit(name).ok(); };
    if (reconciled.outcome == Outcome::kCreated && !TakeFreeName(reconciled.unit, is_taken)) {
      return Outcome::kUnchanged;
    }
    Stamp(reconciled, write.now(), write.actor());
    SILD_CHECK_OK(write.Put(std::move(reconciled.unit)));
    return reconciled.outcome;
  }

  // Stores units as one event or, if what they change is too much for one, as several.
  absl::Status Commit(std::span<const TranslationUnit> units) {
    std::int64_t counts[4] = {};
    storage::WriteOptions options;
    options.actor = call().actor;
    const auto result = store_.Write(options, [&](storage::Transaction& write) -> absl::Status {
      std::fill(std::begin(counts), std::end(counts), 0);  // The plan may run again.
      for (const TranslationUnit& unit : units) {
        SILD_TRY(const Outcome outcome, Apply(write, unit));
        ++counts[static_cast<int>(outcome)];
      }
      return absl::OkStatus();
    });
    if (absl::IsResourceExhausted(result.status()) && units.size() > 1 && !is_all_or_nothing_) {
      SILD_CHECK_OK(Commit(units.first(units.size() / 2)));
      return Commit(units.subspan(units.size() / 2));
    }
    SILD_CHECK_OK(result.status());
    Count(counts[1], counts[2], counts[3]);
    if (!result->changes.empty()) {
      progress_.revision = result->revision.value;
    }
    return absl::OkStatus();
  }

  // Decides as `Apply` would if the memory were as in `view`, and held besides what the file
  // brought before. Of that only what is new is seen, which is all there is under `kKeepAll`.
  absl::StatusOr<Outcome> Foresee(const storage::View& view, TranslationUnit& unit) {
    SILD_TRY(const Reconciled reconciled, Reconcile(view, unit, policy_));
    if (!contents_.insert(storage::ContentHash(unit)).second) {
      return Outcome::kUnchanged;
    }
    if (reconciled.outcome != Outcome::kCreated) {
      return reconciled.outcome;
    }
    const auto is_taken = [&](const UnitName& name) {
      return ids_.contains(HashOf(name.unit)) || view.GetUnit(name).ok();
    };
    if (!TakeFreeName(unit, is_taken)) {
      return Outcome::kUnchanged;
    }
    ids_.insert(HashOf(unit.name.unit));
    return Outcome::kCreated;
  }

  // Counts what `Commit` would do.
  absl::Status Rehearse() {
    const auto view = store_.CurrentView();
    for (TranslationUnit& unit : group_.resources()) {
      SILD_TRY(const Outcome outcome, Foresee(*view, unit));
      Count(outcome == Outcome::kCreated, outcome == Outcome::kUpdated,
            outcome == Outcome::kUnchanged);
    }
    return absl::OkStatus();
  }

  absl::Status MoveToBulkLoad() {
    if (policy_ != WritePolicy::kKeepAll) {
      return absl::FailedPreconditionError(fmt::format(
          "an all_or_nothing import of more than {} units, or {} MiB, can only add units; nothing "
          "was stored; import with KEEP_ALL, or without all_or_nothing",
          kImportGroupUnits, kImportGroupBytes >> 20));
    }
    if (is_dry_run_) {
      return Flush();
    }
    if (!load_) {
      storage::WriteOptions options;
      options.actor = call().actor;
      SILD_TRY(load_, store_.BeginBulkLoad(options, memory_));
    }
    const auto view = store_.CurrentView();
    const auto now =
        std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
    for (TranslationUnit& unit : group_.resources()) {
      SILD_TRY(const Outcome outcome, Foresee(*view, unit));
      Count(outcome == Outcome::kCreated, 0, outcome == Outcome::kUnchanged);
      if (outcome == Outcome::kCreated) {
        StampNew(unit, now, call().actor);
        SILD_CHECK_OK(load_->Add(std::move(unit)));
      }
    }
    group_.Clear();
    return absl::OkStatus();
  }

  void Count(std::int64_t created, std::int64_t updated, std::int64_t unchanged) {
    progress_.created += created;
    progress_.updated += updated;
    progress_.unchanged += unchanged;
  }

  storage::Store& store_;
  MemoryName memory_;
  WritePolicy policy_ = WritePolicy::kKeepAll;
  Labels labels_;
  bool is_dry_run_ = false;
  bool is_all_or_nothing_ = false;
  ImportGroup<TranslationUnit> group_;
  std::int64_t tu_end_bytes_ = 0;     // Of the `tu` that gave the last unit...
  std::int64_t before_tu_bytes_ = 0;  // ... and of the one before it.
  // What the file brought, and under which ids: in a dry run or a bulk load.
  absl::flat_hash_set<absl::uint128> contents_;
  absl::flat_hash_set<absl::uint128> ids_;  // By `HashOf`.
  std::unique_ptr<storage::BulkLoad> load_;
};

}  // namespace

std::unique_ptr<Stream> MemoryService::ImportUnits() {
  return std::make_unique<UnitImport>(store_);
}

}  // namespace sild::service
