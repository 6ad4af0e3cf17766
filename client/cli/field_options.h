#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace sild::cli {

// Returns `error`, a message of the server, with the option of `command` in the place of the field
// of the request that it begins with, if an option fills that: `--from: is required`. That a field
// is one of a stream's `config` is left out. Null stands for a command that has all options.
std::string WithOptionName(const std::string& error, const CLI::App* command);

}  // namespace sild::cli
