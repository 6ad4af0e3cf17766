#include "client/cli/options.h"

#include <utility>

namespace sild::cli {

CLI::App* AddCommand(CLI::App& parent, Action& chosen, const std::string& name,
                     const std::string& description, const std::string& examples, Action action) {
  CLI::App* command = parent.add_subcommand(name, description);
  command->footer(
      "Examples:\n" + examples +
      "\n\nEvery command takes --server, --json, --color, --timeout and --user too; see sild "
      "--help");
  command->callback([&chosen, action = std::move(action)] { chosen = action; });
  return command;
}

CLI::App* AddGroup(CLI::App& parent, const std::string& name, const std::string& description) {
  CLI::App* group = parent.add_subcommand(name, description);
  group->require_subcommand(1);
  group->footer("'sild " + name + " COMMAND --help' tells more about a command.");
  return group;
}

CLI::Option* AddRepeated(CLI::App& command, const std::string& name,
                         std::vector<std::string>& values, const std::string& description) {
  return command.add_option(name, values, description)->take_all()->allow_extra_args(false);
}

CLI::Option* AddArgument(CLI::App& command, const std::string& name, std::string& value,
                         const std::string& description) {
  return command.add_option(name, value, description)->required()->type_name("");
}

CLI::Option* AddArguments(CLI::App& command, const std::string& name,
                          std::vector<std::string>& values, const std::string& description) {
  return command.add_option(name, values, description)->type_name("");
}

}  // namespace sild::cli
