#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "client/cli/check_output.h"
#include "client/cli/commands.h"
#include "client/cli/display_text.h"
#include "client/cli/errors.h"
#include "client/cli/field_options.h"
#include "client/cli/file_ending.h"
#include "client/cli/import_files.h"
#include "client/cli/line_pairs.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `check` takes.
struct CheckWords {
  std::vector<std::string> files;
  std::vector<std::string> glossaries;
  std::string from;
  std::string to;
  std::string translation;
  std::string format;
  std::string document;
  std::string fail_on = "error";
  std::string show = "warning";
};

constexpr std::string_view kNever = "never";

// The formats of files by what their names end in.
constexpr std::array<std::pair<std::string_view, v1::DocumentFormat>, 11> kEndings = {{
    {".xlf", v1::DOCUMENT_FORMAT_XLIFF},
    {".xliff", v1::DOCUMENT_FORMAT_XLIFF},
    {".sdlxliff", v1::DOCUMENT_FORMAT_XLIFF},
    {".mqxliff", v1::DOCUMENT_FORMAT_XLIFF},
    {".mxliff", v1::DOCUMENT_FORMAT_XLIFF},
    {".tmx", v1::DOCUMENT_FORMAT_TMX},
    {".po", v1::DOCUMENT_FORMAT_PO},
    {".pot", v1::DOCUMENT_FORMAT_PO},
    {".tsv", v1::DOCUMENT_FORMAT_TSV},
    {".tab", v1::DOCUMENT_FORMAT_TSV},
    {".txt", v1::DOCUMENT_FORMAT_TEXT},
}};

// The format that is asked for, else that of the file's name, else lines: of pairs if there is a
// language of sources.
v1::DocumentFormat FormatOf(const CheckWords& words, const std::string& path) {
  if (!words.format.empty()) {
    return ValueFor<v1::DocumentFormat>(words.format);
  }
  const std::string ending = UnpackedEndingOf(path);
  const auto found = std::find_if(kEndings.begin(), kEndings.end(),
                                  [&](const auto& known) { return ending == known.first; });
  if (found != kEndings.end()) {
    return found->second;
  }
  return words.from.empty() ? v1::DOCUMENT_FORMAT_TEXT : v1::DOCUMENT_FORMAT_TSV;
}

// A file to check, and how.
struct CheckedFile {
  std::string name;
  v1::CheckDocumentRequest::Config config;
  std::unique_ptr<client::ByteSource> bytes;
};

absl::StatusOr<std::vector<CheckedFile>> OpenAll(const CheckWords& words,
                                                 const v1::CheckDocumentRequest::Config& common,
                                                 const Console& console) {
  std::vector<std::string> paths = words.files;
  if (paths.empty()) {
    paths.emplace_back("-");
  }
  const bool has_translation = !words.translation.empty();
  if (has_translation && (paths.size() != 1 || words.from.empty() || !words.format.empty())) {
    return UsageError(
        "--translation goes with one FILE of plain text, its language in --from, and no --format");
  }
  if (has_translation) {
    paths.push_back(words.translation);
  }
  SILD_TRY(std::vector<OpenFile> files, OpenFiles(paths, console));
  std::vector<CheckedFile> checked;
  for (std::size_t i = 0; i < files.size(); ++i) {
    CheckedFile& file = checked.emplace_back();
    file.name = files[has_translation ? 1 : i].name;
    file.config = common;
    file.config.set_document(words.document.empty()
                                 ? std::filesystem::path(paths[i]).filename().string()
                                 : words.document);
    if (has_translation) {
      file.config.set_format(v1::DOCUMENT_FORMAT_TSV);
      file.bytes = std::make_unique<LinePairs>(std::move(files[0]), std::move(files[1]));
      break;
    }
    file.config.set_format(FormatOf(words, paths[i]));
    if (file.config.format() == v1::DOCUMENT_FORMAT_TEXT && !words.from.empty()) {
      return UsageError(fmt::format(
          "{} is plain text, which has no source; add its translation with --translation FILE, "
          "name a format with --format, or leave out --from",
          Visible(file.name)));
    }
    file.bytes = std::move(files[i].source);
  }
  return checked;
}

// Shows what checks of files find, and remembers whether it is enough to fail.
class CheckReport {
 public:
  CheckReport(Session& session, const CheckWords& words)
      : session_(session),
        lowest_shown_(ValueFor<v1::TermFinding::Severity>(words.show)),
        lowest_failing_(ValueFor<v1::TermFinding::Severity>(words.fail_on)) {}

  void Add(const std::string& file, v1::TermFinding finding) {
    if (lowest_failing_ != 0 && finding.severity() >= lowest_failing_ &&
        finding.exception().empty()) {
      ++failing_count_;
    }
    if (session_.is_json()) {
      if (finding.place().document().empty()) {
        finding.mutable_place()->set_document(file);
      }
      session_.PrintJson(finding);
    } else if (finding.severity() >= lowest_shown_) {
      session_.out().Line(FindingText(session_.out(), file, finding));
    }
  }

