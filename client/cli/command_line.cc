#include "client/cli/command_line.h"

#include <map>
#include <string>

#include "client/cli/commands.h"

namespace sild::cli {
namespace {

constexpr char kDescription[] =
    "Asks and fills a Sild server, which keeps translation memories and glossaries.\n"
    "Output is for people, or with --json for programs.";

constexpr char kFooter[] =
    "'sild COMMAND --help' tells more about a command, the man page sild(1) about all.\n"
    "For completion in bash: source <(sild completion bash); zsh and fish have it too.\n"
    "Ends with 0: done, 1: the server said no, 2: wrong usage, 3: no server reached,\n"
    "4: a check has found something, whatever else was odd.";

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  app.add_option("--server", options.server,
                 "The server, such as --server tm.example.org:7450 or --server unix:/run/sild.sock")
      ->envname("SILD_SERVER")
      ->type_name("ADDRESS")
      ->capture_default_str();
  app.add_flag("--json", options.is_json,
               "Prints proto3 JSON, one object a line, such as sild --json memory list");
  static const std::map<std::string, ColorMode> modes = {
      {"auto", ColorMode::kAuto}, {"always", ColorMode::kAlways}, {"never", ColorMode::kNever}};
  app.add_option("--color", options.color,
                 "Colours the output: auto (on a terminal, unless NO_COLOR is set), always or "
                 "never, such as --color never")
      ->type_name("WHEN")
      ->transform(CLI::CheckedTransformer(modes).description(""));
  app.add_option("--timeout", options.timeout_seconds,
                 "The longest that one call to the server may take, such as --timeout 2.5")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 1e6).description(""));
  app.add_option("--user", options.user,
                 "The name to record with changes (default: the login name), such as --user mari")
      ->type_name("NAME");
}

}  // namespace

std::unique_ptr<CommandLine> MakeCommandLine() {
  auto command_line = std::make_unique<CommandLine>();
  CLI::App& app = command_line->app;
  app.name("sild");
  app.description(kDescription);
  app.footer(kFooter);
  app.fallthrough();  // Commands inherit it: `--json` may stand after them too.
  app.set_help_flag("-h,--help", "Prints this help and exits, such as sild lookup --help");
  app.set_version_flag("--version", std::string("sild ") + SILD_VERSION,
                       "Prints the version and exits, such as sild --version");
  app.get_formatter()->column_width(34);
  app.require_subcommand(1);
  AddGlobalOptions(app, command_line->options);
  Action& chosen = command_line->chosen;
  AddStatusCommand(app, chosen);
  AddMemoryCommands(app, chosen);
  AddUnitCommands(app, chosen);
  AddLookupCommand(app, chosen);
  AddConcordanceCommand(app, chosen);
  AddGlossaryCommands(app, chosen);
  AddConceptCommands(app, chosen);
  AddTermsCommand(app, chosen);
  AddTermCommands(app, chosen);
  AddCheckCommand(app, chosen);
  AddExceptionCommands(app, chosen);
  AddExtractCommand(app, chosen);
  AddWatchCommand(app, chosen);
  AddCompletionCommand(app, chosen);
  return command_line;
}

}  // namespace sild::cli
