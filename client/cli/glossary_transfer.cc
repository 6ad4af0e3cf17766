#include <memory>

#include "client/cli/commands.h"
#include "client/cli/concept_files.h"
#include "client/cli/export_file.h"
#include "client/cli/import_files.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/pairs.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `import` takes.
struct Import {
  std::string name;
  std::vector<std::string> files;
  bool is_dry_run = false;
  bool is_all_or_nothing = false;
  std::vector<std::string> languages;
  ConceptFileWords file;
  std::string policy = "merge";
};

absl::Status RunImport(Session& session, const Import& import) {
  v1::ImportConceptsRequest::Config config;
  SILD_TRY(*config.mutable_parent(), GlossaryNameOf(import.name));
  config.set_source_language_code(import.file.from);
  config.set_target_language_code(import.file.to);
  config.set_merge_policy(ValueFor<v1::ConceptMergePolicy>(import.policy));
  config.set_validate_only(import.is_dry_run);
  config.set_all_or_nothing(import.is_all_or_nothing);
  SILD_TRY(const Pairs languages, ParsePairs(import.languages, "FROM=TO, such as EN-US=en"));
  config.mutable_language_map()->insert(languages.begin(), languages.end());
  SILD_TRY(std::vector<OpenFile> files, OpenFiles(import.files, session.console()));
  SILD_TRY(client::Client* const client, session.Connect());
  return ImportAll<v1::ImportConceptsResponse>(
      session, std::move(files), "concepts", import.is_dry_run,
      [&](const std::string& name, client::ByteSource& file, client::OnConceptImport on_progress) {
        config.set_format(FormatOf(import.file, name));
        return client->ImportConcepts(config, file, on_progress);
      });
}

// What `export` takes.
struct Export {
  std::string name;
  std::string output;
  ConceptFileWords file;
};

absl::Status RunExport(Session& session, const Export& words) {
  v1::ExportConceptsRequest request;
  SILD_TRY(*request.mutable_parent(), GlossaryNameOf(words.name));
  SILD_TRY(const v1::ConceptFormat format, WrittenFormatOf(words.file, words.output));
  request.set_format(format);
  request.set_source_language_code(words.file.from);
  request.set_target_language_code(words.file.to);
  SILD_TRY(client::Client* const client, session.Connect());
  using OnProgress = absl::FunctionRef<void(const v1::ExportConceptsResponse&)>;
  return ExportTo<v1::ExportConceptsResponse>(
      session, words.output, "concepts",
      [&](std::ostream& out, OnProgress on_progress) {
        return client->ExportConcepts(request, out, on_progress);
      },
      [](const v1::ExportConceptsResponse& response) { return response.concept_count(); });
}

}  // namespace

void AddGlossaryImport(CLI::App& glossary, Action& chosen) {
  const auto import = std::make_shared<Import>();
  CLI::App& command =
      *AddCommand(glossary, chosen, "import",
                  "Fills a glossary from TBX, CSV, TSV, OmegaT, UTX or MultiTerm files, also .gz",
                  "  sild glossary import politics eu.tbx nato.tbx\n"
                  "  sild glossary import politics terms.csv --dry-run\n"
                  "  sild glossary import politics omegat.txt --from en --to et",
                  [import](Session& session) { return RunImport(session, *import); });
  AddArgument(command, "NAME", import->name, "The glossary, such as politics");
  AddArguments(command, "FILE", import->files, "The files, such as eu.tbx; - is standard input")
      ->required();
  command.add_flag("--dry-run", import->is_dry_run,
                   "Says what would be done and stores nothing, such as sild glossary import "
                   "politics eu.tbx --dry-run");
  command.add_flag("--all-or-nothing", import->is_all_or_nothing,
                   "Stores nothing of a file if any concept of it is left out, such as sild "
                   "glossary import politics eu.tbx --all-or-nothing");
  AddConceptFileOptions(command, import->file);
  AddChoice<v1::ConceptMergePolicy>(
      command, "--merge", import->policy,
      "What to do with a concept whose id is stored: merge puts in what the file says and keeps "
      "the "
      "rest, replace makes it what the file says, keep leaves it; such as --merge keep");
  AddRepeated(command, "--language-map", import->languages,
              "Stores a language of the file under another code; may be repeated, such as "
              "--language-map EN-US=en");
}

void AddGlossaryExport(CLI::App& glossary, Action& chosen) {
  const auto words = std::make_shared<Export>();
  CLI::App& command =
      *AddCommand(glossary, chosen, "export",
                  "Writes the concepts of a glossary as TBX, CSV, TSV, OmegaT glossary or UTX",
                  "  sild glossary export politics -o politics.tbx\n"
                  "  sild glossary export politics -o politics.csv\n"
                  "  sild glossary export politics -o politics.txt --from en --to et",
                  [words](Session& session) { return RunExport(session, *words); });
  AddArgument(command, "NAME", words->name, "The glossary, such as politics");
  command
      .add_option("-o,--output", words->output,
                  "The file to write (default: standard output), such as -o politics.tbx")
      ->type_name("FILE");
  AddConceptFileOptions(command, words->file);
}

}  // namespace sild::cli
