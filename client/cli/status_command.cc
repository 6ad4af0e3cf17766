#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/display_text.h"
#include "client/cli/listing.h"
#include "client/cli/options.h"
#include "client/cli/table.h"
#include "client/cli/time_text.h"

namespace sild::cli {
namespace {

std::string Megabytes(std::int64_t bytes) {
  return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

void PrintStats(Printer& printer, const v1::Stats& stats) {
  printer.Line(printer.Styled(Style::kHeading, "sildd ") + Visible(stats.version()) + ", up " +
               TextOf(stats.uptime()));
  Table table;
  const auto add = [&table](const std::string& what, const std::string& value) {
    table.Add({{what, Style::kQuiet}, {value, Style::kPlain, true}});
  };
  add("memories", std::to_string(stats.memory_count()));
  add("units", std::to_string(stats.unit_count()));
  add("glossaries", std::to_string(stats.glossary_count()));
  add("concepts", std::to_string(stats.concept_count()));
  add("revision", std::to_string(stats.revision()));
  add("on disk", Megabytes(stats.disk_bytes()));
  add("in memory", Megabytes(stats.memory_bytes()));
  table.PrintTo(printer, 2);
}

}  // namespace

void AddStatusCommand(CLI::App& app, Action& chosen) {
  AddCommand(app, chosen, "status", "Tells whether the server runs, and what it holds",
             "  sild status\n  sild --json status", [](Session& session) -> absl::Status {
               SILD_TRY(client::Client* const client, session.Connect());
               return Show(session, client->GetStats({}), PrintStats);
             });
}

}  // namespace sild::cli
