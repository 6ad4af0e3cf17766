#include <map>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/commands.h"
#include "client/cli/display_text.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

using Forms = google::protobuf::RepeatedPtrField<v1::Form>;

// What the commands take.
struct TermWords {
  std::string name;
  std::string language;
  std::string text;
};

// `banned` behind a form that is, so that nobody takes it for found.
std::string FormText(const Printer& printer, const v1::Form& form) {
  const std::string text = Visible(form.text());
  return form.banned() ? printer.Styled(Style::kBad, text + " (banned)") : text;
}

// The forms of the whole term, and for each of its words a line of those of the word.
void PrintForms(Printer& printer, const Forms& forms) {
  std::map<int, std::vector<std::string>> words;  // By `word_index`; -1 for the whole term.
  for (const v1::Form& form : forms) {
    words[form.has_word_index() ? form.word_index() : -1].push_back(FormText(printer, form));
  }
  for (const auto& [word, texts] : words) {
    const std::string label = word < 0 ? "whole" : fmt::format("word {}", word + 1);
    printer.Line(
        fmt::format("  {}  {}", printer.Styled(Style::kQuiet, label), fmt::join(texts, ", ")));
  }
}

// Says if a word has too many forms for all of them to be made.
void WarnIfTruncated(Session& session, bool is_truncated) {
  if (is_truncated) {
    session.Warn("a word has too many forms; of those not listed none is found unless it is added");
  }
}

// Calls `visit` with each term of a concept, of one language unless that is empty.
absl::Status ForEachTerm(
    client::Client& client, const std::string& name, const std::string& language,
    absl::FunctionRef<absl::Status(const v1::LanguageSection&, const v1::Term&)> visit) {
  v1::GetConceptRequest request;
  request.set_name(name);
  SILD_TRY(const v1::Concept entry, client.GetConcept(request));
  bool is_found = false;
  for (const v1::LanguageSection& section : entry.sections()) {
    if (!language.empty() && section.language_code() != language) {
      continue;
    }
    is_found = true;
    for (const v1::Term& term : section.terms()) {
      SILD_CHECK_OK(visit(section, term));
    }
  }
  return is_found ? absl::OkStatus()
                  : UsageError(fmt::format("the concept has no terms in {}", language));
}

void PrintHeading(Printer& printer, const v1::LanguageSection& section, const v1::Term& term) {
  printer.Line(fmt::format("{}  {}",
                           printer.Styled(Style::kLanguage, Visible(section.language_code())),
                           printer.Styled(Style::kHeading, Visible(term.text()))));
}

absl::Status RunForms(Session& session, const TermWords& words) {
  SILD_TRY(const std::string name, ConceptNameOf(words.name));
  SILD_TRY(client::Client* const client, session.Connect());
  return ForEachTerm(*client, name, words.language,
                     [&](const v1::LanguageSection& section, const v1::Term& term) -> absl::Status {
                       v1::ListFormsRequest request;
                       request.set_concept_name(name);
                       request.set_term_id(term.id());
                       return Show(session, client->ListForms(request),
                                   [&](Printer& printer, const v1::ListFormsResponse& response) {
                                     PrintHeading(printer, section, term);
                                     PrintForms(printer, response.forms());
                                     WarnIfTruncated(session, response.truncated());
                                   });
                     });
}

absl::Status RunPreview(Session& session, const TermWords& words) {
  v1::PreviewFormsRequest request;
  request.set_language_code(words.language);
  request.mutable_term()->set_text(words.text);
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->PreviewForms(request),
              [&session](Printer& printer, const v1::PreviewFormsResponse& response) {
                PrintForms(printer, response.forms());
                WarnIfTruncated(session, response.truncated());
              });
}

absl::Status RunWhy(Session& session, const TermWords& words) {
  SILD_TRY(const std::string name, ConceptNameOf(words.name));
  SILD_TRY(client::Client* const client, session.Connect());
  return ForEachTerm(
      *client, name, words.language,
      [&](const v1::LanguageSection& section, const v1::Term& term) -> absl::Status {
        v1::ExplainTermRequest request;
        request.set_concept_name(name);
        request.set_term_id(term.id());
        request.mutable_segment()->set_text(words.text);
        return Show(
            session, client->ExplainTerm(request),
            [&](Printer& printer, const v1::ExplainTermResponse& response) {
              PrintHeading(printer, section, term);
              printer.Line("  " + printer.Styled(response.found() ? Style::kGood : Style::kDoubtful,
                                                 Visible(response.reason())));
            });
      });
}

}  // namespace

void AddTermCommands(CLI::App& app, Action& chosen) {
  CLI::App& group =
      *AddGroup(app, "term",
                "Lists, searches, proposes and reviews terms, and tells in which forms they are "
                "found, and why");
  const auto listed = std::make_shared<TermWords>();
  CLI::App& forms = *AddCommand(group, chosen, "forms",
                                "Lists the forms in which the terms of a concept are found",
                                "  sild term forms politics/eu --lang et",
                                [listed](Session& session) { return RunForms(session, *listed); });
  AddArgument(forms, "CONCEPT", listed->name, "The concept, such as politics/eu");
  forms
      .add_option("--lang", listed->language,
                  "The language of the terms (default: all), such as --lang et")
      ->type_name("LANG");

  const auto previewed = std::make_shared<TermWords>();
  CLI::App& preview = *AddCommand(
      group, chosen, "preview", "Lists the forms in which a term would be found if it were stored",
      "  sild term preview lt \"Rytų partnerystė\"",
      [previewed](Session& session) { return RunPreview(session, *previewed); });
  AddArgument(preview, "LANG", previewed->language, "The language of the term, such as lt");
  AddArgument(preview, "TERM", previewed->text, "The term, such as \"Rytų partnerystė\"");

  const auto asked = std::make_shared<TermWords>();
  CLI::App& why = *AddCommand(group, chosen, "why",
                              "Tells why the terms of a concept are or are not found in a text",
                              "  sild term why politics/eu --lang et \"Euroopa Liidus\"",
                              [asked](Session& session) { return RunWhy(session, *asked); });
  AddArgument(why, "CONCEPT", asked->name, "The concept, such as politics/eu");
  AddArgument(why, "TEXT", asked->text, "The text, such as \"Euroopa Liidus\"");
  why.add_option("--lang", asked->language, "The language of the text, such as --lang et")
      ->required()
      ->type_name("LANG");
  AddTermSearch(group, chosen);
  AddTermReview(group, chosen);
}

}  // namespace sild::cli
