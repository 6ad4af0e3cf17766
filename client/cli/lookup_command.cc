#include <charconv>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "client/cli/commands.h"
#include "client/cli/errors.h"
#include "client/cli/lookup_output.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/segment_command.h"
#include "client/cli/tagged_text.h"
#include "client/cli/try.h"
#include "client/cli/unit_filter.h"
#include "client/cli/unit_texts.h"

namespace sild::cli {
namespace {

// As `LookupOptions` says of `minimum_score` and `max_matches`.
constexpr double kDefaultMinimum = 70;
constexpr double kLowestMinimum = 50;
constexpr double kHighestMinimum = 100;
constexpr int kMaxMatches = 50;

// What `lookup` takes. Absent: the server's default.
struct Lookup {
  std::optional<std::string> text;
  std::vector<std::string> memories;
  std::string from;
  std::vector<std::string> to;
  std::optional<double> minimum;
  std::optional<int> top;
  bool is_explained = false;
  bool excludes_reversed = false;
  bool excludes_pivot = false;
  bool excludes_fragments = false;
  bool reads_tags = false;
  std::vector<std::string> glossaries;
  std::string document;
  std::string context_id;
  NeighborWords neighbors;
  UnitFilterWords filter;
};

// Parses `NAME` or `NAME:POINTS`.
absl::Status ParseMemory(const std::string& word, v1::MemoryRef& memory) {
  const std::size_t colon = word.find(':');
  SILD_TRY(*memory.mutable_memory(), MemoryNameOf(std::string_view(word).substr(0, colon)));
  if (colon == std::string::npos) {
    return absl::OkStatus();
  }
  double points = 0;
  const char* const end = word.data() + word.size();
  const auto [stopped, error] = std::from_chars(word.data() + colon + 1, end, points);
  if (error != std::errc() || stopped != end) {
    return UsageError(
        fmt::format("\"{}\" is not a memory with points to take off, such as old:2.5", word));
  }
  memory.set_penalty(points);
  return absl::OkStatus();
}

// Puts the numbers into `options`. The API takes 0 for its default; a person who types it means
// something else.
absl::Status TakeNumbers(const Lookup& lookup, v1::LookupOptions& options) {
  const double minimum = lookup.minimum.value_or(kDefaultMinimum);
  if (!(minimum >= kLowestMinimum && minimum <= kHighestMinimum)) {  // Also not a number.
    return UsageError(fmt::format("--min takes a percentage from {} to {}, not {}", kLowestMinimum,
                                  kHighestMinimum, minimum));
  }
  if (lookup.top.has_value() && (*lookup.top < 1 || *lookup.top > kMaxMatches)) {
    return UsageError(fmt::format("--top takes 1 to {} matches, not {}", kMaxMatches, *lookup.top));
  }
  options.set_minimum_score(lookup.minimum.value_or(0));
  options.set_max_matches(lookup.top.value_or(0));
  return absl::OkStatus();
}

absl::StatusOr<v1::LookupMatchesRequest> RequestOf(const Lookup& lookup, bool is_explained) {
  v1::LookupMatchesRequest request;
  for (const std::string& word : lookup.memories) {
    SILD_CHECK_OK(ParseMemory(word, *request.add_memories()));
  }
  request.set_source_language_code(lookup.from);
  request.mutable_target_language_codes()->Assign(lookup.to.begin(), lookup.to.end());
  v1::LookupOptions& options = *request.mutable_options();
  SILD_CHECK_OK(TakeNumbers(lookup, options));
  options.set_explain(is_explained);
  options.set_exclude_reversed(lookup.excludes_reversed);
  options.set_exclude_pivot(lookup.excludes_pivot);
  options.set_exclude_fragments(lookup.excludes_fragments);
  for (const std::string& word : lookup.glossaries) {
    SILD_TRY(*request.add_glossaries(), GlossaryNameOf(word));
  }
  SILD_TRY(*options.mutable_filter(), ParseUnitFilter(lookup.filter));
  return request;
}

v1::Segment SegmentOf(const Lookup& lookup, const std::string& text) {
  if (lookup.reads_tags) {
    return ParseTags(text);
  }
  v1::Segment segment;
  segment.set_text(text);
  return segment;
}

void AddQuery(const Lookup& lookup, const std::string& text, v1::LookupMatchesRequest& request) {
  v1::Query& query = *request.add_queries();
  *query.mutable_segment() = SegmentOf(lookup, text);
  query.set_document(lookup.document);
  query.set_context_id(lookup.context_id);
  if (lookup.neighbors.previous.has_value() || lookup.neighbors.next.has_value()) {
    SetNeighbors(lookup.neighbors, *query.mutable_neighbors());
  }
}

absl::Status RunLookup(Session& session, const Lookup& lookup) {
  // People always see the edits; a program gets what it asks for.
  const bool wants_edits = lookup.is_explained || !session.is_json();
  SILD_TRY(const v1::LookupMatchesRequest common, RequestOf(lookup, wants_edits));
  SILD_TRY(client::Client* const client, session.Connect());
  const auto ask = [&](std::span<const std::string> segments) {
    v1::LookupMatchesRequest request = common;
    for (const std::string& segment : segments) {
      AddQuery(lookup, segment, request);
    }
    return client->LookupMatches(std::move(request));
  };
  const LookupView view{.minimum_score = lookup.minimum.value_or(kDefaultMinimum),
                        .is_explained = lookup.is_explained};
  const auto show = [&](const std::string& segment,
                        const v1::LookupMatchesResponse::Result& result) {
    return LookupText(session.out(), SegmentOf(lookup, segment), result, view);
  };
  return AnswerSegments<v1::LookupMatchesResponse, v1::LookupMatchesResponse::Result>(
      session, lookup.text, ask, show);
}

// What is shown where there is no match.
void AddFragments(CLI::App& command, Lookup& lookup) {
  AddRepeated(command, "-g,--glossary", lookup.glossaries,
              "A glossary whose terms are shown where there is no match; may be repeated, the "
              "first wins, such as -g politics -g people")
      ->type_name("NAME");
  command.add_flag("--exclude-fragments", lookup.excludes_fragments,
                   "Leaves out parts of the text that are stored, or are terms, where there is no "
                   "match, such as sild lookup … --exclude-fragments \"Hello\"");
}

void AddContext(CLI::App& command, Lookup& lookup) {
  command.add_option("--document", lookup.document,
                     "The document that the text stands in; with --context-id an exact match from "
                     "there is \"same id\", such as --document article.html");
  command.add_option("--context-id", lookup.context_id,
                     "A key of the text in its document, such as --context-id menu.file.open");
  AddNeighbors(command, lookup.neighbors);
}

}  // namespace

void AddLookupCommand(CLI::App& app, Action& chosen) {
  const auto lookup = std::make_shared<Lookup>();
  CLI::App& command = *AddCommand(
      app, chosen, "lookup", "Finds stored translations of a text, or of each line of input",
      "  sild lookup -m news --from en --to et \"Good morning, Europe!\"\n"
      "  sild lookup -m news -m old:2.5 --from en --to et,lt --min 60 --explain \"Hello\"\n"
      "  sild lookup -m news -g politics --from en --to et \"A text that is not stored\"\n"
      "  sild --json lookup -m news --from en --to et < article.txt",
      [lookup](Session& session) { return RunLookup(session, *lookup); });
  command
      .add_option("TEXT", lookup->text,
                  "The text (default: each line of standard input), such as \"Hello\"")
      ->type_name("");
  AddRepeated(command, "-m,--memory", lookup->memories,
              "A memory to search, with points to take off after a colon if any; - means all; may "
              "be repeated, such as -m news -m old:2.5")
      ->required()
      ->type_name("NAME");
  command.add_option("--from", lookup->from, "The language of the text, such as --from en")
      ->required()
      ->type_name("LANG");
  AddRepeated(command, "--to", lookup->to,
              "A language to translate to (default: any); may be repeated, such as --to et,lt")
      ->delimiter(',')
      ->type_name("LANG");
  command
      .add_option(
          "--min", lookup->minimum,
          "The lowest score to show, before numbers and dates are put in, from 50 to 100 percent "
          "(default: 70), such as --min 60")
      ->type_name("PERCENT");
  command
      .add_option("--top", lookup->top,
                  "At most this many matches a language, 1 to 50 (default: 5), such as --top 3")
      ->type_name("COUNT");
  command.add_flag("--explain", lookup->is_explained,
                   "Shows how each score came about, such as sild lookup … --explain \"Hello\"");
  command.add_flag("--exclude-reversed", lookup->excludes_reversed,
                   "Leaves out units translated in the other direction, such as sild lookup … "
                   "--exclude-reversed \"Hello\"");
  command.add_flag("--exclude-pivot", lookup->excludes_pivot,
                   "Leaves out matches across a third language, such as sild lookup … "
                   "--exclude-pivot \"Hello\"");
  command.add_flag("--tags", lookup->reads_tags,
                   "Reads <b>, </b>, <br/> and the like in the text as inline tags, which stand "
                   "beside the words, such as sild lookup … --tags \"Click <b>here</b>\"");
  AddFragments(command, *lookup);
  AddContext(command, *lookup);
  AddUnitFilter(command, lookup->filter);
}

}  // namespace sild::cli
