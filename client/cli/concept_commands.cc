#include <memory>

#include "client/cli/commands.h"
#include "client/cli/concept_terms.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/similar_terms.h"

namespace sild::cli {
namespace {

// What `add` takes.
struct Addition {
  std::string glossary;
  std::vector<std::string> terms;
  std::string id;
  std::vector<std::string> compared;
  ConceptFacts facts;
};

absl::Status Add(Session& session, const Addition& addition) {
  v1::CreateConceptRequest request;
  SILD_TRY(*request.mutable_parent(), GlossaryNameOf(addition.glossary));
  SILD_TRY(const Pairs terms, ParsePairs(addition.terms, "LANG=\"TERM\", such as en=\"NATO\""));
  request.set_concept_id(addition.id);
  v1::Concept& entry = *request.mutable_concept_entry();
  SetTerms(terms, entry);
  SetStatus(addition.facts, {}, entry);
  google::protobuf::FieldMask unused;
  SetFacts(addition.facts, entry, unused);
  SILD_TRY(client::Client* const client, session.Connect());
  SILD_CHECK_OK(WarnOfSimilarTerms(session, request.parent(), addition.compared, entry, ""));
  return Show(session, client->CreateConcept(request), PrintConcept);
}

absl::Status Get(Session& session, const std::string& word) {
  v1::GetConceptRequest request;
  SILD_TRY(*request.mutable_name(), ConceptNameOf(word));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->GetConcept(request), PrintConcept);
}

absl::Status List(Session& session, const std::string& word) {
  v1::ListConceptsRequest request;
  SILD_TRY(*request.mutable_parent(), GlossaryNameOf(word));
  const auto items = [](const v1::ListConceptsResponse& page) { return page.concepts(); };
  return ListAll(session, &client::Client::ListConcepts, request, items,
                 [&session](const v1::ListConceptsResponse& page) {
                   for (const v1::Concept& entry : page.concepts()) {
                     PrintConcept(session.out(), entry);
                   }
                 });
}

// What `join` takes.
struct Joining {
  std::string name;
  std::string joined;
};

absl::Status Join(Session& session, const Joining& joining) {
  v1::JoinConceptsRequest request;
  SILD_TRY(*request.mutable_name(), ConceptNameOf(joining.name));
  SILD_TRY(*request.mutable_joined_name(), ConceptNameOf(joining.joined));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->JoinConcepts(request), PrintConcept);
}

void AddJoin(CLI::App& group, Action& chosen) {
  const auto joining = std::make_shared<Joining>();
  CLI::App& join = *AddCommand(
      group, chosen, "join",
      "Joins two concepts that mean the same: the first gets what the second has, which is deleted",
      "  sild concept join politics/csto politics/odkb",
      [joining](Session& session) { return Join(session, *joining); });
  AddArgument(join, "NAME", joining->name, "The concept that stays, such as politics/csto");
  AddArgument(join, "OTHER", joining->joined,
              "The concept that is put into it and deleted, such as politics/odkb");
}

// What `delete` and `purge` take.
struct Removal {
  std::string name;
  std::string etag;
  bool force = false;
};

absl::Status Delete(Session& session, const Removal& removal) {
  v1::DeleteConceptRequest request;
  SILD_TRY(*request.mutable_name(), ConceptNameOf(removal.name));
  request.set_etag(removal.etag);
  SILD_TRY(client::Client* const client, session.Connect());
  return ShowDone(session, client->DeleteConcept(request), "deleted " + request.name());
}

absl::Status Purge(Session& session, const Removal& removal) {
  v1::PurgeConceptRequest request;
  SILD_TRY(*request.mutable_name(), ConceptNameOf(removal.name));
  request.set_etag(removal.etag);
  if (!removal.force) {
    return UsageError("a purged concept cannot be brought back; to purge it add --force");
  }
  SILD_TRY(client::Client* const client, session.Connect());
  return ShowDone(session, client->PurgeConcept(request), "purged " + request.name());
}

void AddReads(CLI::App& group, Action& chosen) {
  const auto got = std::make_shared<std::string>();
  CLI::App* const get =
      AddCommand(group, chosen, "get", "Shows a concept", "  sild concept get politics/nato",
                 [got](Session& session) { return Get(session, *got); });
  AddArgument(*get, "NAME", *got, "The concept, such as politics/nato");

  const auto listed = std::make_shared<std::string>();
  CLI::App* const list =
      AddCommand(group, chosen, "list", "Lists the concepts of a glossary by name",
                 "  sild concept list politics",
                 [listed](Session& session) { return List(session, *listed); });
  AddArgument(*list, "GLOSSARY", *listed, "The glossary, such as politics");
}

void AddRemovals(CLI::App& group, Action& chosen) {
  const auto deleted = std::make_shared<Removal>();
  CLI::App* const remove =
      AddCommand(group, chosen, "delete", "Deletes a concept; 'concept restore' brings it back",
                 "  sild concept delete politics/nato",
                 [deleted](Session& session) { return Delete(session, *deleted); });
  AddArgument(*remove, "NAME", deleted->name, "The concept, such as politics/nato");
  remove->add_option("--etag", deleted->etag,
                     "Deletes nothing if the stored etag is another, such as --etag \"$ETAG\"");

  const auto purged = std::make_shared<Removal>();
  CLI::App* const purge =
      AddCommand(group, chosen, "purge", "Erases a concept for good, also from history",
                 "  sild concept purge politics/nato --force",
                 [purged](Session& session) { return Purge(session, *purged); });
  AddArgument(*purge, "NAME", purged->name, "The concept, such as politics/nato");
  purge->add_flag("--force", purged->force,
                  "Says that you mean it, such as sild concept purge politics/nato --force");
  purge->add_option("--etag", purged->etag,
                    "Purges nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace

void AddConceptCommands(CLI::App& app, Action& chosen) {
  CLI::App& group = *AddGroup(app, "concept", "Keeps the concepts of a glossary");
  const auto addition = std::make_shared<Addition>();
  CLI::App& add = *AddCommand(
      group, chosen, "add", "Stores a new concept; a language may have several terms",
      "  sild concept add politics en=\"NATO\" et=\"NATO\" lt=\"NATO\" --subject alliances\n"
      "  sild concept add politics en=\"CSTO\" et=\"ODKB\" et=\"KJLO\" --status admitted",
      [addition](Session& session) { return Add(session, *addition); });
  AddArgument(add, "GLOSSARY", addition->glossary, "The glossary, such as politics");
  AddArguments(add, "LANG=TERM", addition->terms,
               "The terms, preferred ones first, such as en=\"CSTO\" et=\"ODKB\"")
      ->required();
  add.add_option("--id", addition->id,
                 "The last part of the name (default: the server chooses), such as --id csto");
  AddComparedGlossaries(add, addition->compared);
  AddConceptFacts(add, addition->facts);
  AddReads(group, chosen);
  AddConceptEdit(group, chosen);
  AddJoin(group, chosen);
  AddRemovals(group, chosen);
  AddConceptHistory(group, chosen);
}

}  // namespace sild::cli
