#pragma once

#include <string>
#include <vector>

#include "client/cli/console.h"
#include "client/cli/errors.h"

namespace sild::cli {

// Runs `sild` with `arguments` (without the program's name) and returns what it ends with.
ExitCode Run(const std::vector<std::string>& arguments, Console& console);

}  // namespace sild::cli
