#include "client/cli/field_options.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

namespace sild::cli {
namespace {

// The fields of requests that options fill, as errors of the server begin with them.
constexpr std::array<std::pair<std::string_view, const char*>, 7> kFields = {
    {{"source_language_code", "--from"},
     {"target_language_code", "--to"},
     {"language_code", "--lang"},
     {"glossaries", "--glossary"},
     {"memories", "-m"},
     {"document", "--document"},
     {"note", "--note"}}};

}  // namespace

std::string WithOptionName(const std::string& error, const CLI::App* command) {
  constexpr std::string_view kConfig = "config.";
  const std::string message = error.substr(error.starts_with(kConfig) ? kConfig.size() : 0);
  const std::size_t end = message.find(':');
  if (end == std::string::npos) {
    return message;
  }
  const std::string_view field =
      std::string_view(message).substr(0, std::min(end, message.find('[')));
  for (const auto& [name, option] : kFields) {
    if (field == name && (command == nullptr || command->get_option_no_throw(option) != nullptr)) {
      return option + message.substr(end);
    }
  }
  return message;
}

}  // namespace sild::cli
