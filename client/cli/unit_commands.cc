#include <memory>

#include "client/cli/commands.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/unit_filter.h"

namespace sild::cli {
namespace {

absl::Status Get(Session& session, const std::string& word) {
  v1::GetUnitRequest request;
  SILD_TRY(*request.mutable_name(), UnitNameOf(word));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->GetUnit(request), PrintUnit);
}

// What `list` takes.
struct Listing {
  std::string memory;
  UnitFilterWords filter;
};

absl::Status List(Session& session, const Listing& listing) {
  v1::ListUnitsRequest request;
  SILD_TRY(*request.mutable_parent(), MemoryNameOf(listing.memory));
  SILD_TRY(*request.mutable_filter(), ParseUnitFilter(listing.filter));
  const auto items = [](const v1::ListUnitsResponse& page) { return page.units(); };
  return ListAll(session, &client::Client::ListUnits, request, items,
                 [&session](const v1::ListUnitsResponse& page) {
                   for (const v1::TranslationUnit& unit : page.units()) {
                     PrintUnit(session.out(), unit);
                   }
                 });
}

// What `delete` and `purge` take.
struct Removal {
  std::string name;
  std::string etag;
  bool force = false;
};

absl::Status Delete(Session& session, const Removal& removal) {
  v1::DeleteUnitRequest request;
  SILD_TRY(*request.mutable_name(), UnitNameOf(removal.name));
  request.set_etag(removal.etag);
  SILD_TRY(client::Client* const client, session.Connect());
  return ShowDone(session, client->DeleteUnit(request), "deleted " + request.name());
}

absl::Status Purge(Session& session, const Removal& removal) {
  v1::PurgeUnitRequest request;
  SILD_TRY(*request.mutable_name(), UnitNameOf(removal.name));
  request.set_etag(removal.etag);
  if (!removal.force) {
    return UsageError("a purged unit cannot be brought back; to purge it add --force");
  }
  SILD_TRY(client::Client* const client, session.Connect());
  return ShowDone(session, client->PurgeUnit(request), "purged " + request.name());
}

void AddRemovals(CLI::App& unit, Action& chosen) {
  const auto deleted = std::make_shared<Removal>();
  CLI::App* const remove =
      AddCommand(unit, chosen, "delete", "Deletes a unit; 'unit restore' brings it back",
                 "  sild unit delete news/u1",
                 [deleted](Session& session) { return Delete(session, *deleted); });
  AddArgument(*remove, "NAME", deleted->name, "The unit, such as news/u1");
  remove->add_option("--etag", deleted->etag,
                     "Deletes nothing if the stored etag is another, such as --etag \"$ETAG\"");

  const auto purged = std::make_shared<Removal>();
  CLI::App* const purge =
      AddCommand(unit, chosen, "purge", "Erases a unit for good, also from history",
                 "  sild unit purge news/u1 --force",
                 [purged](Session& session) { return Purge(session, *purged); });
  AddArgument(*purge, "NAME", purged->name, "The unit, such as news/u1");
  purge->add_flag("--force", purged->force,
                  "Says that you mean it, such as sild unit purge news/u1 --force");
  purge->add_option("--etag", purged->etag,
                    "Purges nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace

void AddUnitCommands(CLI::App& app, Action& chosen) {
  CLI::App& unit = *AddGroup(app, "unit", "Keeps the units of a memory");
  AddUnitWrites(unit, chosen);

  const auto got = std::make_shared<std::string>();
  CLI::App* const get = AddCommand(unit, chosen, "get", "Shows a unit", "  sild unit get news/u1",
                                   [got](Session& session) { return Get(session, *got); });
  AddArgument(*get, "NAME", *got, "The unit, such as news/u1 or memories/news/units/u1");

  const auto listing = std::make_shared<Listing>();
  CLI::App* const list = AddCommand(
      unit, chosen, "list", "Lists the units of a memory by name",
      "  sild unit list news\n  sild unit list news --language lt --updated-since 2024-05-01",
      [listing](Session& session) { return List(session, *listing); });
  AddArgument(*list, "MEMORY", listing->memory, "The memory, such as news");
  AddUnitFilter(*list, listing->filter);

  AddUnitEdit(unit, chosen);
  AddRemovals(unit, chosen);
  AddUnitHistory(unit, chosen);
}

}  // namespace sild::cli
