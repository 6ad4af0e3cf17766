#include <array>
#include <memory>
#include <string_view>

#include "client/cli/commands.h"
#include "client/cli/export_file.h"
#include "client/cli/file_ending.h"
#include "client/cli/import_files.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/pairs.h"
#include "client/cli/unit_filter.h"

namespace sild::cli {
namespace {

// What `import` takes.
struct Import {
  std::string name;
  std::vector<std::string> files;
  bool is_dry_run = false;
  bool is_all_or_nothing = false;
  std::vector<std::string> labels;
  std::vector<std::string> languages;
  std::string policy;
};

absl::StatusOr<v1::ImportUnitsRequest::Config> ConfigOf(const Import& import) {
  v1::ImportUnitsRequest::Config config;
  SILD_TRY(*config.mutable_parent(), MemoryNameOf(import.name));
  config.set_format(v1::UNIT_FORMAT_TMX);
  config.set_validate_only(import.is_dry_run);
  config.set_all_or_nothing(import.is_all_or_nothing);
  config.set_write_policy(ValueFor<v1::WritePolicy>(import.policy));
  SILD_CHECK_OK(ApplyLabels(import.labels, *config.mutable_labels()));
  SILD_TRY(const Pairs languages, ParsePairs(import.languages, "FROM=TO, such as EN-US=en"));
  config.mutable_language_map()->insert(languages.begin(), languages.end());
  return config;
}

absl::Status RunImport(Session& session, const Import& import) {
  SILD_TRY(const v1::ImportUnitsRequest::Config config, ConfigOf(import));
  SILD_TRY(std::vector<OpenFile> files, OpenFiles(import.files, session.console()));
  SILD_TRY(client::Client* const client, session.Connect());
  return ImportAll<v1::ImportUnitsResponse>(
      session, std::move(files), "units", import.is_dry_run,
      [&](const std::string& /*name*/, client::ByteSource& file, client::OnUnitImport on_progress) {
        return client->ImportUnits(config, file, on_progress);
      });
}

// What files that memories are written to end in.
constexpr std::array<std::string_view, 1> kEndings = {".tmx"};

// What `export` takes.
struct Export {
  std::string name;
  std::string output;
  std::string format;
  UnitFilterWords filter;
};

absl::Status RunExport(Session& session, const Export& words) {
  v1::ExportUnitsRequest request;
  SILD_TRY(*request.mutable_parent(), MemoryNameOf(words.name));
  if (words.format.empty()) {
    SILD_CHECK_OK(CheckWrittenEnding(words.output, kEndings, "memories",
                                     "they are TMX, which ends in .tmx; to write it all the same "
                                     "add --format tmx"));
  }
  request.set_format(v1::UNIT_FORMAT_TMX);
  SILD_TRY(*request.mutable_filter(), ParseUnitFilter(words.filter));
  SILD_TRY(client::Client* const client, session.Connect());
  using OnProgress = absl::FunctionRef<void(const v1::ExportUnitsResponse&)>;
  return ExportTo<v1::ExportUnitsResponse>(
      session, words.output, "units",
      [&](std::ostream& out, OnProgress on_progress) {
        return client->ExportUnits(request, out, on_progress);
      },
      [](const v1::ExportUnitsResponse& response) { return response.unit_count(); });
}

}  // namespace

void AddMemoryImport(CLI::App& memory, Action& chosen) {
  const auto import = std::make_shared<Import>();
  CLI::App& command =
      *AddCommand(memory, chosen, "import", "Fills a memory from TMX files, also .tmx.gz",
                  "  sild memory import news old.tmx new.tmx.gz\n"
                  "  sild memory import news old.tmx --dry-run\n"
                  "  zcat dump.gz | sild memory import news - --label project=2024",
                  [import](Session& session) { return RunImport(session, *import); });
  AddArgument(command, "NAME", import->name, "The memory, such as news");
  AddArguments(command, "FILE", import->files, "The files, such as old.tmx; - is standard input")
      ->required();
  command.add_flag("--dry-run", import->is_dry_run,
                   "Says what would be done and stores nothing, such as sild memory import news "
                   "old.tmx --dry-run");
  command.add_flag("--all-or-nothing", import->is_all_or_nothing,
                   "Stores nothing of a file if any unit of it is left out, such as sild memory "
                   "import news old.tmx --all-or-nothing");
  AddRepeated(command, "--label", import->labels,
              "A label KEY=VALUE for every unit; may be repeated, such as --label client=acme");
  AddRepeated(command, "--language-map", import->languages,
              "Stores a language of the file under another code; may be repeated, such as "
              "--language-map EN-US=en");
  AddChoice<v1::WritePolicy>(command, "--policy", import->policy,
                             "What to do with units of the same source (default: as the memory "
                             "says), such as --policy keep-newest");
}

void AddMemoryExport(CLI::App& memory, Action& chosen) {
  const auto words = std::make_shared<Export>();
  CLI::App& command = *AddCommand(memory, chosen, "export", "Writes the units of a memory as TMX",
                                  "  sild memory export news -o news.tmx\n"
                                  "  sild memory export news --language et | gzip > news.tmx.gz",
                                  [words](Session& session) { return RunExport(session, *words); });
  AddArgument(command, "NAME", words->name, "The memory, such as news");
  command
      .add_option("-o,--output", words->output,
                  "The file to write (default: standard output), such as -o news.tmx")
      ->type_name("FILE");
  command
      .add_option(
          "--format", words->format,
          "The format (default: by the file's ending, tmx without one), such as --format tmx")
      ->type_name("WORD")
      ->check(CLI::IsMember({"tmx"}));
  AddUnitFilter(command, words->filter);
}

}  // namespace sild::cli
