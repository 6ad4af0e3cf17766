#include <memory>

#include "client/cli/commands.h"
#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/tagged_text.h"
#include "client/cli/time_text.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `watch` takes.
struct Watch {
  std::vector<std::string> memories;
  std::vector<std::string> glossaries;
  std::int64_t from_revision = 0;
  bool is_brief = false;
};

Style StyleOf(v1::Change::Type type) {
  switch (type) {
    case v1::Change::TYPE_CREATED:
      return Style::kGood;
    case v1::Change::TYPE_UPDATED:
      return Style::kDoubtful;
    default:
      return Style::kBad;
  }
}

// The texts of what was written, so that people see what it is about.
std::string ContentOf(const v1::Change& change) {
  std::string content;
  if (change.has_unit()) {
    for (const v1::Variant& variant : change.unit().variants()) {
      content += "  " + variant.language_code() + "=\"" + WithTags(variant.segment()) + "\"";
    }
  }
  if (change.has_concept_entry()) {
    for (const v1::LanguageSection& section : change.concept_entry().sections()) {
      if (section.terms_size() > 0) {
        content += "  " + section.language_code() + "=\"" + section.terms(0).text() + "\"";
      }
    }
  }
  return Visible(content);
}

void PrintChange(Printer& printer, const v1::Change& change) {
  printer.Line(printer.Styled(Style::kQuiet, TimeOf(change.change_time())) + "  " +
               printer.Styled(StyleOf(change.type()), PaddedTo(7, WordFor(change.type()))) + "  " +
               printer.Styled(Style::kHeading, Visible(change.name())) + "  " +
               printer.Styled(Style::kQuiet, "by " + Visible(change.actor()) + ", revision " +
                                                 std::to_string(change.revision())) +
               ContentOf(change));
}

absl::Status RunWatch(Session& session, const Watch& watch) {
  v1::WatchChangesRequest request;
  for (const std::string& word : watch.memories) {
    SILD_TRY(*request.add_parents(), MemoryNameOf(word));
  }
  for (const std::string& word : watch.glossaries) {
    SILD_TRY(*request.add_parents(), GlossaryNameOf(word));
  }
  request.set_start_revision(watch.from_revision);
  request.set_include_resource(!watch.is_brief);
  SILD_TRY(client::Client* const client, session.Connect());
  return client->WatchChanges(request, [&session](const v1::WatchChangesResponse& message) {
    for (const v1::Change& change : message.changes()) {
      if (session.is_json()) {
        session.PrintJson(change);
      } else {
        PrintChange(session.out(), change);
      }
    }
    return session.out().Flush();
  });
}

}  // namespace

void AddWatchCommand(CLI::App& app, Action& chosen) {
  const auto watch = std::make_shared<Watch>();
  CLI::App& command =
      *AddCommand(app, chosen, "watch", "Shows changes as they come, until it is stopped",
                  "  sild watch\n  sild watch -m news -g politics\n"
                  "  sild --json watch --from-revision 1099511627818 --brief",
                  [watch](Session& session) { return RunWatch(session, *watch); });
  AddRepeated(command, "-m,--memory", watch->memories,
              "A memory to watch (default: everything); may be repeated, such as -m news")
      ->type_name("NAME");
  AddRepeated(command, "-g,--glossary", watch->glossaries,
              "A glossary to watch; may be repeated, such as -g politics")
      ->type_name("NAME");
  command
      .add_option("--from-revision", watch->from_revision,
                  "The first revision to show (default: what comes from now on), such as "
                  "--from-revision 1099511627818")
      ->type_name("REVISION");
  command.add_flag("--brief", watch->is_brief,
                   "Shows only names, not what was written, such as sild watch --brief");
}

}  // namespace sild::cli
