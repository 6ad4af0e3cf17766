#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <absl/status/statusor.h>

#include "sild/v1/memory_service.pb.h"

namespace sild::cli {

// The options that select units, as typed.
struct UnitFilterWords {
  std::vector<std::string> languages;
  std::vector<std::string> labels;
  std::vector<std::string> origins;
  std::string document;
  std::string updater;
  std::string updated_since;
  std::string updated_before;
  std::string minimum_status;
};

// Adds the options to `command`. `words` must live as long as the command.
void AddUnitFilter(CLI::App& command, UnitFilterWords& words);

// Returns the filter that the options mean. Fails with a usage error.
absl::StatusOr<v1::UnitFilter> ParseUnitFilter(const UnitFilterWords& words);

}  // namespace sild::cli
