#include "client/cli/editor.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

#include "client/cli/errors.h"
#include "client/cli/json_output.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// Makes a file that only its owner can read, with `text` in it, and returns its path.
absl::StatusOr<std::string> MakeFile(const std::string& text) {
  std::error_code error;
  std::filesystem::path directory = std::filesystem::temp_directory_path(error);
  std::string path = (directory / "sild-XXXXXX.json").string();
  const int descriptor = mkstemps(path.data(), 5);  // 5: the length of `.json`.
  if (descriptor < 0) {
    return UsageError(fmt::format("cannot make a file in {}; set TMPDIR", directory.string()));
  }
  close(descriptor);
  std::ofstream(path) << text;
  return path;
}

std::string EditorName() {
  for (const char* variable : {"VISUAL", "EDITOR"}) {
    if (const char* name = std::getenv(variable); name != nullptr && *name != '\0') {
      return name;
    }
  }
  return "vi";
}

std::string ContentOf(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path).rdbuf();
  return content.str();
}

}  // namespace

absl::StatusOr<bool> EditMessage(Session& session, google::protobuf::Message& message,
                                 std::string_view hint) {
  if (!session.console().in_is_terminal || !session.console().out_is_terminal) {
    return UsageError(fmt::format("nothing to change; {}", hint));
  }
  const std::string before = ToEditableJson(message);
  SILD_TRY(const std::string path, MakeFile(before));
  // The path is of our making and needs no quotes; the editor may have arguments of its own.
  const int ended = std::system((EditorName() + " " + path).c_str());
  const std::string after = ContentOf(path);
  if (ended != 0) {
    return UsageError(fmt::format("the editor failed; your text is in {}", path));
  }
  if (after != before) {
    if (const absl::Status parsed = FromJson(after, message); !parsed.ok()) {
      return UsageError(fmt::format("{}; your text is in {}", std::string(parsed.message()), path));
    }
  }
  std::error_code ignored;
  std::filesystem::remove(path, ignored);
  return after != before;
}

}  // namespace sild::cli
