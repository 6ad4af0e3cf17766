#include <memory>

#include "client/cli/commands.h"
#include "client/cli/editor.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/unit_texts.h"

namespace sild::cli {
namespace {

// What `edit` takes.
struct Edit {
  std::string name;
  std::vector<std::string> texts;
  std::vector<std::string> removed_languages;
  std::string etag;
  bool drops_tags = false;
  UnitFacts facts;
};

// Makes the changes that were given in `unit` and puts the fields that they are in into `mask`.
absl::Status Apply(const Edit& edit, v1::TranslationUnit& unit, google::protobuf::FieldMask& mask) {
  SILD_TRY(const Pairs texts, ParseTexts(edit.texts));
  SILD_CHECK_OK(SetTexts(texts, edit.drops_tags, unit));
  SetTrust(edit.facts, texts, unit);
  for (const std::string& language : edit.removed_languages) {
    SILD_CHECK_OK(RemoveText(language, unit));
  }
  if (!texts.empty() || !edit.removed_languages.empty() || !edit.facts.status.empty() ||
      !edit.facts.origin.empty()) {
    mask.add_paths("variants");
  }
  if (!edit.facts.notes.empty()) {
    unit.mutable_notes()->Add(edit.facts.notes.begin(), edit.facts.notes.end());
    mask.add_paths("notes");
  }
  if (!edit.facts.labels.empty()) {
    SILD_CHECK_OK(ApplyLabels(edit.facts.labels, *unit.mutable_labels()));
    mask.add_paths("labels");
  }
  if (edit.facts.document.has_value()) {
    unit.set_document(*edit.facts.document);
    mask.add_paths("document");
  }
  if (edit.facts.context_id.has_value()) {
    unit.set_context_id(*edit.facts.context_id);
    mask.add_paths("context_id");
  }
  return absl::OkStatus();
}

absl::Status RunEdit(Session& session, const Edit& edit) {
  v1::GetUnitRequest get;
  SILD_TRY(*get.mutable_name(), UnitNameOf(edit.name));
  SILD_TRY(client::Client* const client, session.Connect());
  SILD_TRY(v1::TranslationUnit unit, client->GetUnit(get));
  // The etag of the unit as it was got stays, so that another's change in between is not undone.
  const std::string etag = edit.etag.empty() ? unit.etag() : edit.etag;
  v1::UpdateUnitRequest request;
  SILD_CHECK_OK(Apply(edit, unit, *request.mutable_update_mask()));
  if (request.update_mask().paths().empty()) {
    SILD_TRY(const bool has_changed,
             EditMessage(session, unit, "give LANG=\"TEXT\" or an option, such as --status"));
    if (!has_changed) {
      session.Warn("nothing changed");
      return absl::OkStatus();
    }
    request.mutable_update_mask()->add_paths("*");
  }
  unit.set_name(get.name());
  unit.set_etag(etag);
  *request.mutable_unit() = unit;
  return Show(session, client->UpdateUnit(request), PrintUnit);
}

}  // namespace

void AddUnitEdit(CLI::App& unit, Action& chosen) {
  const auto edit = std::make_shared<Edit>();
  CLI::App& command = *AddCommand(
      unit, chosen, "edit", "Changes a unit; with no change given opens it in $EDITOR, as JSON",
      "  sild unit edit news/u1 et=\"Tere hommikust!\" --status reviewed\n"
      "  sild unit edit news/u1 --label client=acme --remove lt\n  sild unit edit news/u1",
      [edit](Session& session) { return RunEdit(session, *edit); });
  AddArgument(command, "NAME", edit->name, "The unit, such as news/u1");
  AddArguments(command, "LANG=TEXT", edit->texts, "New texts, such as et=\"Tere\"");
  AddRepeated(command, "--remove", edit->removed_languages,
              "Takes the text in a language away; may be repeated, such as --remove lt");
  AddDropTags(command, edit->drops_tags);
  AddUnitFacts(command, edit->facts);
  command.add_option("--etag", edit->etag,
                     "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
}

}  // namespace sild::cli
