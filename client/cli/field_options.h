#pragma once

#include <string>

#include <CLI/CLI.hpp>

namespace sild::cli {

// Returns `message`, an error of the server, with the option of `command` in the place of the field
// of the request that it begins with, if an option fills that: `--from: is required`. Null stands
// for a command that has all of them.
std::string WithOptionName(const std::string& message, const CLI::App* command);

}  // namespace sild::cli
