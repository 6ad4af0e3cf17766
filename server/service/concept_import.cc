#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/formats/tbx.h"
#include "server/model/try.h"
#include "server/service/concept_edit.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/field_error.h"
#include "server/service/file_import.h"
#include "server/service/glossary_service.h"
#include "server/service/identity.h"
#include "server/service/import_group.h"
#include "server/service/limits.h"
#include "server/service/write_policy.h"

namespace sild::service {
namespace {

// One call of `ImportConcepts`. A concept is known by the id that the file gives it, or by what it
// holds if there is none; one that is stored under that id and says something else is replaced.
// With `all_or_nothing` the whole file must fit into one event.
class ConceptImport : public FileImport<v1::ImportConceptsRequest, v1::ImportConceptsResponse>,
                      private formats::ConceptSink {
 public:
  explicit ConceptImport(storage::Store& store) : store_(store) {}

 private:
  absl::Status Start(const Config& config) override {
    absl::StatusOr<GlossaryName> glossary = GlossaryName::Parse(config.parent());
    SILD_CHECK_OK(Named("parent", glossary.status()));
    glossary_ = *std::move(glossary);
    if (config.format() != v1::CONCEPT_FORMAT_TBX) {
      return config.format() == v1::CONCEPT_FORMAT_UNSPECIFIED
                 ? FieldError("format", "is required; send CONCEPT_FORMAT_TBX")
                 : absl::UnimplementedError("format: only CONCEPT_FORMAT_TBX can be imported yet");
    }
    SILD_CHECK_OK(CheckRequestId(config.import_id(), "import_id"));
    SILD_CHECK_OK(store_.CurrentView()->GetGlossary(glossary_).status());
    is_dry_run_ = config.validate_only();
    is_all_or_nothing_ = config.all_or_nothing();
    formats::ReadOptions options;
    options.is_cancelled = [this] { return call().cancelled.load(); };
    SILD_TRY(options.language_map, LanguageMapFromProto(config.language_map()));
    options.glossary_id = glossary_.glossary;
    reader_ = formats::NewTbxReader(options, *this);
    return absl::OkStatus();
  }

  absl::Status OnConcept(formats::ParsedConcept parsed) override {
    Concept entry = std::move(parsed.entry);
    entry.name.glossary = glossary_.glossary;
    if (entry.name.concept_id.empty()) {
      entry.name.concept_id = IdentityOf(entry);
    }
    AssignTermIds(entry);
    if (group_.Add(entry)) {
      before_entry_bytes_ = reader_->last_unit_end_bytes();
      return absl::OkStatus();
    }
    if (is_all_or_nothing_) {
      group_.Clear();
      return absl::FailedPreconditionError(fmt::format(
          "all_or_nothing takes at most {} concepts, of together {} MiB as stored, and the file "
          "has more; nothing was stored; import it without all_or_nothing, or in parts",
          kImportGroupUnits, kImportGroupBytes >> 20));
    }
    SILD_CHECK_OK(FlushUpTo(before_entry_bytes_));
    group_.Add(entry);
    before_entry_bytes_ = reader_->last_unit_end_bytes();
    return absl::OkStatus();
  }

  void OnIssue(formats::Issue issue) override { progress_.Add(issue); }

  absl::Status Flush() override { return FlushUpTo(reader_->last_unit_end_bytes()); }

  // Stores the group, after which what the file has before `end_bytes` is durable.
  absl::Status FlushUpTo(std::int64_t end_bytes) {
    if (!group_.empty()) {
      SILD_CHECK_OK(Commit());
    }
    group_.Clear();
    progress_.committed_bytes = is_dry_run_ ? 0 : end_bytes;
    return absl::OkStatus();
  }

  absl::Status Complete() override {
    if (is_all_or_nothing_ && progress_.failed > 0) {
      return absl::FailedPreconditionError(fmt::format(
          "{} concepts of the file could not be stored, so nothing was; see the issues, mend the "
          "file, or import it without all_or_nothing",
          progress_.failed));
    }
    return Flush();
  }

  absl::Status Abandon() override { return is_all_or_nothing_ ? absl::OkStatus() : Flush(); }

  // Decides what becomes of a concept; a changed one is stamped.
  static absl::StatusOr<Outcome> Decide(const storage::Reader& reader, Timestamp now,
                                        const std::string& actor, Concept& entry) {
    const absl::StatusOr<Concept> stored = reader.GetConcept(entry.name);
    if (!stored.ok()) {
      StampNew(entry, now, actor);
      return absl::IsNotFound(stored.status()) ? absl::StatusOr<Outcome>(Outcome::kCreated)
                                               : stored.status();
    }
    if (SayTheSame(*stored, entry)) {
      return Outcome::kUnchanged;
    }
    StampChanged(*stored, entry, now, actor);
    return Outcome::kUpdated;
  }

  absl::Status Commit() {
    std::int64_t counts[4] = {};
    if (is_dry_run_) {
      const auto view = store_.CurrentView();
      for (Concept& entry : group_.resources()) {
        SILD_TRY(const Outcome outcome, Decide(*view, Timestamp(), call().actor, entry));
        ++counts[static_cast<int>(outcome)];
      }
    } else {
      storage::WriteOptions options;
      options.actor = call().actor;
      SILD_TRY(const auto result,
               store_.Write(options, [&](storage::Transaction& write) -> absl::Status {
                 std::fill(std::begin(counts), std::end(counts), 0);  // The plan may run again.
                 for (Concept entry : group_.resources()) {
                   SILD_TRY(const Outcome outcome,
                            Decide(write, write.now(), write.actor(), entry));
                   ++counts[static_cast<int>(outcome)];
                   if (outcome != Outcome::kUnchanged) {
                     SILD_CHECK_OK(write.Put(std::move(entry)));
                   }
                 }
                 return absl::OkStatus();
               }));
      if (!result.changes.empty()) {
        progress_.revision = result.revision.value;
      }
    }
    progress_.created += counts[1];
    progress_.updated += counts[2];
    progress_.unchanged += counts[3];
    return absl::OkStatus();
  }

  storage::Store& store_;
  GlossaryName glossary_;
  bool is_dry_run_ = false;
  bool is_all_or_nothing_ = false;
  ImportGroup<Concept> group_;
  std::int64_t before_entry_bytes_ = 0;  // Where the last concept of the group ends.
};

}  // namespace

std::unique_ptr<Stream> GlossaryService::ImportConcepts() {
  return std::make_unique<ConceptImport>(store_);
}

}  // namespace sild::service
