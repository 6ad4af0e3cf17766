#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <absl/functional/function_ref.h>

#include "server/storage/overlay.h"
#include "server/storage/state.h"
#include "server/storage/store.h"
#include "server/storage/usage.h"

namespace sild::storage {

// `InvalidArgument` if a serialized resource is too large.
absl::Status CheckResourceSize(const std::string& name, const std::string& resource);

// Adds `sign` for the unit and for each of its languages.
void AddToCounts(const TranslationUnit& unit, std::int64_t sign, Counts& counts);

// A write while its plan runs: gathers the rows of one event over those below. Every call that
// fails leaves it as it was.
class PlannedWrite final : public Transaction {
 public:
  // `revision` is what the event gets if there is one. `below` must outlive this.
  PlannedWrite(const Rows& below, Revision revision, Timestamp now, std::string actor);

  // Whether the plan did anything that makes an event.
  bool has_changes() const { return !changes_.empty(); }

  // Finishes the event: writes its header, counts, position and, if there is a request id, what it
  // stands for. To be called once, after the plan.
  void Seal(const std::string& request_id, std::uint64_t fingerprint);

  // All rows written.
  Overlay& rows() { return rows_; }
  std::vector<Change>& changes() { return changes_; }

  absl::StatusOr<Memory> GetMemory(const MemoryName& name) const override;
  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override;
  absl::StatusOr<Glossary> GetGlossary(const GlossaryName& name) const override;
  absl::StatusOr<Concept> GetConcept(const ConceptName& name) const override;
  absl::StatusOr<Exception> GetException(const ExceptionName& name) const override;
  absl::Status ForEachUnitWithText(const MemoryName& memory, const LanguageTag& language,
                                   std::string_view text,
                                   absl::FunctionRef<bool(TranslationUnit&&)> visit) const override;
  absl::StatusOr<std::optional<TranslationUnit>> FindIdentical(
      const TranslationUnit& unit) const override;
  absl::StatusOr<std::vector<Change>> ListRevisions(const UnitName& name,
                                                    std::optional<Revision> before,
                                                    int limit) const override;
  absl::StatusOr<std::vector<Change>> ListRevisions(const ConceptName& name,
                                                    std::optional<Revision> before,
                                                    int limit) const override;
  absl::StatusOr<Counts> CountUnits(const MemoryName& memory) const override;
  absl::StatusOr<Counts> CountConcepts(const GlossaryName& glossary) const override;

  Timestamp now() const override { return now_; }
  const std::string& actor() const override { return actor_; }
  absl::Status Put(Memory memory) override;
  absl::Status Put(TranslationUnit unit) override;
  absl::Status Put(Glossary glossary) override;
  absl::Status Put(Concept concept_) override;
  absl::Status Put(Exception exception) override;
  absl::Status CountUse(const UnitName& name, std::string_view request_id) override;
  absl::Status Delete(const MemoryName& name) override;
  absl::Status Delete(const UnitName& name) override;
  absl::Status Delete(const GlossaryName& name) override;
  absl::Status Delete(const ConceptName& name) override;
  absl::Status Delete(const ExceptionName& name) override;
  absl::Status Purge(const UnitName& name) override;
  absl::Status Purge(const ConceptName& name) override;

 private:
  // Appends a change to the event, or fails if it would become too large.
  absl::Status Log(const LoggedChange& logged, ResourceName name, Resource resource);

  // Erases a unit or concept: what is stored now by `remove`, and its states in the log.
  absl::Status PurgeStates(Kind kind, const std::vector<Number>& numbers, const LoggedChange& purge,
                           ResourceName name, absl::FunctionRef<absl::Status()> remove);

  // `before`, but below this event, whose header is not there yet.
  std::optional<Revision> SettledBefore(std::optional<Revision> before) const;

  // The common part of `Delete` and `Purge`, given what is stored now.
  absl::Status RemoveUnit(Number number, const TranslationUnit& stored);
  absl::Status RemoveConcept(Number number, const Concept& stored);
  void PutUsage(Number number, std::string_view unit_id, const Usage& usage);

  // Notes that a program of version 1 would take what is written here for damage.
  void RefuseOlderReaders();

  // Deletes a memory or glossary and leaves its rows to the housekeeping.
  void Drop(Kind kind, Number number, std::string_view id);

  absl::StatusOr<Number> NewNumber();

  // The counts of a memory or glossary, read once and written by `Seal`.
  absl::StatusOr<Counts*> CountsOf(Number number);

  // Constant after construction.
  const Revision revision_;
  const Timestamp now_;
  const std::string actor_;

  Overlay rows_;
  std::vector<Change> changes_;
  std::size_t size_bytes_ = 0;  // Of the changes' rows.
  std::uint64_t checksum_ = 0;
  std::map<Number, Counts> counts_;
  std::vector<std::string> erased_keys_;  // Their old values are to leave the disk.
};

}  // namespace sild::storage
