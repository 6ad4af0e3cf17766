#include "client/cli/similar_terms.h"

#include <set>
#include <utility>

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
                                const std::vector<std::string>& words, const v1::Concept& entry) {
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
    session.Warn(Warning(similar));
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
