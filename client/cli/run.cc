#include "client/cli/run.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "client/cli/command_line.h"
#include "client/cli/display_text.h"
#include "client/cli/field_options.h"
#include "client/cli/session.h"
#include "client/cli/utf8.h"

namespace sild::cli {
namespace {

// The command that was parsed last, and the app if there is none.
const CLI::App& LastCommand(const CLI::App& app) {
  const CLI::App* last = &app;
  while (!last->get_subcommands().empty()) {
    last = last->get_subcommands().front();
  }
  return *last;
}

// The name of a command with those that it belongs to: `sild memory import`.
std::string FullName(const CLI::App& command) {
  const CLI::App* const parent = command.get_parent();
  return (parent == nullptr ? "" : FullName(*parent) + " ") + command.get_name();
}

// How many letters must be put in, taken out or replaced to make `b` of `a`. Names of commands are
// ASCII.
std::size_t LettersApart(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

// What is wrong if a word stands where the last command of `app` wants a command: its name and what
// may be meant. If an option comes first, a word may be its value, so the option is named. Empty if
// no word is there.
std::string UnknownWord(const CLI::App& app) {
  const CLI::App& group = LastCommand(app);
  const std::vector<const CLI::App*> commands =
      group.get_subcommands([](const CLI::App*) { return true; });
  const std::vector<std::string> words = app.remaining(true);
  if (commands.empty() || words.empty()) {
    return "";
  }
  const std::string& word = words.front();
  if (word.starts_with('-')) {
    return fmt::format("{} has no option {}", FullName(group), word.substr(0, word.find('=')));
  }
  constexpr std::size_t kMostApart = 2;
  const auto nearest =
      std::min_element(commands.begin(), commands.end(), [&](const auto* a, const auto* b) {
        return LettersApart(word, a->get_name()) < LettersApart(word, b->get_name());
      });
  std::string told = fmt::format("there is no command \"{} {}\"", FullName(group), word);
  if (LettersApart(word, (*nearest)->get_name()) <= kMostApart) {
    told += fmt::format(", perhaps \"{}\" is meant", (*nearest)->get_name());
  }
  return told;
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
    const CLI::App& last = LastCommand(command_line.app);
    const std::string unknown = UnknownWord(command_line.app);
    console.err << "sild: " << Visible(unknown.empty() ? error.what() : unknown) << "; see "
                << FullName(last) << " --help\n";
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
    session.Warn(WithOptionName(DescribeError(status), &LastCommand(command_line->app)));
  }
  return ExitCodeOf(status);
}

}  // namespace sild::cli
