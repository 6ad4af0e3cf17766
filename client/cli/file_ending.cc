#include "client/cli/file_ending.h"

#include <algorithm>
#include <filesystem>

#include <absl/strings/ascii.h>
#include <fmt/format.h>

#include "client/cli/display_text.h"
#include "client/cli/errors.h"

namespace sild::cli {

std::string EndingOf(const std::string& path) {
  return absl::AsciiStrToLower(std::filesystem::path(path).extension().string());
}

std::string UnpackedEndingOf(const std::string& path) {
  const std::string ending = EndingOf(path);
  return ending == ".gz" ? EndingOf(path.substr(0, path.size() - ending.size())) : ending;
}

absl::Status CheckWrittenEnding(const std::string& path, std::span<const std::string_view> endings,
                                std::string_view items, std::string_view advice) {
  const std::string ending = EndingOf(path);
  if (ending.empty() || std::find(endings.begin(), endings.end(), ending) != endings.end()) {
    return absl::OkStatus();
  }
  return UsageError(fmt::format("{} are not written to files that end in {}; {}", items,
                                Visible(ending), advice));
}

}  // namespace sild::cli
