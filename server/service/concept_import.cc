#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/concept_edit.h"
#include "server/service/concept_formats.h"
#include "server/service/concept_merge.h"
#include "server/service/convert_common.h"
#include "server/service/convert_glossary.h"
#include "server/service/field_error.h"
#include "server/service/file_import.h"
#include "server/service/glossary_service.h"
#include "server/service/identity.h"
#include "server/service/import_group.h"
#include "server/service/limits.h"
#include "server/service/term_ledger.h"
#include "server/service/write_policy.h"

namespace sild::service {
namespace {

// Issues of terms that other concepts have too; of more only the number is told.
constexpr int kMaxSharedTermIssues = 100;

// Of the concepts that a dry run would have stored, as stored, which it remembers.
constexpr std::size_t kMaxPlannedBytes = std::size_t{64} << 20;

// What becomes of one concept of a file.
struct Decision {
  Outcome outcome = Outcome::kUnchanged;
  Concept entry;        // To store, if it is new or changed.
  std::string problem;  // Why it cannot be stored. Empty: it can.
};

// One call of `ImportConcepts`. A concept is known by the id that the file gives it, or if there is
// none by what it holds, or else by its terms in two languages; what becomes of one that is stored
// under that id the policy says. With `all_or_nothing` the whole file must fit into one event.
class ConceptImport : public FileImport<v1::ImportConceptsRequest, v1::ImportConceptsResponse>,
                      private formats::ConceptSink {
 public:
  explicit ConceptImport(storage::Store& store) : store_(store) {}

 private:
  absl::Status Start(const Config& config) override {
    absl::StatusOr<GlossaryName> glossary = GlossaryName::Parse(config.parent());
    SILD_CHECK_OK(Named("parent", glossary.status()));
    glossary_ = *std::move(glossary);
    SILD_TRY(const FileFormat format, FromProto(config.format()));
    if (!v1::ConceptMergePolicy_IsValid(config.merge_policy())) {
      return FieldError("merge_policy", "is no value of this field");
    }
    SILD_CHECK_OK(CheckRequestId(config.import_id(), "import_id"));
    policy_ = config.merge_policy();
    is_dry_run_ = config.validate_only();
    is_all_or_nothing_ = config.all_or_nothing();
    SILD_TRY(const formats::ReadOptions options, OptionsOf(config, format));
    view_ = store_.CurrentView();
    SILD_CHECK_OK(view_->GetGlossary(glossary_).status());
    SILD_CHECK_OK(ledger_.Load(*view_, glossary_, [this] { return call().cancelled.load(); }));
    reader_ = NewConceptReader(format, options, *this);
    return absl::OkStatus();
  }

  absl::StatusOr<formats::ReadOptions> OptionsOf(const Config& config, FileFormat format) {
    formats::ReadOptions options;
    options.is_cancelled = [this] { return call().cancelled.load(); };
    SILD_TRY(options.language_map, LanguageMapFromProto(config.language_map()));
    SILD_TRY(options.default_source_language,
             OptionalLanguage(config.source_language_code(), "source_language_code"));
    SILD_TRY(options.default_target_language,
             OptionalLanguage(config.target_language_code(), "target_language_code"));
    const bool has_both =
        !options.default_source_language.empty() && !options.default_target_language.empty();
    if (format == formats::ConceptFormat::kOmegat && !has_both) {
      return FieldError(
          options.default_source_language.empty() ? "source_language_code" : "target_language_code",
          "is required for OmegaT's glossaries, which do not name their languages");
    }
    if (has_both && options.default_source_language == options.default_target_language) {
      return FieldError("target_language_code", "is the source language; send another");
    }
    options.glossary_id = glossary_.glossary;
    return options;
  }

  absl::Status OnConcept(formats::ParsedConcept parsed) override {
    Concept& entry = parsed.entry;
    entry.name.glossary = glossary_.glossary;
    if (entry.name.concept_id.empty()) {
      SILD_TRY(entry.name.concept_id, IdFor(parsed));
    }
    if (group_.Add(parsed)) {
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
    group_.Add(parsed);
    before_entry_bytes_ = reader_->last_unit_end_bytes();
    return absl::OkStatus();
  }

  // The id of a concept that the file gives none: its identity if that is stored, else that of the
  // only stored one with all its terms, which it is merged into, else its identity: of two
  // homographs none is chosen, unless it is a pair that has nothing new to say of one of them.
  // Stored is what was before the import, so that the order of a file does not count. To replace
  // one a file must name it.
  absl::StatusOr<std::string> IdFor(const formats::ParsedConcept& parsed) {
    std::string identity = IdentityOf(parsed.entry);
    SILD_TRY(const std::optional<Concept> same, FindStored(identity));
    if (same || policy_ == v1::CONCEPT_MERGE_POLICY_REPLACE) {
      return identity;
    }
    std::vector<std::string> candidates;
    for (const std::string& id : ledger_.HavingAll(parsed.entry)) {
      SILD_TRY(const std::optional<Concept> stored, FindStored(id));
      if (!stored || !HasTermsOf(*stored, parsed)) {
        continue;
      }
      if (parsed.is_of_pairs && SayTheSame(*stored, Merged(*stored, parsed))) {
        return id;
      }
      candidates.push_back(id);
    }
    return candidates.size() == 1 ? candidates[0] : identity;
  }

  // The concept of that id as it was before the import.
  absl::StatusOr<std::optional<Concept>> FindStored(const std::string& id) const {
    absl::StatusOr<Concept> stored = view_->GetConcept({glossary_.glossary, id});
    if (absl::IsNotFound(stored.status())) {
      return std::nullopt;
    }
    SILD_CHECK_OK(stored.status());
    return *std::move(stored);
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
      return NothingStored();
    }
    SILD_CHECK_OK(Flush());
    if (shared_terms_ > kMaxSharedTermIssues) {
      progress_.Add({0, 0,
                     fmt::format("{} more terms are in other concepts too",
                                 shared_terms_ - kMaxSharedTermIssues),
                     false, ""});
    }
    if (planned_bytes_ > kMaxPlannedBytes) {
      progress_.Add({0, 0,
                     "the file is too large for a dry run to remember all of it, so concepts that "
                     "it has twice may have been counted as new twice",
                     false, ""});
    }
    if (ledger_.is_full()) {
      progress_.Add({0, 0,
                     fmt::format("the glossary has more than {} terms, so not all were compared "
                                 "with those of other concepts",
                                 TermLedger::kMaxTerms),
                     false, ""});
    }
    return absl::OkStatus();
  }

  absl::Status NothingStored() const {
    return absl::FailedPreconditionError(fmt::format(
        "{} concepts of the file could not be stored, so nothing was; see the issues, mend the "
        "file, or import it without all_or_nothing",
        progress_.failed));
  }

  absl::Status Abandon() override { return is_all_or_nothing_ ? absl::OkStatus() : Flush(); }

  // Decides what becomes of a concept; a new or changed one is stamped.
  absl::StatusOr<Decision> Decide(const storage::Reader& reader, Timestamp now,
                                  const std::string& actor,
                                  const formats::ParsedConcept& parsed) const {
    const auto planned = planned_.find(parsed.entry.name.concept_id);
    const absl::StatusOr<Concept> stored =
        planned != planned_.end() ? planned->second : reader.GetConcept(parsed.entry.name);
    if (!stored.ok() && !absl::IsNotFound(stored.status())) {
      return stored.status();
    }
    Decision decision{Outcome::kCreated, parsed.entry, ""};
    if (!stored.ok()) {
      AssignTermIds(decision.entry);
      StampNew(decision.entry, now, actor);
      return decision;
    }
    if (policy_ == v1::CONCEPT_MERGE_POLICY_KEEP) {
      return Decision();
    }
    if (policy_ != v1::CONCEPT_MERGE_POLICY_REPLACE) {
      decision.entry = Merged(*stored, parsed);
    }
    AssignTermIds(decision.entry);
    if (SayTheSame(*stored, decision.entry)) {
      return Decision();
    }
    decision.outcome = Outcome::kUpdated;
    decision.problem = MergeProblem(decision.entry);
    StampChanged(*stored, decision.entry, now, actor);
    return decision;
  }

  // Decides what becomes of each concept of the group, and calls `put` with those to store.
  template <typename Put>
  absl::StatusOr<std::vector<Decision>> DecideAll(const storage::Reader& reader, Timestamp now,
                                                  const std::string& actor, const Put& put) {
    std::vector<Decision> decisions;
    for (const formats::ParsedConcept& parsed : group_.resources()) {
      SILD_TRY(Decision decision, Decide(reader, now, actor, parsed));
      if (is_all_or_nothing_ && !decision.problem.empty()) {
        return absl::FailedPreconditionError(
            fmt::format("line {}: {}; nothing was stored; mend the file, or import it without "
                        "all_or_nothing",
                        parsed.line, decision.problem));
      }
      if (decision.outcome != Outcome::kUnchanged && decision.problem.empty()) {
        SILD_CHECK_OK(put(decision.entry));
      }
      decisions.push_back(std::move(decision));
    }
    return decisions;
  }

  // Remembers what a dry run would have stored, for when the file has more of the concept.
  absl::Status Plan(const Concept& entry) {
    planned_bytes_ += BytesOf(entry);
    if (planned_bytes_ <= kMaxPlannedBytes) {
      planned_.insert_or_assign(entry.name.concept_id, entry);
    }
    return absl::OkStatus();
  }

  absl::Status Commit() {
    std::vector<Decision> decisions;
    if (is_dry_run_) {
      SILD_TRY(decisions, DecideAll(*store_.CurrentView(), Timestamp(), call().actor,
                                    [this](const Concept& entry) { return Plan(entry); }));
    } else {
      storage::WriteOptions options;
      options.actor = call().actor;
      // The plan may run again, and then decides anew.
      SILD_TRY(const auto result,
               store_.Write(options, [&](storage::Transaction& write) -> absl::Status {
                 SILD_TRY(decisions,
                          DecideAll(write, write.now(), write.actor(),
                                    [&](const Concept& entry) { return write.Put(entry); }));
                 return absl::OkStatus();
               }));
      if (!result.changes.empty()) {
        progress_.revision = result.revision.value;
      }
    }
    for (std::size_t i = 0; i < decisions.size(); ++i) {
      Count(group_.resources()[i], decisions[i]);
    }
    return absl::OkStatus();
  }

  // Counts what became of a concept, and tells what is to be said of it.
  void Count(const formats::ParsedConcept& parsed, const Decision& decision) {
    const auto tell = [&](std::string message, bool dropped) {
      progress_.Add({parsed.offset_bytes, parsed.line, std::move(message), dropped, parsed.id});
    };
    if (!decision.problem.empty()) {
      tell(decision.problem, true);
      return;
    }
    progress_.created += decision.outcome == Outcome::kCreated ? 1 : 0;
    progress_.updated += decision.outcome == Outcome::kUpdated ? 1 : 0;
    progress_.unchanged += decision.outcome == Outcome::kUnchanged ? 1 : 0;
    if (decision.outcome == Outcome::kUnchanged) {
      return;
    }
    for (const TermLedger::Shared& term : ledger_.Add(decision.entry)) {
      if (++shared_terms_ <= kMaxSharedTermIssues) {
        tell(
            fmt::format("the {} term \"{}\" is in {} too; if they mean the same, put them into one "
                        "concept",
                        term.language.str(), term.text,
                        ConceptName{glossary_.glossary, term.other_concept_id}.str()),
            false);
      }
    }
  }

  storage::Store& store_;
  std::shared_ptr<const storage::View> view_;  // As all was before the import.
  GlossaryName glossary_;
  v1::ConceptMergePolicy policy_ = v1::CONCEPT_MERGE_POLICY_MERGE;
  bool is_dry_run_ = false;
  bool is_all_or_nothing_ = false;
  std::map<std::string, Concept> planned_;  // By id. Empty unless it is a dry run.
  std::size_t planned_bytes_ = 0;
  TermLedger ledger_;
  std::int64_t shared_terms_ = 0;
  ImportGroup<formats::ParsedConcept> group_;
  std::int64_t before_entry_bytes_ = 0;  // Where the last concept of the group ends.
};

}  // namespace

std::unique_ptr<Stream> GlossaryService::ImportConcepts() {
  return std::make_unique<ConceptImport>(store_);
}

}  // namespace sild::service
