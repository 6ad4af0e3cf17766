#include "client/cli/similar_terms.h"

#include <set>
#include <utility>

#include <absl/strings/str_replace.h>
#include <fmt/format.h>

#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

using SimilarTerm = v1::FindSimilarTermsResponse::SimilarTerm;

std::string_view Relation(SimilarTerm::Kind kind) {
  switch (kind) {
    case SimilarTerm::KIND_SAME:
      return "is there already";
    case SimilarTerm::KIND_FORM:
      return "is another form of";
    default:
      return "is nearly";
  }
}

// `world/csto` of `glossaries/world/concepts/csto`.
std::string ShortNameOf(const std::string& concept_name) {
  const std::string glossary = GlossaryOf(concept_name);
  return concept_name == glossary ? concept_name
                                  : fmt::format("{}/{}", glossary.substr(glossary.find('/') + 1),
                                                concept_name.substr(concept_name.rfind('/') + 1));
}

// A word as a shell takes it whatever it holds.
std::string Quoted(const std::string& text) {
  return "'" + absl::StrReplaceAll(Visible(text), {{"'", "'\\''"}}) + "'";
}

// What to type so that `entry`, a new concept of `glossary` or the proposals for the one called
// `name`, becomes one with the concept that has a term of it already.
std::string Advice(const SimilarTerm& similar, const std::string& glossary,
                   const v1::Concept& entry, const std::string& name) {
  const std::string other = ShortNameOf(similar.concept_name());
  const bool can_join = GlossaryOf(similar.concept_name()) == glossary;
  if (can_join && !name.empty()) {
    return fmt::format("if they are the same, 'sild concept join {} {}'", ShortNameOf(name), other);
  }
  const std::string join =
      can_join ? fmt::format(
                     "if they are the same, 'sild concept join {} NAME' with the name that "
                     "this one gets",
                     other)
               : "";
  std::string terms;
  for (const v1::LanguageSection& section : entry.sections()) {
    for (const v1::Term& term : section.terms()) {
      if (section.language_code() != similar.language_code() || term.text() != similar.text()) {
        terms += fmt::format(" {}={}", Visible(section.language_code()), Quoted(term.text()));
      }
    }
  }
  if (terms.empty() || !name.empty()) {
    return can_join ? join : fmt::format("'sild concept get {}' shows it", other);
  }
  return fmt::format("{}to add to it instead: sild term propose {}{}", can_join ? join + "; " : "",
                     other, terms);
}

std::string Warning(const SimilarTerm& similar) {
  std::string line = fmt::format("{} \"{}\" {}", Visible(similar.language_code()),
                                 Visible(similar.text()), Relation(similar.kind()));
  if (similar.kind() != SimilarTerm::KIND_SAME) {
    line += fmt::format(" \"{}\"", Visible(similar.term().text()));
  }
  line += fmt::format(": {}", Visible(similar.concept_name()));
  if (similar.term().process_status() == v1::Term::PROCESS_STATUS_REJECTED ||
      similar.term().process_status() == v1::Term::PROCESS_STATUS_PROPOSED) {
    line += fmt::format(", {}", WordFor(similar.term().process_status()));
  }
  return line;
}

}  // namespace

void AddComparedGlossaries(CLI::App& command, std::vector<std::string>& words) {
  AddRepeated(command, "--compare", words,
              "Another glossary to warn of equal and similar terms in; may be repeated, such as "
              "--compare people")
      ->type_name("NAME");
}

absl::Status WarnOfSimilarTerms(Session& session, const std::string& glossary,
                                const std::vector<std::string>& words, const v1::Concept& entry,
                                const std::string& name) {
  if (entry.sections().empty()) {
    return absl::OkStatus();
  }
  v1::FindSimilarTermsRequest request;
  request.add_glossaries(glossary);
  for (const std::string& word : words) {
    SILD_TRY(*request.add_glossaries(), GlossaryNameOf(word));
  }
  *request.mutable_concept_entry() = entry;
  SILD_TRY(client::Client* const client, session.Connect());
  const auto found = client->FindSimilarTerms(request);
  if (absl::IsUnimplemented(found.status())) {
    return absl::OkStatus();
  }
  if (!found.ok()) {
    return found.status();
  }
  for (const SimilarTerm& similar : found->similar_terms()) {
    const bool is_another =
        similar.kind() == SimilarTerm::KIND_SAME && similar.concept_name() != name;
    session.Warn(
        Warning(similar) +
        (is_another ? "; stored all the same; " + Advice(similar, glossary, entry, name) : ""));
  }
  return absl::OkStatus();
}

std::string GlossaryOf(const std::string& concept_name) {
  return concept_name.substr(0, concept_name.find("/concepts/"));
}

v1::Concept NewTermsOf(const v1::Concept& entry, const v1::Concept& before) {
  std::set<std::pair<std::string, std::string>> known;
  for (const v1::LanguageSection& section : before.sections()) {
    for (const v1::Term& term : section.terms()) {
      known.emplace(section.language_code(), term.text());
    }
  }
  v1::Concept result;
  result.set_name(entry.name());
  for (const v1::LanguageSection& section : entry.sections()) {
    v1::LanguageSection added;
    added.set_language_code(section.language_code());
    for (const v1::Term& term : section.terms()) {
      if (!known.contains({section.language_code(), term.text()})) {
        *added.add_terms() = term;
      }
    }
    if (!added.terms().empty()) {
      *result.add_sections() = added;
    }
  }
  return result;
}

}  // namespace sild::cli
