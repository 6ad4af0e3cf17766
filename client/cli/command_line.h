#pragma once

#include <memory>

#include <CLI/CLI.hpp>

#include "client/cli/session.h"

namespace sild::cli {

// The parser of the whole command, and what parsing gives.
struct CommandLine {
  CLI::App app;
  GlobalOptions options;
  Action chosen;  // What the parsed command does. Empty before.
};

// Returns a parser that knows every command and option.
std::unique_ptr<CommandLine> MakeCommandLine();

}  // namespace sild::cli
