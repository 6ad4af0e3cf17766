#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <absl/strings/match.h>
#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/concept_terms.h"
#include "client/cli/display_text.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/similar_terms.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `propose` takes.
struct Proposal {
  std::string name;
  std::vector<std::string> terms;
  std::string subject;
  std::string note;
  std::string source;
  std::vector<std::string> compared;
};

// A concept that has the terms as proposals.
v1::Concept ConceptOf(const Proposal& proposal, const Pairs& terms) {
  v1::Concept entry;
  SetTerms(terms, entry);
  entry.set_subject_field(proposal.subject);
  for (v1::LanguageSection& section : *entry.mutable_sections()) {
    for (v1::Term& term : *section.mutable_terms()) {
      term.set_process_status(v1::Term::PROCESS_STATUS_PROPOSED);
      term.set_source(proposal.source);
      if (!proposal.note.empty()) {
        term.add_notes(proposal.note);
      }
    }
  }
  return entry;
}

// Stores a new concept, all of whose terms are proposals.
absl::Status ProposeConcept(Session& session, const Proposal& proposal, const v1::Concept& entry) {
  v1::CreateConceptRequest request;
  SILD_TRY(*request.mutable_parent(), GlossaryNameOf(proposal.name));
  *request.mutable_concept_entry() = entry;
  SILD_TRY(client::Client* const client, session.Connect());
  SILD_CHECK_OK(WarnOfSimilarTerms(session, request.parent(), proposal.compared, entry, ""));
  return Show(session, client->CreateConcept(request), PrintConcept);
}

// The section of a concept in a language, in whatever case its code is typed, made if there is
// none.
v1::LanguageSection& SectionOf(v1::Concept& entry, const std::string& language) {
  for (v1::LanguageSection& section : *entry.mutable_sections()) {
    if (absl::EqualsIgnoreCase(section.language_code(), language)) {
      return section;
    }
  }
  v1::LanguageSection& added = *entry.add_sections();
  added.set_language_code(language);
  return added;
}

// Adds the terms of `proposed` to `entry`, none of which it may have.
absl::Status AddTerms(const v1::Concept& proposed, v1::Concept& entry) {
  for (const v1::LanguageSection& section : proposed.sections()) {
    v1::LanguageSection& stored = SectionOf(entry, section.language_code());
    for (const v1::Term& term : section.terms()) {
      const bool is_there = std::ranges::any_of(
          stored.terms(), [&](const v1::Term& known) { return known.text() == term.text(); });
      if (is_there) {
        return absl::AlreadyExistsError(
            fmt::format("{} has \"{}\" in {} already; nothing was proposed", entry.name(),
                        term.text(), section.language_code()));
      }
      *stored.add_terms() = term;
    }
  }
  return absl::OkStatus();
}

// Adds one proposal to a concept.
absl::StatusOr<v1::Concept> ProposeOne(client::Client& client, const std::string& name,
                                       const v1::LanguageSection& section) {
  v1::ProposeTermRequest request;
  request.set_concept_name(name);
  request.set_language_code(section.language_code());
  *request.mutable_term() = section.terms(0);
  return client.ProposeTerm(request);
}

// Adds several proposals to a concept with one write, so that all are stored or none.
absl::StatusOr<v1::Concept> ProposeAll(client::Client& client, const std::string& name,
                                       const v1::Concept& proposed) {
  v1::GetConceptRequest get;
  get.set_name(name);
  SILD_TRY(v1::Concept stored, client.GetConcept(get));
  SILD_CHECK_OK(AddTerms(proposed, stored));
  v1::UpdateConceptRequest request;
  *request.mutable_concept_entry() = std::move(stored);  // With its etag.
  request.mutable_update_mask()->add_paths("sections");
  return client.UpdateConcept(request);
}

// Adds proposals to a concept and shows what it is then.
absl::Status ProposeTerms(Session& session, const Proposal& proposal, const v1::Concept& entry) {
  SILD_TRY(const std::string name, ConceptNameOf(proposal.name));
  SILD_TRY(client::Client* const client, session.Connect());
  // Without its name, so that the concept's own terms are compared too.
  SILD_CHECK_OK(WarnOfSimilarTerms(session, GlossaryOf(name), proposal.compared, entry, name));
  const bool is_one = entry.sections_size() == 1 && entry.sections(0).terms_size() == 1;
  return Show(
      session,
      is_one ? ProposeOne(*client, name, entry.sections(0)) : ProposeAll(*client, name, entry),
      PrintConcept);
}

absl::Status RunPropose(Session& session, const Proposal& proposal) {
  SILD_TRY(const Pairs terms, ParsePairs(proposal.terms, "LANG=\"TERM\", such as et=\"ODKB\""));
  const v1::Concept entry = ConceptOf(proposal, terms);
  if (GlossaryNameOf(proposal.name).ok()) {
    return ProposeConcept(session, proposal, entry);
  }
  if (!proposal.subject.empty()) {
    return UsageError(
        "--subject is for a new concept; change that of a stored one with 'sild "
        "concept edit'");
  }
  return ProposeTerms(session, proposal, entry);
}

