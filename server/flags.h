#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace sild {

// What the command line and the environment tell `sildd`.
struct Flags {
  std::filesystem::path data = "sild-data";
  std::vector<std::string> listen = {"127.0.0.1:7450"};
  std::filesystem::path port_file;  // Empty: `port` in the data directory.
  int threads = 0;                  // 0: two for each processor.
  std::size_t max_waiting = 1'000;
  std::size_t block_cache_mib = 128;
  std::size_t index_memory_mib = 1024;
  std::size_t look_alike_memory_mib = 32;
  std::vector<std::filesystem::path> dictionaries = {"/usr/share/hunspell"};
  int grace_seconds = 10;
  std::string log_level = "info";
  std::string log_format = "text";
};

// Reads the command line. Prints help, version or what is wrong, and ends the process, where that
// is what the command line asks for.
Flags ParseFlags(int argc, char** argv);

}  // namespace sild
