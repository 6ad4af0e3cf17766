#include "client/cli/import_files.h"

#include <filesystem>
#include <system_error>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include "client/cli/display_text.h"
#include "client/cli/field_options.h"

namespace sild::cli {

std::string ImportSummary(const std::string& file, const ImportCounts& counts,
                          std::string_view item_name, bool is_dry_run) {
  const std::string_view form =
      is_dry_run ? "{}: would create {} {}, update {}, leave {} unchanged, fail on {}"
                 : "{}: created {} {}, updated {}, unchanged {}, failed {}";
  std::string text = fmt::format(fmt::runtime(form), Visible(file), counts.created, item_name,
                                 counts.updated, counts.unchanged, counts.failed);
  if (counts.issues > 0) {
    text += fmt::format("; {} {}", counts.issues, counts.issues == 1 ? "issue" : "issues");
  }
  return text;
}

std::string IssueText(const std::string& file, const v1::ImportIssue& issue) {
  const std::string place =
      issue.line() > 0 ? fmt::format("{}:{}", Visible(file), issue.line()) : Visible(file);
  const std::string unit =
      issue.unit_id().empty() ? "" : fmt::format(" (\"{}\")", Visible(issue.unit_id()));
  return fmt::format("{}: {}{}{}", place, issue.dropped() ? "left out: " : "",
                     Visible(issue.message()), unit);
}

absl::StatusOr<std::vector<OpenFile>> OpenFiles(const std::vector<std::string>& paths,
                                                const Console& console) {
  std::vector<OpenFile> files;
  for (const std::string& path : paths) {
    const bool is_input = path == "-";
    OpenFile file{.name = is_input ? "standard input" : path, .source = nullptr};
    absl::StatusOr<std::unique_ptr<client::ByteSource>> source =
        is_input ? client::OpenSource(dup(console.input_descriptor), file.name)
                 : client::OpenSource(path);
    if (!source.ok()) {
      return AsUsageError(source.status());
    }
    file.source = *std::move(source);
    std::error_code error;
    const std::uintmax_t size = is_input ? 0 : std::filesystem::file_size(path, error);
    file.size_bytes = error ? 0 : static_cast<std::int64_t>(size);
    files.push_back(std::move(file));
  }
  return files;
}

void ImportReport::Add(const std::string& file, const ImportCounts& counts, int attempts,
                       const google::protobuf::RepeatedPtrField<v1::ImportIssue>& issues) {
  failed_items_ += counts.failed;
  for (const v1::ImportIssue& issue : issues) {
    session_.Warn(IssueText(file, issue));
  }
  if (counts.issues > issues.size()) {
    session_.Warn(
        fmt::format("{}: and {} more issues", Visible(file), counts.issues - issues.size()));
  }
  if (attempts > 1) {
    session_.Warn(fmt::format(
        "{}: the connection broke and the file was sent {} times; what was stored before counts as "
        "unchanged",
        Visible(file), attempts));
  }
  if (!session_.is_json()) {
    session_.out().Line(ImportSummary(file, counts, item_name_, is_dry_run_));
  }
}

void ImportReport::AddRefused(const std::string& file, const absl::Status& status) {
  ++refused_files_;
  session_.Warn(
      fmt::format("{}: {}", Visible(file), WithOptionName(DescribeError(status), nullptr)));
}

absl::Status ImportReport::Conclude() const {
  if (failed_items_ == 0 && refused_files_ == 0) {
    return absl::OkStatus();
  }
  std::vector<std::string> failures;
  if (failed_items_ > 0) {
    failures.push_back(fmt::format("{} {} could not be stored", failed_items_, item_name_));
  }
  if (refused_files_ > 0) {
    failures.push_back(fmt::format("{} {} refused", refused_files_,
                                   refused_files_ == 1 ? "file was" : "files were"));
  }
  return absl::FailedPreconditionError(fmt::format("{}; see above", fmt::join(failures, " and ")));
}

}  // namespace sild::cli