// What `approve` and `reject` take.
struct Verdict {
  std::string name;
  std::string text;
  std::string language;
  std::string note;
  std::string etag;
};

// The ids of the terms that are meant: of that text and language if they are given; with no text
// those that are proposed.
std::vector<std::string> TermIdsOf(const v1::Concept& entry, const Verdict& verdict) {
  std::vector<std::string> ids;
  for (const v1::LanguageSection& section : entry.sections()) {
    for (const v1::Term& term : section.terms()) {
      const bool is_meant = verdict.text.empty()
                                ? term.process_status() == v1::Term::PROCESS_STATUS_PROPOSED
                                : term.text() == verdict.text;
      if (is_meant && (verdict.language.empty() ||
                       absl::EqualsIgnoreCase(verdict.language, section.language_code()))) {
        ids.push_back(term.id());
      }
    }
  }
  return ids;
}

absl::Status RunReview(Session& session, const Verdict& verdict, v1::Term::ProcessStatus status) {
  v1::GetConceptRequest get;
  SILD_TRY(*get.mutable_name(), ConceptNameOf(verdict.name));
  SILD_TRY(client::Client* const client, session.Connect());
  absl::StatusOr<v1::Concept> entry = client->GetConcept(get);
  if (!entry.ok()) {
    return entry.status();
  }
  const std::vector<std::string> ids = TermIdsOf(*entry, verdict);
  if (ids.empty()) {
    return UsageError(verdict.text.empty()
                          ? "the concept has no proposed term; name the term that you mean"
                          : fmt::format("the concept has no such term as \"{}\"; 'sild concept "
                                        "get' shows those that it has",
                                        Visible(verdict.text)));
  }
  // The etag of what was seen goes with each call, so that nobody reviews what has just changed.
  std::string etag = verdict.etag.empty() ? entry->etag() : verdict.etag;
  for (const std::string& id : ids) {
    v1::ReviewTermRequest request;
    request.set_concept_name(get.name());
    request.set_term_id(id);
    request.set_process_status(status);
    request.set_note(verdict.note);
    request.set_etag(etag);
    entry = client->ReviewTerm(request);
    if (!entry.ok()) {
      return entry.status();
    }
    etag = entry->etag();
  }
  return Show(session, entry, PrintConcept);
}

void AddVerdict(CLI::App& term, Action& chosen, const std::string& name,
                const std::string& description, const std::string& examples,
                v1::Term::ProcessStatus status) {
  const auto verdict = std::make_shared<Verdict>();
  CLI::App& command = *AddCommand(
      term, chosen, name, description, examples,
      [verdict, status](Session& session) { return RunReview(session, *verdict, status); });
  AddArgument(command, "CONCEPT", verdict->name, "The concept, such as politics/csto");
  command
      .add_option("TERM", verdict->text,
                  "The term (default: all that are proposed), such as \"ODKB\"")
      ->type_name("");
  command.add_option("--lang", verdict->language, "The language of the term, such as --lang et")
      ->type_name("LANG");
  command.add_option("--note", verdict->note,
                     "Why, for the notes of the term, such as --note \"as the ministry has it\"");
  command.add_option("--etag", verdict->etag,
                     "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace

void AddTermReview(CLI::App& term, Action& chosen) {
  const auto proposal = std::make_shared<Proposal>();
  CLI::App& command = *AddCommand(
      term, chosen, "propose", "Proposes terms: of a new concept of a glossary, or for a concept",
      "  sild term propose politics en=\"buffer state\" et=\"puhverriik\"\n"
      "  sild term propose politics/csto et=\"KJLO\" --note \"as in the EU's texts\"",
      [proposal](Session& session) { return RunPropose(session, *proposal); });
  AddArgument(command, "NAME", proposal->name,
              "The glossary or the concept, such as politics or politics/csto");
  AddArguments(command, "LANG=TERM", proposal->terms, "The terms, such as et=\"KJLO\"")->required();
  command.add_option("--subject", proposal->subject,
                     "The field of knowledge of a new concept, such as --subject alliances");
  command.add_option("--note", proposal->note,
                     "A remark on the terms, such as --note \"as in the EU's texts\"");
  command.add_option("--source", proposal->source,
                     "Where the terms were found, such as --source \"UN Charter\"");
  AddComparedGlossaries(command, proposal->compared);
  AddVerdict(
      term, chosen, "approve", "Approves terms of a concept, by default all proposed ones",
      "  sild term approve politics/csto\n"
      "  sild term approve politics/csto \"KJLO\" --lang et --note \"as the ministry has it\"",
      v1::Term::PROCESS_STATUS_APPROVED);
  AddVerdict(term, chosen, "reject",
             "Rejects terms of a concept, by default all proposed ones; they are never found then",
             "  sild term reject politics/csto \"ODKB\" --lang et --note \"Russian acronym\"",
             v1::Term::PROCESS_STATUS_REJECTED);
}

}  // namespace sild::cli
