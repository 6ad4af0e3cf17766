#pragma once

#include <ostream>

namespace sild::cli {

// What the command talks to: the process's own streams, or a test's.
struct Console {
  int input_descriptor;
  std::ostream& out;
  std::ostream& err;
  bool in_is_terminal = false;
  bool out_is_terminal = false;
  bool err_is_terminal = false;
};

}  // namespace sild::cli
