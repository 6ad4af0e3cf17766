// The command `sild`.

#include <iostream>
#include <string>
#include <vector>

#include <unistd.h>

#include "client/cli/run.h"

int main(int argc, char** argv) {
  std::ios::sync_with_stdio(false);
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  sild::cli::Console console{.input_descriptor = STDIN_FILENO,
                             .out = std::cout,
                             .err = std::cerr,
                             .in_is_terminal = isatty(STDIN_FILENO) == 1,
                             .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                             .err_is_terminal = isatty(STDERR_FILENO) == 1};
  return static_cast<int>(sild::cli::Run(arguments, console));
}
