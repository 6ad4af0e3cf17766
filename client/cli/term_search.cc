#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/resource_output.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `list` takes.
struct ListWords {
  std::string glossary;
  std::string language;
  std::string prefix;
};

absl::Status RunList(Session& session, const ListWords& words) {
  v1::ListTermsRequest request;
  SILD_TRY(*request.mutable_parent(), GlossaryNameOf(words.glossary));
  request.set_language_code(words.language);
  request.set_prefix(words.prefix);
  const auto items = [](const v1::ListTermsResponse& page) { return page.entries(); };
  return ListAll(session, &client::Client::ListTerms, request, items,
                 [&session](const v1::ListTermsResponse& page) {
                   Printer& out = session.out();
                   for (const v1::ListTermsResponse::Entry& entry : page.entries()) {
                     out.Line(TermText(out, entry.term()) + "  " +
                              out.Styled(Style::kQuiet, Visible(entry.concept_name())));
                   }
                 });
}

// What `search` takes.
struct SearchWords {
  std::string query;
  std::vector<std::string> glossaries;
  std::string language;
  std::string subject;
  std::vector<std::string> statuses;
  std::vector<std::string> process_statuses;
};

// The concepts of a page, each with its match: one object a line.
std::vector<v1::SearchTermsResponse> ItemsOf(const v1::SearchTermsResponse& page) {
  std::vector<v1::SearchTermsResponse> items;
  for (int i = 0; i < page.concepts_size(); ++i) {
    v1::SearchTermsResponse& item = items.emplace_back();
    *item.add_concepts() = page.concepts(i);
    if (i < page.matches_size()) {
      *item.add_matches() = page.matches(i);
    }
  }
  return items;
}

// `et  Euroopa Liit (preferred)  form, organisations, glossaries/world/concepts/eu`
std::string MatchLine(const Printer& printer, const v1::Concept& entry,
                      const v1::SearchTermsResponse::Match& match) {
  std::string words = WordFor(match.kind());
  if (!entry.subject_field().empty()) {
    words += ", " + Visible(entry.subject_field());
  }
  words += ", " + Visible(entry.name());
  return fmt::format("{}  {}  {}", printer.Styled(Style::kLanguage, Visible(match.language_code())),
                     TermText(printer, match.term()), printer.Styled(Style::kQuiet, words));
}

absl::Status RunSearch(Session& session, const SearchWords& words) {
  v1::SearchTermsRequest request;
  for (const std::string& word : words.glossaries) {
    SILD_TRY(*request.add_glossaries(), GlossaryNameOf(word));
  }
  request.set_query(words.query);
  request.set_language_code(words.language);
  request.set_subject_field(words.subject);
  for (const std::string& word : words.statuses) {
    request.add_statuses(ValueFor<v1::Term::Status>(word));
  }
  for (const std::string& word : words.process_statuses) {
    request.add_process_statuses(ValueFor<v1::Term::ProcessStatus>(word));
  }
  return ListAll(
      session, &client::Client::SearchTerms, request, ItemsOf,
      [&session](const v1::SearchTermsResponse& page) {
        for (int i = 0; i < std::min(page.concepts_size(), page.matches_size()); ++i) {
          session.out().Line(MatchLine(session.out(), page.concepts(i), page.matches(i)));
        }
      });
}

void AddSearch(CLI::App& term, Action& chosen) {
  const auto words = std::make_shared<SearchWords>();
  CLI::App& command = *AddCommand(
      term, chosen, "search",
      "Finds terms by any form or part of them, best first: equal, form, prefix, word-prefix, "
      "contains, similar",
      "  sild term search -g politics \"Euroopa Liidus\"\n"
      "  sild term search -g politics --process-status proposed",
      [words](Session& session) { return RunSearch(session, *words); });
  command
      .add_option("QUERY", words->query,
                  "What to look for (default: all terms that the options let through), such as "
                  "\"Euroopa Liidus\"")
      ->type_name("");
  AddRepeated(command, "-g,--glossary", words->glossaries,
              "A glossary; may be repeated, such as -g politics -g people")
      ->required()
      ->type_name("NAME");
  command
      .add_option("--lang", words->language,
                  "The language of the terms (default: any), such as --lang et")
      ->type_name("LANG");
  command.add_option("--subject", words->subject,
                     "Only concepts of this field of knowledge, such as --subject alliances");
  AddRepeated(command, "--status", words->statuses,
              "Only terms of this status; may be repeated, such as --status preferred")
      ->type_name("WORD")
      ->check(CLI::IsMember(WordsOf<v1::Term::Status>()));
  AddRepeated(command, "--process-status", words->process_statuses,
              "Only terms that have come so far; may be repeated, such as --process-status "
              "proposed")
      ->type_name("WORD")
      ->check(CLI::IsMember(WordsOf<v1::Term::ProcessStatus>()));
}

}  // namespace

void AddTermSearch(CLI::App& term, Action& chosen) {
  const auto words = std::make_shared<ListWords>();
  CLI::App& command =
      *AddCommand(term, chosen, "list", "Lists the terms of a language in its own order",
                  "  sild term list politics --lang et\n"
                  "  sild term list - --lang lt --prefix euro",
                  [words](Session& session) { return RunList(session, *words); });
  AddArgument(command, "GLOSSARY", words->glossary, "The glossary, such as politics; - is all");
  command.add_option("--lang", words->language, "The language of the terms, such as --lang et")
      ->required()
      ->type_name("LANG");
  command.add_option("--prefix", words->prefix,
                     "Only terms that begin so, whatever their case, such as --prefix euro");
  AddSearch(term, chosen);
}

}  // namespace sild::cli
