#include "client/cli/run.h"

#include <memory>
#include <optional>

#include "client/cli/command_line.h"
#include "client/cli/display_text.h"
#include "client/cli/session.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

// The command that was parsed, as far as it was: `sild memory import`.
std::string ParsedCommand(const CLI::App& app) {
  std::string command = app.get_name();
  for (const CLI::App* next = &app; !next->get_subcommands().empty();) {
    next = next->get_subcommands().front();
    command += " " + next->get_name();
  }
  return command;
}

// Parses `arguments`. Returns what to end with if there is nothing to do then: help was asked for,
// or they are wrong.
std::optional<ExitCode> Parse(CommandLine& command_line, const std::vector<std::string>& arguments,
                              Console& console) {
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());  // As CLI11 wants it.
  // CLI11 says by exceptions what stops a parse; they end here.
  try {
    command_line.app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) {  // Help or version.
      command_line.app.exit(error, console.out, console.err);
      return ExitCode::kDone;
    }
    console.err << "sild: " << Visible(error.what()) << "; see " << ParsedCommand(command_line.app)
                << " --help\n";
    return ExitCode::kUsage;
  }
  return std::nullopt;
}

}  // namespace

ExitCode Run(const std::vector<std::string>& arguments, Console& console) {
  UseUtf8Locale();
  for (const std::string& argument : arguments) {
    if (!IsUtf8(argument)) {
      console.err << "sild: the argument \"" << Visible(argument) << "\" is not valid UTF-8\n";
      return ExitCode::kUsage;
    }
  }
  const std::unique_ptr<CommandLine> command_line = MakeCommandLine();
  if (const std::optional<ExitCode> ended = Parse(*command_line, arguments, console)) {
    return *ended;
  }
  Session session(console, command_line->options);
  const absl::Status status = command_line->chosen(session);
  if (!session.out().Flush()) {
    session.Warn("cannot write the output; is there room left?");
    return ExitCode::kRefused;
  }
  if (!status.ok()) {
    session.Warn(DescribeError(status));
  }
  return ExitCodeOf(status);
}

}  // namespace sild::cli
