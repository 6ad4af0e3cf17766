#include <memory>

#include "client/cli/commands.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/revisions.h"

namespace sild::cli {
namespace {

absl::StatusOr<v1::ListConceptRevisionsResponse> HistoryOf(client::Client& client,
                                                           const std::string& name) {
  v1::ListConceptRevisionsRequest request;
  request.set_name(name);
  return AllRevisions(
      client, &client::Client::ListConceptRevisions, request,
      [](v1::ListConceptRevisionsResponse& page) { return page.mutable_concepts(); });
}

absl::Status History(Session& session, const std::string& word) {
  SILD_TRY(const std::string name, ConceptNameOf(word));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, HistoryOf(*client, name),
              [](Printer& printer, const v1::ListConceptRevisionsResponse& history) {
                for (const v1::Concept& entry : history.concepts()) {
                  PrintConcept(printer, entry);
                }
              });
}

// What `restore` takes.
struct Restore {
  std::string name;
  std::int64_t revision = 0;
  std::string etag;
};

absl::Status RunRestore(Session& session, const Restore& restore) {
  v1::RestoreConceptRequest request;
  SILD_TRY(*request.mutable_name(), ConceptNameOf(restore.name));
  SILD_TRY(client::Client* const client, session.Connect());
  request.set_revision(restore.revision);
  request.set_etag(restore.etag);
  if (restore.revision == 0) {
    SILD_TRY(const v1::ListConceptRevisionsResponse history, HistoryOf(*client, request.name()));
    SILD_TRY(const std::int64_t revision, RevisionBefore(history.concepts()));
    request.set_revision(revision);
  }
  return Show(session, client->RestoreConcept(request), PrintConcept);
}

}  // namespace

void AddConceptHistory(CLI::App& concept_app, Action& chosen) {
  const auto name = std::make_shared<std::string>();
  CLI::App* const history = AddCommand(
      concept_app, chosen, "history", "Shows the states that a concept has been in, newest first",
      "  sild concept history politics/nato",
      [name](Session& session) { return History(session, *name); });
  AddArgument(*history, "NAME", *name, "The concept, such as politics/nato; it may be deleted");

  const auto words = std::make_shared<Restore>();
  CLI::App* const restore =
      AddCommand(concept_app, chosen, "restore", "Brings an earlier state of a concept back",
                 "  sild concept restore politics/nato\n  sild concept restore politics/nato "
                 "--revision 1099511627818",
                 [words](Session& session) { return RunRestore(session, *words); });
  AddArgument(*restore, "NAME", words->name,
              "The concept, such as politics/nato; it may be deleted");
  restore->add_option("--revision", words->revision,
                      "The state to bring back (default: the one before the present), such as "
                      "--revision 1099511627818");
  restore->add_option("--etag", words->etag,
                      "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace sild::cli
