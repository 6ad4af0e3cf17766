#include <memory>

#include "client/cli/commands.h"
#include "client/cli/names.h"
#include "client/cli/options.h"
#include "client/cli/segment_command.h"
#include "client/cli/terms_output.h"
#include "client/cli/try.h"

namespace sild::cli {
namespace {

// What `terms` takes.
struct Terms {
  std::optional<std::string> text;
  std::vector<std::string> glossaries;
  std::string from;
  std::vector<std::string> to;
  bool includes_nested = false;
};

absl::Status RunTerms(Session& session, const Terms& terms) {
  v1::RecognizeTermsRequest common;
  for (const std::string& word : terms.glossaries) {
    SILD_TRY(*common.add_glossaries(), GlossaryNameOf(word));
  }
  common.set_source_language_code(terms.from);
  common.mutable_target_language_codes()->Assign(terms.to.begin(), terms.to.end());
  common.set_include_nested(terms.includes_nested);
  SILD_TRY(client::Client* const client, session.Connect());
  const auto ask = [&](std::span<const std::string> segments) {
    v1::RecognizeTermsRequest request = common;
    for (const std::string& segment : segments) {
      request.add_segments()->set_text(segment);
    }
    return client->RecognizeTerms(std::move(request));
  };
  const auto show = [&](const std::string& segment,
                        const v1::RecognizeTermsResponse::Result& result) {
    return TermsText(session.out(), segment, result);
  };
  return AnswerSegments<v1::RecognizeTermsResponse, v1::RecognizeTermsResponse::Result>(
      session, terms.text, ask, show);
}

}  // namespace

void AddTermsCommand(CLI::App& app, Action& chosen) {
  const auto terms = std::make_shared<Terms>();
  CLI::App& command = *AddCommand(
      app, chosen, "terms", "Finds the terms of glossaries in a text, or in each line of input",
      "  sild terms -g politics --from en --to lt \"NATO summit in Vilnius\"\n"
      "  sild --json terms -g politics --from en < article.txt",
      [terms](Session& session) { return RunTerms(session, *terms); });
  command
      .add_option("TEXT", terms->text,
                  "The text (default: each line of standard input), such as \"NATO summit\"")
      ->type_name("");
  AddRepeated(command, "-g,--glossary", terms->glossaries,
              "A glossary; may be repeated, the first wins, such as -g politics -g people")
      ->required()
      ->type_name("NAME");
  command.add_option("--from", terms->from, "The language of the text, such as --from en")
      ->required()
      ->type_name("LANG");
  AddRepeated(command, "--to", terms->to,
              "A language to show terms of (default: all); may be repeated, such as --to et,lt")
      ->delimiter(',')
      ->type_name("LANG");
  command.add_flag("--nested", terms->includes_nested,
                   "Shows terms inside longer terms too, such as sild terms … --nested "
                   "\"Treaty of Lisbon\"");
}

}  // namespace sild::cli