  void AddTotals(const std::string& file, const v1::CheckDocumentResponse& last) {
    for (const v1::ImportIssue& issue : last.issues()) {
      session_.Warn(IssueText(file, issue));
      is_all_checked_ = is_all_checked_ && !issue.dropped();
    }
    if (last.issue_count() > last.issues_size()) {
      session_.Warn(fmt::format("{}: and {} more issues", Visible(file),
                                last.issue_count() - last.issues_size()));
    }
    if (!session_.is_json()) {
      session_.out().Line(CheckSummary(file, last.counts()));
    }
  }

  void AddRefused(const std::string& file, const absl::Status& status) {
    is_all_checked_ = false;
    session_.Warn(
        fmt::format("{}: {}", Visible(file), WithOptionName(DescribeError(status), nullptr)));
  }

  // Findings come before what could not be read: that was told where it happened.
  absl::Status Conclude(const std::string& fail_on) const {
    if (failing_count_ > 0) {
      return FindingsError(fmt::format("{} {} of severity {}{}{}", failing_count_,
                                       failing_count_ == 1 ? "finding" : "findings", fail_on,
                                       fail_on == "error" ? "" : " or worse",
                                       is_all_checked_ ? "" : "; not everything could be checked"));
    }
    return is_all_checked_
               ? absl::OkStatus()
               : absl::FailedPreconditionError("not everything could be checked; see above");
  }

 private:
  Session& session_;
  const v1::TermFinding::Severity lowest_shown_;
  const v1::TermFinding::Severity lowest_failing_;  // Unspecified: never.
  std::int64_t failing_count_ = 0;
  bool is_all_checked_ = true;  // No file, and no part of one, was left out.
};

absl::Status RunCheck(Session& session, const CheckWords& words) {
  v1::CheckDocumentRequest::Config common;
  for (const std::string& word : words.glossaries) {
    SILD_TRY(*common.add_glossaries(), GlossaryNameOf(word));
  }
  common.set_source_language_code(words.from);
  common.set_target_language_code(words.to);
  SILD_TRY(std::vector<CheckedFile> files, OpenAll(words, common, session.console()));
  SILD_TRY(client::Client* const client, session.Connect());
  CheckReport report(session, words);
  for (CheckedFile& file : files) {
    const absl::StatusOr<v1::CheckDocumentResponse> last = client->CheckDocument(
        file.config, *file.bytes, [&](const v1::CheckDocumentResponse& answer) {
          for (const v1::TermFinding& finding : answer.findings()) {
            report.Add(file.name, finding);
          }
        });
    if (last.ok()) {
      report.AddTotals(file.name, *last);
    } else if (ExitCodeOf(last.status()) == ExitCode::kRefused) {
      report.AddRefused(file.name, last.status());
    } else {
      return last.status();
    }
  }
  return report.Conclude(words.fail_on);
}

void AddCheckOptions(CLI::App& command, CheckWords& words) {
  AddRepeated(command, "-g,--glossary", words.glossaries,
              "A glossary; may be repeated, the first wins, such as -g politics -g people")
      ->required()
      ->type_name("NAME");
  command
      .add_option("--from", words.from,
                  "The language of the sources (default: there are none, and the texts are only "
                  "checked for terms not to use), such as --from en")
      ->type_name("LANG");
  command.add_option("--to", words.to, "The language of the translations, such as --to et")
      ->required()
      ->type_name("LANG");
  command
      .add_option(
          "--translation", words.translation,
          "The translation of a plain text FILE, line by line, such as --translation et.txt")
      ->type_name("FILE");
  AddChoice<v1::DocumentFormat>(command, "--format", words.format,
                                "The format of the files (default: by their names), such as "
                                "--format xliff");
  command.add_option("--document", words.document,
                     "What exceptions call the document (default: the name of the file), such as "
                     "--document op-ed-17");
  std::vector<std::string> severities = WordsOf<v1::TermFinding::Severity>();
  AddChoice<v1::TermFinding::Severity>(command, "--show", words.show,
                                       "The least severity to show (default: warning), such as "
                                       "--show info");
  severities.emplace_back(kNever);
  command
      .add_option("--fail-on", words.fail_on,
                  "Ends with 4 if there is a finding of this severity or a worse one, also when "
                  "something else could not be read, or never (default: error), such as --fail-on "
                  "warning")
      ->type_name("WORD")
      ->check(CLI::IsMember(severities));
}

}  // namespace

void AddCheckCommand(CLI::App& app, Action& chosen) {
  const auto words = std::make_shared<CheckWords>();
  CLI::App& command = *AddCommand(
      app, chosen, "check", "Checks translations, or a text, against the terms of glossaries",
      "  sild check -g politics --from en --to et article.xlf\n"
      "  sild check -g politics --from en --to lt en.txt --translation lt.txt\n"
      "  sild check -g politics --to ru article.txt\n"
      "  sild --json check -g politics --from en --to et --fail-on never news.po",
      [words](Session& session) { return RunCheck(session, *words); });
  AddArguments(command, "FILE", words->files,
               "XLIFF, TMX, PO, TSV or text (default: standard input), such as article.xlf");
  AddCheckOptions(command, *words);
}

}  // namespace sild::cli
