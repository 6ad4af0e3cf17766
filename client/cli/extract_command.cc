#include <array>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "client/cli/answer_lines.h"
#include "client/cli/commands.h"
#include "client/cli/display_text.h"
#include "client/cli/errors.h"
#include "client/cli/extract_output.h"
#include "client/cli/import_files.h"
#include "client/cli/json_output.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `extract` takes.
struct Extract {
  std::vector<std::string> files;
  std::string memory;
  std::string from;
  std::string to;
  std::vector<std::string> glossaries;
  bool is_new_only = false;
  std::optional<int> top;
  std::optional<int> minimum;
  bool is_table = false;
};

absl::StatusOr<std::string> ReadWhole(client::ByteSource& source) {
  std::string bytes;
  std::array<char, 65'536> buffer;
  while (true) {
    SILD_TRY(const std::size_t count, source.Read(buffer));
    if (count == 0) {
      return bytes;
    }
    bytes.append(buffer.data(), count);
  }
}

// Adds each line that is not blank as a segment.
absl::Status AddLines(const std::string& name, std::string_view bytes,
                      v1::ExtractTermsRequest::Text& text) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (bytes.starts_with(kByteOrderMark)) {
    bytes.remove_prefix(kByteOrderMark.size());
  }
  for (std::size_t number = 1; !bytes.empty(); ++number) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    std::string line(bytes.substr(0, end));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) {
      line.pop_back();
    }
    if (IsBlank(line)) {
      continue;
    }
    if (const absl::Status status = CheckLine({.text = line}); !status.ok()) {
      return UsageError(fmt::format("{}:{}: {}", Visible(name), number, DescribeError(status)));
    }
    text.add_segments()->set_text(std::move(line));
  }
  return absl::OkStatus();
}

absl::Status AddFiles(Session& session, std::vector<std::string> paths,
                      v1::ExtractTermsRequest::Text& text) {
  if (paths.empty()) {
    paths.emplace_back("-");
  }
  SILD_TRY(const std::vector<OpenFile> files, OpenFiles(paths, session.console()));
  for (const OpenFile& file : files) {
    SILD_TRY(const std::string bytes, ReadWhole(*file.source));
    SILD_CHECK_OK(AddLines(file.name, bytes, text));
  }
  return text.segments().empty() ? UsageError("there is no text in the input; give some lines")
                                 : absl::OkStatus();
}

absl::StatusOr<v1::ExtractTermsRequest> RequestOf(Session& session, const Extract& extract) {
  v1::ExtractTermsRequest request;
  if (extract.memory.empty()) {
    SILD_CHECK_OK(AddFiles(session, extract.files, *request.mutable_text()));
  } else if (!extract.files.empty()) {
    return UsageError("give files or -m MEMORY, not both");
  } else {
    SILD_TRY(*request.mutable_memory(), MemoryNameOf(extract.memory));
  }
  request.set_language_code(extract.from);
  request.set_target_language_code(extract.to);
  for (const std::string& word : extract.glossaries) {
    SILD_TRY(*request.add_known_glossaries(), GlossaryNameOf(word));
  }
  request.set_exclude_known(extract.is_new_only);
  // The API takes 0 for its default; a person who types it means something else.
  if (extract.top.value_or(1) < 1 || extract.minimum.value_or(1) < 1) {
    return UsageError("--top and --min take 1 or more");
  }
  request.set_max_candidates(extract.top.value_or(0));
  request.set_minimum_frequency(extract.minimum.value_or(0));
  return request;
}

absl::Status RunExtract(Session& session, const Extract& extract) {
  SILD_TRY(const v1::ExtractTermsRequest request, RequestOf(session, extract));
  SILD_TRY(client::Client* const client, session.Connect());
  if (extract.is_table && !session.is_json()) {
    session.out().Line(extract.to.empty() ? extract.from : extract.from + "\t" + extract.to);
  }
  std::int64_t shown = 0;
  v1::ExtractTermsResponse last;
  SILD_CHECK_OK(client->ExtractTerms(request, [&](const v1::ExtractTermsResponse& response) {
    for (const auto& candidate : response.candidates()) {
      session.out().Line(session.is_json()  ? ToJsonLine(candidate)
                         : extract.is_table ? CandidateRow(candidate, !extract.to.empty())
                                            : CandidateText(session.out(), candidate));
      ++shown;
    }
    last = response;
  }));
  session.Warn(fmt::format("{} of {} candidates; read {} segments with {} words", shown,
                           last.candidate_count(), last.segment_count(), last.word_count()));
  return absl::OkStatus();
}

}  // namespace

void AddExtractCommand(CLI::App& app, Action& chosen) {
  const auto extract = std::make_shared<Extract>();
  CLI::App& command =
      *AddCommand(app, chosen, "extract", "Proposes terms from a memory or from text, best first",
                  "  sild extract article.txt --from et\n"
                  "  sild extract -m news --from en --to lt -g politics --new --top 50\n"
                  "  sild extract -m news --from en --to lt --tsv > candidates.tsv",
                  [extract](Session& session) { return RunExtract(session, *extract); });
  AddArguments(command, "FILE", extract->files,
               "Text files, a segment a line (default: standard input), such as article.txt");
  command.add_option("-m,--memory", extract->memory, "A memory to read instead, such as -m news")
      ->type_name("NAME");
  command.add_option("--from", extract->from, "The language of the terms, such as --from en")
      ->required()
      ->type_name("LANG");
  command
      .add_option("--to", extract->to,
                  "Also proposes translations in this language; needs -m, such as --to et")
      ->type_name("LANG");
  AddRepeated(command, "-g,--glossary", extract->glossaries,
              "A glossary whose terms are marked; may be repeated, such as -g politics")
      ->type_name("NAME");
  command.add_flag("--new", extract->is_new_only,
                   "Leaves out what the glossaries have, such as sild extract … -g politics --new");
  command
      .add_option("--top", extract->top,
                  "At most this many candidates, 1 to 10,000 (default: 1,000), such as --top 50")
      ->type_name("COUNT");
  command
      .add_option("--min", extract->minimum,
                  "Leaves out what occurs less often (default: 2), such as --min 5")
      ->type_name("COUNT");
  command.add_flag(
      "--tsv", extract->is_table,
      "Prints a glossary with tabs, a column a language, such as sild extract … --tsv");
}

}  // namespace sild::cli
