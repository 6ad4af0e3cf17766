#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "client/cli/enum_words.h"
#include "client/cli/session.h"

namespace sild::cli {

// What all commands are built with.

// Adds a command to `parent` that does `action`: `chosen` holds it once the command is parsed.
// `examples` are shown under its help, one a line.
CLI::App* AddCommand(CLI::App& parent, Action& chosen, const std::string& name,
                     const std::string& description, const std::string& examples, Action action);

// Adds a command that only holds others, one of which must follow it.
CLI::App* AddGroup(CLI::App& parent, const std::string& name, const std::string& description);

// Adds an option that may be given again and takes one value each time.
CLI::Option* AddRepeated(CLI::App& command, const std::string& name,
                         std::vector<std::string>& values, const std::string& description);

// Adds a required argument.
CLI::Option* AddArgument(CLI::App& command, const std::string& name, std::string& value,
                         const std::string& description);

// Adds arguments of which there may be none.
CLI::Option* AddArguments(CLI::App& command, const std::string& name,
                          std::vector<std::string>& values, const std::string& description);

// Adds an option that takes one of the words of `Enum`; `WordFor` tells them.
template <typename Enum>
CLI::Option* AddChoice(CLI::App& command, const std::string& name, std::string& word,
                       const std::string& description) {
  return command.add_option(name, word, description)
      ->type_name("WORD")
      ->check(CLI::IsMember(WordsOf<Enum>()));
}

}  // namespace sild::cli
