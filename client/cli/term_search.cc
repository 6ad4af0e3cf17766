#include <algorithm>
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

void AddTop(CLI::App& command, int& top) {
  command.add_option("--top", top, "Shows only so many of the first ones, such as --top 20")
      ->type_name("NUMBER")
      ->check(CLI::Range(1, 1'000'000).description(""));
}

// Tells people if all went well but no term was found. Returns `status`.
absl::Status TellIfNone(Session& session, const absl::Status& status, bool is_any) {
  if (status.ok() && !is_any && !session.is_json()) {
    session.out().Line(session.out().Styled(Style::kQuiet, "  no term"));
  }
  return status;
}

// `    en  Eastern Partnership (preferred), EaP (admitted, acronym)`
std::string TranslationsLine(const Printer& printer, const v1::LanguageSection& section) {
  std::string texts;
  for (const v1::Term& term : section.terms()) {
    texts += (texts.empty() ? "" : ", ") + TermText(printer, term);
  }
  return fmt::format("    {}  {}",
                     printer.Styled(Style::kLanguage, Visible(section.language_code())), texts);
}

// What `list` takes.
struct ListWords {
  std::string glossary;
  std::string language;
  std::string prefix;
  int top = 0;  // 0: all.
};

absl::Status RunList(Session& session, const ListWords& words) {
  v1::ListTermsRequest request;
  SILD_TRY(*request.mutable_parent(), GlossaryNameOf(words.glossary));
  request.set_language_code(words.language);
  request.set_prefix(words.prefix);
  request.set_include_translations(true);
  const auto items = [](const v1::ListTermsResponse& page) { return page.entries(); };
  bool is_any = false;
  const absl::Status status = ListAll(
      session, &client::Client::ListTerms, request, items,
      [&](const v1::ListTermsResponse& page) {
        Printer& out = session.out();
        is_any = is_any || page.entries_size() > 0;
        for (const v1::ListTermsResponse::Entry& entry : page.entries()) {
          out.Line(TermText(out, entry.term()) + "  " +
                   out.Styled(Style::kQuiet, Visible(entry.concept_name())));
          for (const v1::LanguageSection& section : entry.translations()) {
            out.Line(TranslationsLine(out, section));
          }
        }
      },
      words.top);
  return TellIfNone(session, status, is_any);
}

// What `search` takes.
struct SearchWords {
  std::string query;
  std::vector<std::string> glossaries;
  std::string language;
  std::string subject;
  std::vector<std::string> statuses;
  std::vector<std::string> process_statuses;
  int top = 0;  // 0: all.
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
std::string MatchLine(const Printer& printer, const v1::Concept& entry, const std::string& language,
                      const v1::Term& term, const std::string& kind) {
  std::string words = kind;
  if (!entry.subject_field().empty()) {
    words += ", " + Visible(entry.subject_field());
  }
  words += ", " + Visible(entry.name());
  return fmt::format("{}  {}  {}", printer.Styled(Style::kLanguage, Visible(language)),
                     TermText(printer, term), printer.Styled(Style::kQuiet, words));
}

template <typename Values>
bool IsAmong(const Values& wanted, int value) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), value) != wanted.end();
}

// Prints a concept that was found: the term that answers, and without a query all that the filters
// let through; then its terms in other languages.
void PrintFound(Printer& printer, const v1::SearchTermsRequest& request, const v1::Concept& entry,
                const v1::SearchTermsResponse::Match& match) {
  const std::string kind = WordFor(match.kind());
  printer.Line(MatchLine(printer, entry, match.language_code(), match.term(), kind));
  std::vector<std::string> others;
  for (const v1::LanguageSection& section : entry.sections()) {
    std::string texts;
    for (const v1::Term& term : section.terms()) {
      const bool is_match =
          section.language_code() == match.language_code() && term.id() == match.term().id();
      const bool passes =
          match.kind() == v1::SearchTermsResponse::Match::KIND_LISTED &&
          (request.language_code().empty() || section.language_code() == match.language_code()) &&
          IsAmong(request.statuses(), term.status()) &&
          IsAmong(request.process_statuses(), term.process_status());
      if (passes && !is_match) {
        printer.Line(MatchLine(printer, entry, section.language_code(), term, kind));
      } else if (!passes && section.language_code() != match.language_code()) {
        texts += (texts.empty() ? "" : ", ") + TermText(printer, term);
      }
    }
    if (!texts.empty()) {
      others.push_back("    " + printer.Styled(Style::kLanguage, Visible(section.language_code())) +
                       "  " + texts);
    }
  }
  for (const std::string& line : others) {
    printer.Line(line);
  }
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
  bool is_any = false;
  const absl::Status status = ListAll(
      session, &client::Client::SearchTerms, request, ItemsOf,
      [&](const v1::SearchTermsResponse& page) {
        is_any = is_any || page.concepts_size() > 0;
        for (int i = 0; i < std::min(page.concepts_size(), page.matches_size()); ++i) {
          PrintFound(session.out(), request, page.concepts(i), page.matches(i));
        }
      },
      words.top);
  return TellIfNone(session, status, is_any);
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
  AddTop(command, words->top);
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
  AddTop(command, words->top);
  AddSearch(term, chosen);
}

}  // namespace sild::cli
