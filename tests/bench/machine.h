#pragma once

#include <fstream>
#include <string>
#include <thread>

#include <fmt/format.h>

namespace sild::bench {

// Names the processor, how many there are, and how busy they were in the last minute: figures of
// two machines, or of two loads, do not compare.
inline std::string MachineText() {
  std::string model = "unknown processor";
  std::ifstream processors("/proc/cpuinfo");
  for (std::string line; std::getline(processors, line);) {
    if (line.starts_with("model name")) {
      model = line.substr(line.find(':') + 2);
      break;
    }
  }
  double load = 0;
  std::ifstream("/proc/loadavg") >> load;
  return fmt::format("{}, {} processors, load {:.1f}", model, std::thread::hardware_concurrency(),
                     load);
}

}  // namespace sild::bench
