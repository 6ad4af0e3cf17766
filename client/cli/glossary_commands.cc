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
struct GlossaryFields {
  std::string name;
  std::optional<std::string> display_name;
  std::vector<std::string> labels;
  std::string etag;
};

void AddFields(CLI::App& command, GlossaryFields& fields) {
  AddArgument(command, "NAME", fields.name, "The glossary, such as politics");
  command.add_option("--display-name", fields.display_name,
                     "The name that people see (\"\": none), such as --display-name "
                     "\"Politics\"");
  AddRepeated(command, "--label", fields.labels,
              "A facet KEY=VALUE to filter on (no VALUE: takes it away); may be repeated, such as "
              "--label client=acme");
}

// Puts the fields that were given into `glossary`, and their names into `mask`.
absl::Status Apply(const GlossaryFields& fields, v1::Glossary& glossary,
                   google::protobuf::FieldMask& mask) {
  if (fields.display_name.has_value()) {
    glossary.set_display_name(*fields.display_name);
    mask.add_paths("display_name");
  }
  if (!fields.labels.empty()) {
    SILD_CHECK_OK(ApplyLabels(fields.labels, *glossary.mutable_labels()));
    mask.add_paths("labels");
  }
  return absl::OkStatus();
}

absl::Status Create(Session& session, const GlossaryFields& fields) {
  SILD_TRY(const std::string name, GlossaryNameOf(fields.name));
  v1::CreateGlossaryRequest request;
  request.set_glossary_id(IdOf(name));
  google::protobuf::FieldMask unused;
  SILD_CHECK_OK(Apply(fields, *request.mutable_glossary(), unused));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->CreateGlossary(request), PrintGlossary);
}

absl::Status Update(Session& session, const GlossaryFields& fields) {
  v1::GetGlossaryRequest get;
  SILD_TRY(*get.mutable_name(), GlossaryNameOf(fields.name));
  SILD_TRY(client::Client* const client, session.Connect());
  SILD_TRY(v1::Glossary glossary, client->GetGlossary(get));
  v1::UpdateGlossaryRequest request;
  SILD_CHECK_OK(Apply(fields, glossary, *request.mutable_update_mask()));
  if (request.update_mask().paths().empty()) {
    return UsageError("nothing to change; give --display-name or --label");
  }
  if (!fields.etag.empty()) {
    glossary.set_etag(fields.etag);
  }
  *request.mutable_glossary() = glossary;
  return Show(session, client->UpdateGlossary(request), PrintGlossary);
}

absl::Status List(Session& session) {
  const auto items = [](const v1::ListGlossariesResponse& page) { return page.glossaries(); };
  return ListAll(
      session, &client::Client::ListGlossaries, v1::ListGlossariesRequest(), items,
      [&session](const v1::ListGlossariesResponse& page) {
        Table table;
        for (const v1::Glossary& glossary : page.glossaries()) {
          std::string languages;
          for (const std::string& code : glossary.language_codes()) {
            languages += (languages.empty() ? "" : " ") + code;
          }
          table.Add({{glossary.name(), Style::kHeading},
                     {std::to_string(glossary.concept_count()) + " concepts", Style::kPlain, true},
                     {languages, Style::kLanguage},
                     {glossary.display_name(), Style::kQuiet}});
        }
        table.PrintTo(session.out());
      });
}

absl::Status ShowOne(Session& session, const std::string& word) {
  v1::GetGlossaryRequest request;
  SILD_TRY(*request.mutable_name(), GlossaryNameOf(word));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->GetGlossary(request), PrintGlossary);
}

// What `delete` takes.
struct Deletion {
  std::string name;
  std::string etag;
  bool force = false;
};

absl::Status Delete(Session& session, const Deletion& deletion) {
  v1::DeleteGlossaryRequest request;
  SILD_TRY(*request.mutable_name(), GlossaryNameOf(deletion.name));
  request.set_etag(deletion.etag);
  request.set_force(deletion.force);
  SILD_TRY(client::Client* const client, session.Connect());
  const absl::Status status = client->DeleteGlossary(request);
  if (absl::IsFailedPrecondition(status) && !deletion.force) {
    return {status.code(),
            std::string(status.message()) + "; to delete its concepts too add --force"};
  }
  return ShowDone(session, status, "deleted " + request.name());
}

void AddWrites(CLI::App& glossary, Action& chosen) {
  const auto created = std::make_shared<GlossaryFields>();
  AddFields(*AddCommand(glossary, chosen, "create", "Creates an empty glossary",
                        "  sild glossary create politics --display-name \"Politics\"",
                        [created](Session& session) { return Create(session, *created); }),
            *created);
  const auto updated = std::make_shared<GlossaryFields>();
  CLI::App* const update =
      AddCommand(glossary, chosen, "update", "Changes the fields of a glossary that are given",
                 "  sild glossary update politics --label client=acme",
                 [updated](Session& session) { return Update(session, *updated); });
  AddFields(*update, *updated);
  update->add_option("--etag", updated->etag,
                     "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace

void AddGlossaryCommands(CLI::App& app, Action& chosen) {
  CLI::App& glossary = *AddGroup(app, "glossary", "Keeps glossaries");
  AddWrites(glossary, chosen);
  AddCommand(glossary, chosen, "list", "Lists the glossaries by name", "  sild glossary list",
             List);

  const auto shown = std::make_shared<std::string>();
  CLI::App* const show =
      AddCommand(glossary, chosen, "show", "Shows a glossary", "  sild glossary show politics",
                 [shown](Session& session) { return ShowOne(session, *shown); });
  AddArgument(*show, "NAME", *shown, "The glossary, such as politics");

  const auto deletion = std::make_shared<Deletion>();
  CLI::App* const remove =
      AddCommand(glossary, chosen, "delete", "Deletes a glossary",
                 "  sild glossary delete politics\n  sild glossary delete politics --force",
                 [deletion](Session& session) { return Delete(session, *deletion); });
  AddArgument(*remove, "NAME", deletion->name, "The glossary, such as politics");
  remove->add_flag("--force", deletion->force,
                   "Deletes the concepts too, such as sild glossary delete politics --force");
  remove->add_option("--etag", deletion->etag,
                     "Deletes nothing if the stored etag is another, such as --etag \"$ETAG\"");
  AddGlossaryImport(glossary, chosen);
  AddGlossaryExport(glossary, chosen);
}

}  // namespace sild::cli
