#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/commands.h"
#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/time_text.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `add` takes.
struct ExceptionWords {
  std::string concept_name;
  std::string reason;
  std::string kind;
  std::string language;
  std::string document;
  std::string text;
  bool is_all = false;
};

void PrintException(Printer& printer, const v1::Exception& exception) {
  printer.Line(printer.Styled(Style::kHeading, Visible(exception.name())));
  std::vector<std::string> where = {Visible(exception.concept_name())};
  if (exception.kind() != v1::TermFinding::KIND_UNSPECIFIED) {
    where.push_back(WordFor(exception.kind()));
  }
  if (!exception.language_code().empty()) {
    where.push_back("in " + Visible(exception.language_code()));
  }
  if (!exception.document().empty()) {
    where.push_back("document " + Visible(exception.document()));
  }
  if (!exception.segment_text().empty()) {
    where.push_back(fmt::format("“{}”", Visible(exception.segment_text())));
  }
  printer.Line(fmt::format("  {}", fmt::join(where, ", ")));
  printer.Line(fmt::format(
      "  {}  {}", Visible(exception.reason()),
      printer.Styled(Style::kQuiet, fmt::format("{} by {}", TimeOf(exception.create_time()),
                                                Visible(exception.creator())))));
}

absl::Status Add(Session& session, const ExceptionWords& words) {
  const bool is_limited = !words.kind.empty() || !words.language.empty() ||
                          !words.document.empty() || !words.text.empty();
  if (is_limited == words.is_all) {
    return UsageError(
        is_limited
            ? "--all sets everything of the concept aside; leave it out, or the other options"
            : "that would set aside whatever is ever found of the concept; say what is "
              "meant with --kind, --lang, --document or --text, or add --all");
  }
  v1::CreateExceptionRequest request;
  v1::Exception& exception = *request.mutable_exception();
  SILD_TRY(*exception.mutable_concept_name(), ConceptNameOf(words.concept_name));
  const std::string& name = exception.concept_name();
  request.set_parent(name.substr(0, name.find("/concepts/")));
  exception.set_kind(ValueFor<v1::TermFinding::Kind>(words.kind));
  exception.set_language_code(words.language);
  exception.set_document(words.document);
  exception.set_segment_text(words.text);
  exception.set_reason(words.reason);
  SILD_TRY(client::Client* const client, session.Connect());
  return Show(session, client->CreateException(request), PrintException);
}

absl::Status List(Session& session, const std::string& word) {
  v1::ListExceptionsRequest request;
  SILD_TRY(*request.mutable_parent(), GlossaryNameOf(word));
  const auto items = [](const v1::ListExceptionsResponse& page) { return page.exceptions(); };
  return ListAll(session, &client::Client::ListExceptions, request, items,
                 [&session](const v1::ListExceptionsResponse& page) {
                   for (const v1::Exception& exception : page.exceptions()) {
                     PrintException(session.out(), exception);
                   }
                 });
}

absl::Status Delete(Session& session, const std::string& word) {
  v1::DeleteExceptionRequest request;
  SILD_TRY(*request.mutable_name(), ExceptionNameOf(word));
  SILD_TRY(client::Client* const client, session.Connect());
  return ShowDone(session, client->DeleteException(request), "deleted " + request.name());
}

void AddAddition(CLI::App& group, Action& chosen) {
  const auto words = std::make_shared<ExceptionWords>();
  CLI::App& add = *AddCommand(group, chosen, "add", "Sets findings of a check aside, with a reason",
                              "  sild exception add politics/belarus --kind forbidden --lang ru "
                              "--reason \"a quotation\" \\\n"
                              "    --text \"Он сказал: «Белоруссия».\"",
                              [words](Session& session) { return Add(session, *words); });
  AddArgument(add, "CONCEPT", words->concept_name, "The concept, such as politics/nato");
  add.add_option("--reason", words->reason,
                 "Why, for the next person, such as --reason \"a quotation\"")
      ->required()
      ->type_name("TEXT");
  AddChoice<v1::TermFinding::Kind>(add, "--kind", words->kind,
                                   "The kind of finding (default: any), such as --kind missing");
  add.add_option("--lang", words->language,
                 "The language of the translation (default: any), such as --lang et")
      ->type_name("LANG");
  add.add_option("--document", words->document,
                 "The document (default: any), such as --document article.xlf");
  add.add_option("--text", words->text,
                 "The text of the segment, source or translation (default: any), such as --text "
                 "\"NATO summit in Vilnius\"");
  add.add_flag("--all", words->is_all,
               "Sets aside whatever is found of the concept, such as sild exception add "
               "politics/nato --all --reason \"under review\"");
}

}  // namespace

void AddExceptionCommands(CLI::App& app, Action& chosen) {
  CLI::App& group = *AddGroup(app, "exception", "Keeps what checks set aside");
  AddAddition(group, chosen);

  const auto listed = std::make_shared<std::string>();
  CLI::App& list = *AddCommand(group, chosen, "list", "Lists the exceptions of a glossary",
                               "  sild exception list politics",
                               [listed](Session& session) { return List(session, *listed); });
  AddArgument(list, "GLOSSARY", *listed, "The glossary, such as politics");

  const auto deleted = std::make_shared<std::string>();
  CLI::App& remove = *AddCommand(group, chosen, "delete", "Brings findings back",
                                 "  sild exception delete politics/01a211083bb926a31f03d241153c",
                                 [deleted](Session& session) { return Delete(session, *deleted); });
  AddArgument(remove, "NAME", *deleted,
              "The exception, such as politics/01a211083bb926a31f03d241153c");
}

}  // namespace sild::cli
