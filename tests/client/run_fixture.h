#pragma once

#include <cstdio>
#include <sstream>
#include <string>
#include <vector>

#include "client/cli/run.h"
#include "tests/client/fake_server.h"

namespace sild::test {

// What one run of `sild` did.
struct RunResult {
  cli::ExitCode code;
  std::string out;
  std::string err;
};

// Runs `sild` in this process with `input` on its standard input, off a terminal.
inline RunResult RunSild(const std::vector<std::string>& arguments, const std::string& input = "") {
  FILE* const file = tmpfile();
  fwrite(input.data(), 1, input.size(), file);
  rewind(file);
  std::ostringstream out;
  std::ostringstream err;
  cli::Console console{.input_descriptor = fileno(file), .out = out, .err = err};
  const cli::ExitCode code = cli::Run(arguments, console);
  fclose(file);
  return {code, out.str(), err.str()};
}

// Runs `sild` against `server`.
inline RunResult RunSild(const FakeServer& server, std::vector<std::string> arguments,
                         const std::string& input = "") {
  arguments.insert(arguments.begin(), {"--server", server.address(), "--user", "mari"});
  return RunSild(arguments, input);
}

}  // namespace sild::test
