#include <memory>

#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/enum_words.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/unit_texts.h"

namespace sild::cli {
namespace {

// What `add`, `set` and `confirm` take, each some of it.
struct Write {
  std::string name;
  std::vector<std::string> texts;
  std::string id;
  std::string etag;
  std::string policy;
  UnitFacts facts;
  NeighborWords neighbors;
  bool drops_tags = false;
};

constexpr char kTextsHelp[] = "The texts, such as en=\"Hello\" et=\"Tere\"";

absl::Status Add(Session& session, const Write& write) {
  v1::CreateUnitRequest request;
  SILD_TRY(*request.mutable_parent(), MemoryNameOf(write.name));
  SILD_TRY(const Pairs texts, ParseTexts(write.texts));
  request.set_unit_id(write.id);
  v1::TranslationUnit& unit = *request.mutable_unit();
  unit.set_source_language_code(texts.front().first);
  SILD_CHECK_OK(SetTexts(texts, false, unit));
  SetTrust(write.facts, {}, unit);
  if (write.neighbors.previous.has_value() || write.neighbors.next.has_value()) {
    SetNeighbors(write.neighbors, *unit.mutable_variants(0)->mutable_neighbors());
  }
  unit.mutable_notes()->Assign(write.facts.notes.begin(), write.facts.notes.end());
  SILD_CHECK_OK(ApplyLabels(write.facts.labels, *unit.mutable_labels()));
  unit.set_document(write.facts.document.value_or(""));
  unit.set_context_id(write.facts.context_id.value_or(""));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->CreateUnit(request), PrintUnit);
}

absl::Status Set(Session& session, const Write& write) {
  v1::SetVariantRequest request;
  SILD_TRY(*request.mutable_unit(), UnitNameOf(write.name));
  SILD_TRY(const Pairs texts, ParseTexts(write.texts));
  if (texts.size() != 1) {
    return UsageError("'unit set' takes one text; to change several at once use 'unit edit'");
  }
  request.set_etag(write.etag);
  SILD_TRY(client::Client* const client, session.Connect());
  v1::GetUnitRequest get;
  get.set_name(request.unit());
  SILD_TRY(v1::TranslationUnit stored, client->GetUnit(get));
  v1::TranslationUnit unit;
  if (const v1::Variant* const old = FindVariant(stored, texts.front().first); old != nullptr) {
    v1::Variant& variant = *unit.add_variants();
    variant.set_language_code(old->language_code());
    *variant.mutable_segment() = old->segment();
    // What was made of these tags, or of none, is of no use if another has changed them meanwhile.
    request.set_etag(write.etag.empty() ? stored.etag() : write.etag);
  }
  SILD_CHECK_OK(SetTexts(texts, write.drops_tags, unit));
  SetTrust(write.facts, {}, unit);
  *request.mutable_variant() = unit.variants(0);
  request.mutable_variant()->mutable_notes()->Assign(write.facts.notes.begin(),
                                                     write.facts.notes.end());
  return Show(session, client->SetVariant(request), PrintUnit);
}

// What became of a confirmed translation, in words. Where the policy kept another one, the server
// calls the unit unchanged too.
std::string OutcomeText(v1::ConfirmSegmentResponse response, const v1::Variant& confirmed) {
  const v1::Variant* const stored =
      FindVariant(*response.mutable_unit(), confirmed.language_code());
  if (response.outcome() != v1::ConfirmSegmentResponse::OUTCOME_UNCHANGED || stored == nullptr ||
      stored->segment().text() == confirmed.segment().text()) {
    return WordFor(response.outcome());
  }
  const bool is_reviewed = stored->status() == v1::Variant::STATUS_REVIEWED ||
                           stored->status() == v1::Variant::STATUS_APPROVED;
  return fmt::format("kept: a {} translation stands; yours was not stored",
                     is_reviewed ? "reviewed" : "newer");
}

absl::Status Confirm(Session& session, const Write& write) {
  v1::ConfirmSegmentRequest request;
  SILD_TRY(*request.mutable_parent(), MemoryNameOf(write.name));
  SILD_TRY(const Pairs texts, ParseTexts(write.texts));
  if (texts.size() != 2) {
    return UsageError("give the source and one translation, such as en=\"Hello\" et=\"Tere\"");
  }
  v1::TranslationUnit unit;
  unit.set_source_language_code(texts.front().first);
  SILD_CHECK_OK(SetTexts(texts, false, unit));
  SetTrust(write.facts, {}, unit);
  if (write.neighbors.previous.has_value() || write.neighbors.next.has_value()) {
    SetNeighbors(write.neighbors, *unit.mutable_variants(0)->mutable_neighbors());
  }
  *request.mutable_source() = unit.variants(0);
  *request.mutable_target() = unit.variants(1);
  request.mutable_target()->mutable_notes()->Assign(write.facts.notes.begin(),
                                                    write.facts.notes.end());
  request.set_document(write.facts.document.value_or(""));
  request.set_context_id(write.facts.context_id.value_or(""));
  request.set_write_policy(ValueFor<v1::WritePolicy>(write.policy));
  SILD_CHECK_OK(ApplyLabels(write.facts.labels, *request.mutable_labels()));
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->ConfirmSegment(request),
              [&](Printer& printer, const v1::ConfirmSegmentResponse& response) {
                printer.Line(OutcomeText(response, request.target()));
                PrintUnit(printer, response.unit());
              });
}

