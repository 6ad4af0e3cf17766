#pragma once

#include <string>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <absl/status/statusor.h>
#include <google/protobuf/map.h>

namespace sild::cli {

// What stands before and after the first `=` of an argument, in the order typed.
using Pairs = std::vector<std::pair<std::string, std::string>>;

// Parses arguments such as `en="Hello"` or `client=acme`. Fails with a usage error that shows
// `form` if one has no `=` or nothing before it.
absl::StatusOr<Pairs> ParsePairs(const std::vector<std::string>& arguments, std::string_view form);

// As `ParsePairs` for `LANG="TEXT"`, where a language may stand only once.
absl::StatusOr<Pairs> ParseTexts(const std::vector<std::string>& arguments);

// Puts `KEY=VALUE` arguments into a map of labels; one without a value takes its key out.
absl::Status ApplyLabels(const std::vector<std::string>& arguments,
                         google::protobuf::Map<std::string, std::string>& labels);

}  // namespace sild::cli
