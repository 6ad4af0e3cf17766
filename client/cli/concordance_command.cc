#include <algorithm>
#include <limits>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/concordance_output.h"
#include "client/cli/errors.h"
#include "client/cli/listing.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/unit_filter.h"

namespace sild::cli {
namespace {

using Response = v1::SearchConcordanceResponse;

constexpr int kDefaultTop = 20;

// What `concordance` takes.
struct Concordance {
  std::string text;
  std::vector<std::string> memories;
  std::string language;
  std::vector<std::string> other_languages;
  std::string mode;
  bool is_whole_word = false;
  bool matches_case = false;
  bool has_wildcards = false;
  std::optional<int> top;
  bool wants_all = false;
  UnitFilterWords filter;
};

absl::StatusOr<v1::SearchConcordanceRequest> RequestOf(const Concordance& concordance) {
  v1::SearchConcordanceRequest request;
  for (const std::string& word : concordance.memories) {
    SILD_TRY(*request.add_memories()->mutable_memory(), MemoryNameOf(word));
  }
  request.set_query(concordance.text);
  request.set_language_code(concordance.language);
  request.mutable_other_language_codes()->Assign(concordance.other_languages.begin(),
                                                 concordance.other_languages.end());
  request.set_mode(ValueFor<v1::SearchConcordanceRequest::Mode>(concordance.mode));
  request.set_whole_word(concordance.is_whole_word);
  request.set_match_case(concordance.matches_case);
  request.set_wildcards(concordance.has_wildcards);
  SILD_TRY(*request.mutable_filter(), ParseUnitFilter(concordance.filter));
  return request;
}

// Shows hits until there are `top` of them. Returns whether there are more.
absl::StatusOr<bool> ShowHits(Session& session, v1::SearchConcordanceRequest request, int top) {
  SILD_TRY(client::Client* const client, session.Connect());
  int shown = 0;
  for (;;) {
    request.set_page_size(std::min(top - shown, kPageSize));
    SILD_TRY(const Response page, client->SearchConcordance(request));
    for (const Response::Hit& hit : page.hits()) {
      if (session.is_json()) {
        session.PrintJson(hit);
      } else {
        session.out().Line(HitText(session.out(), hit));
      }
    }
    shown += page.hits_size();
    if (shown == 0 && !session.is_json()) {
      session.out().Line(session.out().Styled(Style::kQuiet, "  no hit"));
    }
    request.set_page_token(page.next_page_token());
    if (!session.out().Flush() || request.page_token().empty() || shown >= top) {
      return !request.page_token().empty();
    }
  }
}

absl::Status RunConcordance(Session& session, const Concordance& concordance) {
  if (concordance.top.has_value() && *concordance.top < 1) {
    return UsageError(
        fmt::format("--top takes 1 or more hits, not {}; --all shows all", *concordance.top));
  }
  SILD_TRY(const v1::SearchConcordanceRequest request, RequestOf(concordance));
  const int top = concordance.wants_all ? std::numeric_limits<int>::max()
                                        : concordance.top.value_or(kDefaultTop);
  SILD_TRY(const bool has_more, ShowHits(session, request, top));
  const std::string more =
      fmt::format("more than {} {}; --all shows all", top, top == 1 ? "hit" : "hits");
  if (has_more && session.is_json()) {
    session.Warn((top == 1 ? "there is " : "there are ") + more);
  } else if (has_more) {
    session.out().Line(session.out().Styled(Style::kQuiet, "  " + more));
  }
  return absl::OkStatus();
}

void AddHow(CLI::App& command, Concordance& concordance) {
  AddChoice<v1::SearchConcordanceRequest::Mode>(
      command, "--mode", concordance.mode,
      "all-words: in any order, also inflected (default); phrase: side by side; substring: the "
      "characters, also inside words; such as --mode phrase");
  command.add_flag("--whole-word", concordance.is_whole_word,
                   "Finds no inflected forms, such as sild concordance … --whole-word liit");
  command.add_flag("--match-case", concordance.matches_case,
                   "Tells upper from lower case, such as sild concordance … --match-case Turkey");
  command.add_flag("--wildcards", concordance.has_wildcards,
                   "Takes * in words as any characters and ? as one, such as sild concordance … "
                   "--wildcards 'sõja*'");
  command
      .add_option(
          "--top", concordance.top,
          fmt::format("At most this many hits (default: {}), such as --top 100", kDefaultTop))
      ->type_name("COUNT");
  command
      .add_flag("--all", concordance.wants_all,
                "Shows all hits, such as sild --json concordance … --all liit")
      ->excludes("--top");
}

}  // namespace

void AddConcordanceCommand(CLI::App& app, Action& chosen) {
  const auto concordance = std::make_shared<Concordance>();
  CLI::App& command = *AddCommand(
      app, chosen, "concordance", "Finds the units whose text has certain words",
      "  sild concordance -m news --in et --with en \"Euroopa Liit\"\n"
      "  sild concordance -m news --in ru --mode phrase --whole-word \"холодная война\"\n"
      "  sild --json concordance -m - --in lt --wildcards 'saugum*' --all",
      [concordance](Session& session) { return RunConcordance(session, *concordance); });
  AddArgument(command, "TEXT", concordance->text, "What to look for, such as \"cold war\"");
  AddRepeated(command, "-m,--memory", concordance->memories,
              "A memory to search; - means all; may be repeated, such as -m news -m old")
      ->required()
      ->type_name("NAME");
  command
      .add_option("--in", concordance->language,
                  "The language to look in, of sources or translations, such as --in et")
      ->required()
      ->type_name("LANG");
  AddRepeated(command, "--with", concordance->other_languages,
              "Another language to show (default: all); may be repeated, such as --with en,lt")
      ->delimiter(',')
      ->type_name("LANG");
  AddHow(command, *concordance);
  AddUnitFilter(command, concordance->filter);
}

}  // namespace sild::cli