void AddSet(CLI::App& unit, Action& chosen) {
  const auto set = std::make_shared<Write>();
  CLI::App& command =
      *AddCommand(unit, chosen, "set", "Writes the text of a unit in one language",
                  "  sild unit set news/u1 et=\"Tere hommikust!\" --status reviewed",
                  [set](Session& session) { return Set(session, *set); });
  AddArgument(command, "NAME", set->name, "The unit, such as news/u1");
  AddArguments(command, "LANG=TEXT", set->texts, "The text, such as et=\"Tere\"")->required();
  AddChoice<v1::Variant::Status>(command, "--status", set->facts.status,
                                 "How far the text may be trusted, such as --status reviewed");
  AddChoice<v1::Variant::Origin>(command, "--origin", set->facts.origin,
                                 "Where the text came from, such as --origin machine");
  AddRepeated(command, "--note", set->facts.notes,
              "A remark on the text; may be repeated, such as --note \"checked by Mari\"");
  command.add_option("--etag", set->etag,
                     "Changes nothing if the stored etag is another, such as --etag \"$ETAG\"");
  AddDropTags(command, set->drops_tags);
}

}  // namespace

void AddUnitWrites(CLI::App& unit, Action& chosen) {
  const auto added = std::make_shared<Write>();
  CLI::App& add = *AddCommand(
      unit, chosen, "add", "Stores a new unit; the first language is the source",
      "  sild unit add news en=\"Good morning!\" et=\"Tere hommikust!\"\n"
      "  sild unit add news en=\"Yes\" lt=\"Taip\" --id yes --status approved --document ui.po",
      [added](Session& session) { return Add(session, *added); });
  AddArgument(add, "MEMORY", added->name, "The memory, such as news");
  AddArguments(add, "LANG=TEXT", added->texts, kTextsHelp)->required();
  add.add_option("--id", added->id,
                 "The last part of the name (default: the server chooses), such as --id u1");
  AddUnitFacts(add, added->facts);
  AddNeighbors(add, added->neighbors);

  AddSet(unit, chosen);

  const auto confirmed = std::make_shared<Write>();
  CLI::App& confirm = *AddCommand(
      unit, chosen, "confirm", "Stores what a translator confirmed, under the memory's policy",
      "  sild unit confirm news en=\"Good morning!\" et=\"Tere hommikust!\"",
      [confirmed](Session& session) { return Confirm(session, *confirmed); });
  AddArgument(confirm, "MEMORY", confirmed->name, "The memory, such as news");
  AddArguments(confirm, "LANG=TEXT", confirmed->texts, kTextsHelp)->required();
  AddUnitFacts(confirm, confirmed->facts);
  AddNeighbors(confirm, confirmed->neighbors);
  AddChoice<v1::WritePolicy>(confirm, "--policy", confirmed->policy,
                             "Another policy than the memory's, such as --policy keep-all");
}

}  // namespace sild::cli
