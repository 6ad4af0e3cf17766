#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/formats/tmx.h"
#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/convert_unit.h"
#include "server/service/field_error.h"
#include "server/service/file_import.h"
#include "server/service/identity.h"
#include "server/service/memory_service.h"
#include "server/service/store_access.h"
#include "server/service/unit_edit.h"
#include "server/service/write_policy.h"

namespace sild::service {
namespace {

// One call of `ImportUnits`. Units are gathered into groups; each group is one event, in which
// every unit meets what is stored, and what came before it in the file, under the write policy.
// With `all_or_nothing` a file of more than one group goes into a bulk load, which becomes visible
// at the end.
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
    TranslationUnit unit = std::move(parsed.unit);
    unit.labels.insert(labels_.begin(), labels_.end());
    unit.name.memory = memory_.memory;
    if (unit.name.unit.empty()) {
      unit.name.unit = IdentityOf(unit);
    }
    group_bytes_ += BytesOf(unit);
    group_.push_back(std::move(unit));
    if (group_.size() < static_cast<std::size_t>(kImportGroupUnits) &&
        group_bytes_ < kImportGroupBytes) {
      return absl::OkStatus();
    }
    return is_all_or_nothing_ ? MoveToBulkLoad() : Flush();
  }

  void OnIssue(formats::Issue issue) override { progress_.Add(issue); }

  absl::Status Flush() override {
    if (group_.empty()) {
      progress_.committed_bytes = is_dry_run_ ? 0 : reader_->last_unit_end_bytes();
      return absl::OkStatus();
    }
    SILD_CHECK_OK(is_dry_run_ ? Rehearse() : Commit());
    group_.clear();
    group_bytes_ = 0;
    progress_.committed_bytes = is_dry_run_ ? 0 : reader_->last_unit_end_bytes();
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

  // Stores one unit as `write` finds the memory, and returns what became of it.
  absl::StatusOr<Outcome> Apply(storage::Transaction& write, TranslationUnit unit) {
    SILD_TRY(Reconciled reconciled, Reconcile(write, unit, policy_));
    if (reconciled.outcome == Outcome::kUnchanged) {
      return Outcome::kUnchanged;
    }
    if (reconciled.outcome == Outcome::kCreated && write.GetUnit(reconciled.unit.name).ok()) {
      // The id is taken by a unit that says something else. If it is the identity of this text and
      // context then people have edited what this file brought before, and their work stays.
      const std::string identity = IdentityOf(unit);
      const UnitName other{memory_.memory, identity};
      if (reconciled.unit.name.unit == identity || write.GetUnit(other).ok()) {
        return Outcome::kUnchanged;
      }
      reconciled.unit.name = other;
    }
    StampNew(reconciled.unit, write.now(), write.actor());
    SILD_CHECK_OK(write.Put(std::move(reconciled.unit)));
    return reconciled.outcome;
  }

  absl::Status Commit() {
    std::int64_t counts[4] = {};
    storage::WriteOptions options;
    options.actor = call().actor;
    SILD_TRY(const auto result,
             store_.Write(options, [&](storage::Transaction& write) -> absl::Status {
               std::fill(std::begin(counts), std::end(counts), 0);  // The plan may run again.
               for (const TranslationUnit& unit : group_) {
                 SILD_TRY(const Outcome outcome, Apply(write, unit));
                 ++counts[static_cast<int>(outcome)];
               }
               return absl::OkStatus();
             }));
    Count(counts[1], counts[2], counts[3]);
    if (!result.changes.empty()) {
      progress_.revision = result.revision.value;
    }
    return absl::OkStatus();
  }

  // Counts what `Commit` would do; of what the file itself brings earlier only identical units are
  // seen.
  absl::Status Rehearse() {
    const auto view = store_.CurrentView();
    for (const TranslationUnit& unit : group_) {
      SILD_TRY(const Reconciled reconciled, Reconcile(*view, unit, policy_));
      const bool is_repeated = !rehearsed_.insert(IdentityOf(unit)).second;
      const bool is_unchanged = is_repeated || reconciled.outcome == Outcome::kUnchanged;
      Count(!is_unchanged && reconciled.outcome == Outcome::kCreated,
            !is_unchanged && reconciled.outcome == Outcome::kUpdated, is_unchanged);
    }
    return absl::OkStatus();
  }

  absl::Status MoveToBulkLoad() {
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
    for (TranslationUnit& unit : group_) {
      SILD_TRY(Reconciled reconciled, Reconcile(*view, unit, policy_));
      if (reconciled.outcome == Outcome::kUpdated) {
        return absl::FailedPreconditionError(fmt::format(
            "an all_or_nothing import of more than {} units can only add units, but the write "
            "policy "
            "would change {}; nothing was stored; import without all_or_nothing or with KEEP_ALL",
            kImportGroupUnits, reconciled.unit.name.str()));
      }
      if (reconciled.outcome == Outcome::kUnchanged || view->GetUnit(unit.name).ok() ||
          !rehearsed_.insert(unit.name.unit).second) {
        Count(0, 0, 1);
        continue;
      }
      StampNew(unit, now, call().actor);
      SILD_CHECK_OK(load_->Add(std::move(unit)));
      Count(1, 0, 0);
    }
    group_.clear();
    group_bytes_ = 0;
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
  std::vector<TranslationUnit> group_;
  std::size_t group_bytes_ = 0;
  std::set<std::string> rehearsed_;  // Ids of the file's own units: in a dry run or a bulk load.
  std::unique_ptr<storage::BulkLoad> load_;
};

}  // namespace

std::unique_ptr<Stream> MemoryService::ImportUnits() {
  return std::make_unique<UnitImport>(store_);
}

}  // namespace sild::service
