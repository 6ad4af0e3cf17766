#include <memory>
#include <optional>

#include "client/cli/commands.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/pairs.h"
#include "client/cli/resource_output.h"
#include "client/cli/table.h"

namespace sild::cli {
namespace {

// What `create` and `update` take. Absent: not given; empty: the field is to be cleared.
struct MemoryFields {
  std::string name;
  std::optional<std::string> display_name;
  std::optional<std::string> source;
  std::string policy;
  std::vector<std::string> labels;
  std::string etag;
};

void AddFields(CLI::App& command, MemoryFields& fields) {
  AddArgument(command, "NAME", fields.name, "The memory, such as news or memories/news");
  command.add_option("--display-name", fields.display_name,
                     "The name that people see (\"\": none), such as --display-name \"Foreign "
                     "news\"");
  command.add_option("--source", fields.source,
                     "The usual source language (\"\": none), such as --source en");
  AddChoice<v1::WritePolicy>(
      command, "--policy", fields.policy,
      "What imports and confirmed segments do to units with the same source: "
      "keep-all adds what is not the same; overwrite-same-context replaces "
      "the translation where neighbours, document and context id are the "
      "same; keep-newest where the new one is newer; keep-reviewed too, but "
      "never a reviewed one by one of lower status; such as --policy "
      "keep-reviewed");
  AddRepeated(command, "--label", fields.labels,
              "A facet KEY=VALUE to filter on (no VALUE: takes it away); may be repeated, such as "
              "--label client=acme");
}

// Puts the fields that were given into `memory`, and their names into `mask`.
absl::Status Apply(const MemoryFields& fields, v1::Memory& memory,
                   google::protobuf::FieldMask& mask) {
  if (fields.display_name.has_value()) {
    memory.set_display_name(*fields.display_name);
    mask.add_paths("display_name");
  }
  if (fields.source.has_value()) {
    memory.set_source_language_code(*fields.source);
    mask.add_paths("source_language_code");
  }
  if (!fields.policy.empty()) {
    memory.set_write_policy(ValueFor<v1::WritePolicy>(fields.policy));
    mask.add_paths("write_policy");
  }
  if (!fields.labels.empty()) {
    SILD_CHECK_OK(ApplyLabels(fields.labels, *memory.mutable_labels()));
    mask.add_paths("labels");
  }
  return absl::OkStatus();
}

absl::Status Create(Session& session, const MemoryFields& fields) {
  SILD_TRY(const std::string name, MemoryNameOf(fields.name));
  v1::CreateMemoryRequest request;
  request.set_memory_id(IdOf(name));
  google::protobuf::FieldMask unused;
  SILD_CHECK_OK(Apply(fields, *request.mutable_memory(), unused));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->CreateMemory(request), PrintMemory);
}

absl::Status Update(Session& session, const MemoryFields& fields) {
  SILD_TRY(const std::string name, MemoryNameOf(fields.name));
  SILD_TRY(client::Client* const client, session.Connect());
  v1::GetMemoryRequest get;
  get.set_name(name);
  SILD_TRY(v1::Memory memory, client->GetMemory(get));
  v1::UpdateMemoryRequest request;
  SILD_CHECK_OK(Apply(fields, memory, *request.mutable_update_mask()));
  if (request.update_mask().paths().empty()) {
    return UsageError("nothing to change; give --display-name, --source, --policy or --label");
  }
  if (!fields.etag.empty()) {
    memory.set_etag(fields.etag);
  }
  *request.mutable_memory() = memory;
  return Show(session, client->UpdateMemory(request), PrintMemory);
}

absl::Status List(Session& session) {
  const auto items = [](const v1::ListMemoriesResponse& page) { return page.memories(); };
  return ListAll(
      session, &client::Client::ListMemories, v1::ListMemoriesRequest(), items,
      [&session](const v1::ListMemoriesResponse& page) {
        Table table;
        for (const v1::Memory& memory : page.memories()) {
          std::string languages;
          for (const std::string& code : memory.language_codes()) {
            languages += (languages.empty() ? "" : " ") + code;
          }
          table.Add({{memory.name(), Style::kHeading},
                     {std::to_string(memory.unit_count()) + " units", Style::kPlain, true},
                     {languages, Style::kLanguage},
                     {memory.display_name(), Style::kQuiet}});
        }
        table.PrintTo(session.out());
      });
}

absl::Status ShowOne(Session& session, const std::string& word) {
  v1::GetMemoryRequest request;
  SILD_TRY(*request.mutable_name(), MemoryNameOf(word));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->GetMemory(request), PrintMemory);
}

// What `delete` takes.
struct Deletion {
  std::string name;
  std::string etag;
  bool force = false;
};

absl::Status Delete(Session& session, const Deletion& deletion) {
  v1::DeleteMemoryRequest request;
  SILD_TRY(*request.mutable_name(), MemoryNameOf(deletion.name));
  request.set_etag(deletion.etag);
  request.set_force(deletion.force);
  SILD_TRY(client::Client* const client, session.Connect());
  const absl::Status status = client->DeleteMemory(request);
  if (absl::IsFailedPrecondition(status) && !deletion.force) {
    return {status.code(), std::string(status.message()) + "; to delete its units too add --force"};
  }
  return ShowDone(session, status, "deleted " + request.name());
}

void AddWrites(CLI::App& memory, Action& chosen) {
  const auto created = std::make_shared<MemoryFields>();
  AddFields(*AddCommand(memory, chosen, "create", "Creates an empty memory",
                        "  sild memory create news --display-name \"Foreign news\" --source en\n"
                        "  sild memory create legal --policy keep-reviewed --label client=acme",
                        [created](Session& session) { return Create(session, *created); }),
            *created);
  const auto updated = std::make_shared<MemoryFields>();
  CLI::App* const update =
      AddCommand(memory, chosen, "update", "Changes the fields of a memory that are given",
                 "  sild memory update news --display-name \"World news\"\n"
                 "  sild memory update news --source \"\" --label client=acme --label draft=",
                 [updated](Session& session) { return Update(session, *updated); });
  AddFields(*update, *updated);
  update->add_option("--etag", updated->etag,
                     "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace

void AddMemoryCommands(CLI::App& app, Action& chosen) {
  CLI::App& memory = *AddGroup(app, "memory", "Keeps translation memories");
  AddWrites(memory, chosen);
  AddCommand(memory, chosen, "list", "Lists the memories by name", "  sild memory list", List);

  const auto shown = std::make_shared<std::string>();
  CLI::App* const show =
      AddCommand(memory, chosen, "show", "Shows a memory", "  sild memory show news",
                 [shown](Session& session) { return ShowOne(session, *shown); });
  AddArgument(*show, "NAME", *shown, "The memory, such as news");

  const auto deletion = std::make_shared<Deletion>();
  CLI::App* const remove =
      AddCommand(memory, chosen, "delete", "Deletes a memory",
                 "  sild memory delete news\n  sild memory delete news --force",
                 [deletion](Session& session) { return Delete(session, *deletion); });
  AddArgument(*remove, "NAME", deletion->name, "The memory, such as news");
  remove->add_flag("--force", deletion->force,
                   "Deletes the units too, such as sild memory delete news --force");
  remove->add_option("--etag", deletion->etag,
                     "Deletes nothing if the stored etag is another, such as --etag \"$ETAG\"");
  AddMemoryImport(memory, chosen);
  AddMemoryExport(memory, chosen);
}

}  // namespace sild::cli
