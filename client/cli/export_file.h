#pragma once

#include <cstdint>
#include <fstream>
#include <ostream>
#include <string>

#include <absl/status/status.h>

#include "client/cli/progress_line.h"
#include "client/cli/session.h"

namespace sild::cli {

// A file that appears under its name only when it is whole.
class OutputFile {
 public:
  // Fails with a usage error if the file cannot be made.
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
  OutputFile(std::string path, std::string part_path);

  std::string path_;
  std::string part_path_;
  std::ofstream stream_;
};

// Exports to `path`, or to standard output if it is empty or `-`, and sums up what was written to a
// file. `write` does the work: `absl::StatusOr<Response>(std::ostream&, on_progress)`; `count`
// gives the number of items of a response.
template <typename Response, typename Write, typename Count>
absl::Status ExportTo(Session& session, const std::string& path, const std::string& item_name,
                      Write write, Count count) {
  if (path.empty() || path == "-") {
    return write(session.console().out, [](const Response&) {}).status();
  }
  absl::StatusOr<OutputFile> file = OutputFile::Create(path);
  if (!file.ok()) {
    return file.status();
  }
  ProgressLine line(session.console().err, session.console().err_is_terminal);
  const auto draw = [&](const Response& response) {
    line.Draw({.name = path,
               .bytes = static_cast<std::int64_t>(file->stream().tellp()),
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
