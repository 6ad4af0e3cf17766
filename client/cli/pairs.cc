#include "client/cli/pairs.h"

#include <set>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "client/cli/errors.h"
#include "client/cli/try.h"

namespace sild::cli {

absl::StatusOr<Pairs> ParsePairs(const std::vector<std::string>& arguments, std::string_view form) {
  Pairs pairs;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos || equals == 0) {
      return UsageError(fmt::format("\"{}\" is not {}", argument, form));
    }
    pairs.emplace_back(argument.substr(0, equals), argument.substr(equals + 1));
  }
  return pairs;
}

absl::StatusOr<Pairs> ParseTexts(const std::vector<std::string>& arguments) {
  SILD_TRY(Pairs pairs, ParsePairs(arguments, "LANG=\"TEXT\", such as en=\"Hello\""));
  std::set<std::string> languages;
  for (const auto& [language, text] : pairs) {
    if (!languages.insert(absl::AsciiStrToLower(language)).second) {
      return UsageError(fmt::format(
          "{} stands twice; a unit has one text a language: add another unit", language));
    }
  }
  return pairs;
}

absl::Status ApplyLabels(const std::vector<std::string>& arguments,
                         google::protobuf::Map<std::string, std::string>& labels) {
  SILD_TRY(const Pairs pairs, ParsePairs(arguments, "KEY=VALUE, such as client=acme"));
  for (const auto& [key, value] : pairs) {
    if (value.empty()) {
      labels.erase(key);
    } else {
      labels[key] = value;
    }
  }
  return absl::OkStatus();
}

}  // namespace sild::cli
