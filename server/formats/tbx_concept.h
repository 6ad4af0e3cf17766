#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/formats/entry_problems.h"
#include "server/formats/languages.h"
#include "server/formats/reader.h"
#include "server/model/glossary.h"

namespace sild::formats {

// Where in a concept entry something stands.
enum class TbxLevel : std::uint8_t { kConcept, kSection, kTerm };

// A data category with its value, in either style: `<descrip type="definition">…` and
// `<basic:definition>…` are the same.
struct TbxField {
  std::string category;
  std::string value;   // White space collapsed.
  std::string target;  // Of a reference. Empty: none.
  std::string around;  // The category that the same group began with. Empty: none.
};

// Who did something to an entry and when (`transacGrp`).
struct TbxTransaction {
  std::string type;  // `origination` or `modification`, or what the file has.
  std::string person;
  std::string date;
};

// Builds one concept from the categories of an entry, in the order of the file; whatever the format
// of the file, its fields are named as TBX names them. Says what is left
// out, and drops a concept that has more of something than the limits allow.
class ConceptBuilder {
 public:
  // Both must outlive it.
  ConceptBuilder(const ReadOptions& options, EntryProblems& problems)
      : options_(options), languages_(options.language_map), problems_(problems) {}

  // Keeps what is empty, too: for files that Sild wrote.
  void KeepEmpty() { keeps_empty_ = true; }

  // Says that the file holds pairs of terms: see `ParsedConcept::is_of_pairs`.
  void HoldPairs() { holds_pairs_ = true; }

  // Begins a concept. `id` need not be a resource id.
  void Begin(std::string_view id);

  // Begins a section; a spelling that is not known, or none, leaves out what comes until the next.
  void BeginSection(std::string_view spelling);

  // Says that no section is at hand: what comes until the next is left out.
  void EndSection() { section_ = nullptr; }

  // Begins a term of the section at hand; it is kept if it gets a text.
  void BeginTerm(std::string_view id);
  void EndTerm();

  void TakeField(TbxLevel level, TbxField field);
  void TakeTransaction(TbxLevel level, const TbxTransaction& transaction);
  void TakeNote(TbxLevel level, std::string note);
  void TakeTermText(std::string text);

  // Gives the term at hand a status that the file does not state: a stored term keeps its own.
  void AssumeStatus(TermStatus status) { term_.status = status; }

  void AddProperty(TbxLevel level, std::string type, std::string value);

  // Ends the concept and gives it to `sink`, unless it was dropped, has no terms or goes beyond the
  // limits, which is told. `id` is as in `ParsedConcept`. Returns what the sink does.
  absl::Status GiveTo(ConceptSink& sink, const Place& place, const std::string& id);

 private:
  // Each says whether it took the field for good; if not, it becomes a property.
  bool TakeConceptField(TbxField& field);
  bool TakeTermField(TbxField& field);
  bool TakeDefinition(TbxField& field, std::string& definition, std::string& source);
  bool TakeStatus(const TbxField& field);
  bool TakeOwn(const TbxField& field);
  bool TakeRelation(const TbxField& field);
  void PruneSections();
  std::string ProblemOf(const Term& term) const;
  bool HasRoom(std::size_t count, std::string_view owner);

  const ReadOptions& options_;
  Languages languages_;
  bool keeps_empty_ = false;
  bool holds_pairs_ = false;
  Concept entry_;
  LanguageSection* section_ = nullptr;  // Null: outside a section, or in one that is left out.
  Term term_;
  std::set<std::string> term_ids_;
  int status_rank_ = 0;  // Of what has set the term's status: 2 `administrativeStatus`, 1 others.
  StatedFacts facts_;    // Of the term at hand.
  std::map<std::pair<LanguageTag, std::string>, StatedFacts> stated_;
  EntryProblems& problems_;
};

}  // namespace sild::formats
