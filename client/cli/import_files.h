#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <absl/status/status.h>
#include <google/protobuf/repeated_ptr_field.h>

#include "client/cli/errors.h"
#include "client/cli/progress_line.h"
#include "client/cli/session.h"
#include "client/cli/try.h"
#include "include/sild/byte_source.h"
#include "include/sild/transfer.h"

namespace sild::cli {

// What became of the units or concepts of one file.
struct ImportCounts {
  std::int64_t created = 0;
  std::int64_t updated = 0;
  std::int64_t unchanged = 0;
  std::int64_t failed = 0;
  std::int64_t issues = 0;

  std::int64_t all() const { return created + updated + unchanged + failed; }
};

template <typename Response>
ImportCounts CountsOf(const Response& response) {
  return {response.created_count(), response.updated_count(), response.unchanged_count(),
          response.failed_count(), response.issue_count()};
}

// The line that sums a file up: `a.tmx: 12 units created, 3 updated, 1 unchanged, 0 failed`.
std::string ImportSummary(const std::string& file, const ImportCounts& counts,
                          std::string_view item_name, bool is_dry_run);

// The line that shows an issue: `a.tmx:12: unit "x" left out: …`.
std::string IssueText(const std::string& file, const v1::ImportIssue& issue);

// A file to import.
struct OpenFile {
  std::string name;             // As typed; `standard input` for `-`.
  std::int64_t size_bytes = 0;  // 0: not known.
  std::unique_ptr<client::ByteSource> source;
};

// Opens all of `paths`, so that one that is wrong stops the import before it begins. `-` is the
// standard input of `console`.
absl::StatusOr<std::vector<OpenFile>> OpenFiles(const std::vector<std::string>& paths,
                                                const Console& console);

// What is shown and counted over all files of one command.
class ImportReport {
 public:
  ImportReport(Session& session, std::string item_name, bool is_dry_run)
      : session_(session), item_name_(std::move(item_name)), is_dry_run_(is_dry_run) {}

  // Shows what became of a file.
  void Add(const std::string& file, const ImportCounts& counts, int attempts,
           const google::protobuf::RepeatedPtrField<v1::ImportIssue>& issues);

  // Shows that a file, or the rest of it, was refused.
  void AddRefused(const std::string& file, const absl::Status& status);

  // An error if anything was not taken.
  absl::Status Conclude() const;

 private:
  Session& session_;
  const std::string item_name_;
  const bool is_dry_run_;
  std::int64_t failed_items_ = 0;
  int refused_files_ = 0;
};

// Imports files one after another. `import` sends one:
// `absl::StatusOr<client::ImportResult<Response>>(name, client::ByteSource&, on_progress)`.
template <typename Response, typename Import>
absl::Status ImportAll(Session& session, std::vector<OpenFile> files, const std::string& item_name,
                       bool is_dry_run, Import import) {
  ImportReport report(session, item_name, is_dry_run);
  for (OpenFile& file : files) {
    ProgressLine line(session.console().err, session.console().err_is_terminal);
    client::ImportResult<Response> last;
    const auto keep_and_draw = [&](const client::ImportProgress<Response>& progress) {
      last = {progress.totals, progress.attempt};
      line.Draw({.name = file.name,
                 .bytes = file.source->position_bytes(),
                 .all_bytes = file.size_bytes,
                 .items = CountsOf(progress.totals).all(),
                 .item_name = item_name});
    };
    const auto result = import(file.name, *file.source, keep_and_draw);
    line.Clear();
    if (!result.ok() && ExitCodeOf(result.status()) != ExitCode::kRefused) {
      return result.status();
    }
    const client::ImportResult<Response>& known = result.ok() ? *result : last;
    const ImportCounts counts = CountsOf(known.totals);
    if (result.ok() || counts.all() + counts.issues > 0) {
      if (session.is_json()) {
        session.PrintJson(known.totals);
      }
      report.Add(file.name, counts, known.attempts, known.totals.issues());
    }
    if (!result.ok()) {
      report.AddRefused(file.name, result.status());
    }
  }
  return report.Conclude();
}

}  // namespace sild::cli
