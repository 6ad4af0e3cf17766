#pragma once

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <ostream>
#include <string>
#include <string_view>

#include <absl/status/status.h>

#include "client/cli/progress_line.h"
#include "client/cli/session.h"

namespace sild::cli {

// A file that appears under its name only when it is whole: until then it is a new file beside it.
// What is no plain file, such as a device or a pipe, is written directly.
class OutputFile {
 public:
  // `path` may be a link: the file it leads to is replaced then, not the link. A file that is
  // replaced keeps its permissions. Fails with a usage error if the file cannot be made.
  static absl::StatusOr<OutputFile> Create(const std::string& path);

  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  OutputFile(OutputFile&&) noexcept = default;
  OutputFile& operator=(OutputFile&&) = delete;
  ~OutputFile();  // Takes away what was not finished.

  std::ostream& stream() { return stream_; }

  // Gives the file its name. Fails with `DataLoss` if it could not be written.
  absl::Status Finish();

 private:
  // Opens `part_path`, which gets the name `target`. The latter is empty: it has its name already.
  OutputFile(std::string path, std::string target, std::string part_path);

  std::string path_;  // As it was given.
  std::string target_;
  std::string part_path_;
  std::ofstream stream_;
};

// Whether `path` means standard output: it is empty, `-` or `/dev/stdout`.
bool IsStandardOutput(std::string_view path);

// Exports to `path`, or to standard output if it means that, and sums up what was written to a
// file. `write` does the work: `absl::StatusOr<Response>(std::ostream&,
// on_progress)`; `count` gives the number of items of a response.
template <typename Response, typename Write, typename Count>
absl::Status ExportTo(Session& session, const std::string& path, const std::string& item_name,
                      Write write, Count count) {
  if (IsStandardOutput(path)) {
    return write(session.console().out, [](const Response&) {}).status();
  }
  absl::StatusOr<OutputFile> file = OutputFile::Create(path);
  if (!file.ok()) {
    return file.status();
  }
  ProgressLine line(session.console().err, session.console().err_is_terminal);
  const auto draw = [&](const Response& response) {
    // -1: a pipe, which does not tell.
    const auto bytes = static_cast<std::int64_t>(file->stream().tellp());
    line.Draw({.name = path,
               .bytes = std::max<std::int64_t>(bytes, 0),
               .items = count(response),
               .item_name = item_name});
  };
  const absl::StatusOr<Response> response = write(file->stream(), draw);
  line.Clear();
  if (!response.ok()) {
    return response.status();
  }
  if (absl::Status finished = file->Finish(); !finished.ok()) {
    return finished;
  }
  if (session.is_json()) {
    session.PrintJson(*response);
  } else {
    session.out().Line(path + ": wrote " + std::to_string(count(*response)) + " " + item_name);
  }
  return absl::OkStatus();
}

}  // namespace sild::cli
