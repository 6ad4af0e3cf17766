#include <memory>

#include "client/cli/commands.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/revisions.h"

namespace sild::cli {
namespace {

absl::StatusOr<v1::ListUnitRevisionsResponse> HistoryOf(client::Client& client,
                                                        const std::string& name) {
  v1::ListUnitRevisionsRequest request;
  request.set_name(name);
  return AllRevisions(client, &client::Client::ListUnitRevisions, request,
                      [](v1::ListUnitRevisionsResponse& page) { return page.mutable_units(); });
}

absl::Status History(Session& session, const std::string& word) {
  SILD_TRY(const std::string name, UnitNameOf(word));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, HistoryOf(*client, name),
              [](Printer& printer, const v1::ListUnitRevisionsResponse& history) {
                for (const v1::TranslationUnit& unit : history.units()) {
                  PrintUnit(printer, unit);
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
  v1::RestoreUnitRequest request;
  SILD_TRY(*request.mutable_name(), UnitNameOf(restore.name));
  SILD_TRY(client::Client* const client, session.Connect());
  request.set_revision(restore.revision);
  request.set_etag(restore.etag);
  if (restore.revision == 0) {
    SILD_TRY(const v1::ListUnitRevisionsResponse history, HistoryOf(*client, request.name()));
    SILD_TRY(const std::int64_t revision, RevisionBefore(history.units()));
    request.set_revision(revision);
  }
  return Show(session, client->RestoreUnit(request), PrintUnit);
}

}  // namespace

void AddUnitHistory(CLI::App& unit, Action& chosen) {
  const auto name = std::make_shared<std::string>();
  CLI::App* const history = AddCommand(
      unit, chosen, "history", "Shows the states that a unit has been in, newest first",
      "  sild unit history news/u1", [name](Session& session) { return History(session, *name); });
  AddArgument(*history, "NAME", *name, "The unit, such as news/u1; it may be deleted");

  const auto words = std::make_shared<Restore>();
  CLI::App* const restore = AddCommand(
      unit, chosen, "restore", "Brings an earlier state of a unit back",
      "  sild unit restore news/u1\n  sild unit restore news/u1 --revision 1099511627818",
      [words](Session& session) { return RunRestore(session, *words); });
  AddArgument(*restore, "NAME", words->name, "The unit, such as news/u1; it may be deleted");
  restore->add_option("--revision", words->revision,
                      "The state to bring back (default: the one before the present), such as "
                      "--revision 1099511627818");
  restore->add_option("--etag", words->etag,
                      "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace sild::cli
