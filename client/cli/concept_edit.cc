#include <memory>

#include "client/cli/commands.h"
#include "client/cli/concept_terms.h"
#include "client/cli/editor.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/similar_terms.h"

namespace sild::cli {
namespace {

// What `edit` takes.
struct Edit {
  std::string name;
  std::vector<std::string> terms;
  std::vector<std::string> removed_languages;
  std::vector<std::string> compared;
  std::string etag;
  ConceptFacts facts;
};

// Makes the changes that were given in `entry` and puts the fields that they are in into `mask`.
absl::Status Apply(const Edit& edit, v1::Concept& entry, google::protobuf::FieldMask& mask) {
  SILD_TRY(const Pairs terms, ParsePairs(edit.terms, "LANG=\"TERM\", such as en=\"NATO\""));
  SetTerms(terms, entry);
  SetStatus(edit.facts, terms, entry);
  for (const std::string& language : edit.removed_languages) {
    SILD_CHECK_OK(RemoveSection(language, entry));
  }
  if (!terms.empty() || !edit.removed_languages.empty() || !edit.facts.status.empty() ||
      !edit.facts.process_status.empty()) {
    mask.add_paths("sections");
  }
  SetFacts(edit.facts, entry, mask);
  return absl::OkStatus();
}

absl::Status RunEdit(Session& session, const Edit& edit) {
  v1::GetConceptRequest get;
  SILD_TRY(*get.mutable_name(), ConceptNameOf(edit.name));
  SILD_TRY(client::Client* const client, session.Connect());
  SILD_TRY(v1::Concept entry, client->GetConcept(get));
  // The etag of the concept as it was got stays, so that another's change in between is not undone.
  const std::string etag = edit.etag.empty() ? entry.etag() : edit.etag;
  v1::UpdateConceptRequest request;
  const v1::Concept before = entry;
  SILD_CHECK_OK(Apply(edit, entry, *request.mutable_update_mask()));
  if (request.update_mask().paths().empty()) {
    SILD_TRY(const bool has_changed,
             EditMessage(session, entry, "give LANG=\"TERM\" or an option, such as --subject"));
    if (!has_changed) {
      session.Warn("nothing changed");
      return absl::OkStatus();
    }
    request.mutable_update_mask()->add_paths("*");
  }
  entry.set_name(get.name());
  entry.set_etag(etag);
  SILD_CHECK_OK(WarnOfSimilarTerms(session, GlossaryOf(get.name()), edit.compared,
                                   NewTermsOf(entry, before), get.name()));
  *request.mutable_concept_entry() = entry;
  return Show(session, client->UpdateConcept(request), PrintConcept);
}

}  // namespace

void AddConceptEdit(CLI::App& concept_app, Action& chosen) {
  const auto edit = std::make_shared<Edit>();
  CLI::App& command =
      *AddCommand(concept_app, chosen, "edit",
                  "Changes a concept; with no change given opens it in $EDITOR, as JSON",
                  "  sild concept edit politics/csto et=\"ODKB\" et=\"KJLO\" --status admitted\n"
                  "  sild concept edit politics/csto --subject alliances --remove fi\n"
                  "  sild concept edit politics/csto",
                  [edit](Session& session) { return RunEdit(session, *edit); });
  AddArgument(command, "NAME", edit->name, "The concept, such as politics/csto");
  AddArguments(command, "LANG=TERM", edit->terms,
               "All the terms of a language, preferred ones first, such as et=\"ODKB\"");
  AddRepeated(command, "--remove", edit->removed_languages,
              "Takes the terms in a language away; may be repeated, such as --remove fi");
  AddComparedGlossaries(command, edit->compared);
  AddConceptFacts(command, edit->facts);
  command.add_option("--etag", edit->etag,
                     "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace sild::cli
