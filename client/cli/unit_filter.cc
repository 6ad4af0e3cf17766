#include "client/cli/unit_filter.h"

#include "client/cli/enum_words.h"
#include "client/cli/options.h"
#include "client/cli/pairs.h"
#include "client/cli/time_text.h"
#include "client/cli/try.h"

namespace sild::cli {

void AddUnitFilter(CLI::App& command, UnitFilterWords& words) {
  AddRepeated(command, "--language", words.languages,
              "Only units that have this language; may be repeated, such as --language et");
  AddRepeated(command, "--label", words.labels,
              "Only units with the label KEY=VALUE; may be repeated, such as --label client=acme");
  command.add_option("--of-document", words.document,
                     "Only units of this document, such as --of-document article.html");
  command.add_option("--updater", words.updater,
                     "Only units that this person changed last, such as --updater mari");
  command
      .add_option("--updated-since", words.updated_since,
                  "Only units changed then or later, such as --updated-since 2024-05-01")
      ->type_name("TIME");
  command
      .add_option("--updated-before", words.updated_before,
                  "Only units changed before then, such as --updated-before 2024-06-01")
      ->type_name("TIME");
  AddChoice<v1::Variant::Status>(command, "--min-status", words.minimum_status,
                                 "Only units with a target of at least this status, such as "
                                 "--min-status reviewed");
  AddRepeated(command, "--origin", words.origins,
              "Only units with a target of this origin; may be repeated, such as --origin human")
      ->type_name("WORD")
      ->check(CLI::IsMember(WordsOf<v1::Variant::Origin>()));
}

absl::StatusOr<v1::UnitFilter> ParseUnitFilter(const UnitFilterWords& words) {
  v1::UnitFilter filter;
  filter.mutable_language_codes()->Assign(words.languages.begin(), words.languages.end());
  SILD_CHECK_OK(ApplyLabels(words.labels, *filter.mutable_labels()));
  filter.set_document(words.document);
  filter.set_updater(words.updater);
  if (!words.updated_since.empty()) {
    SILD_TRY(*filter.mutable_updated_since(), ParseTime(words.updated_since));
  }
  if (!words.updated_before.empty()) {
    SILD_TRY(*filter.mutable_updated_before(), ParseTime(words.updated_before));
  }
  filter.set_minimum_status(ValueFor<v1::Variant::Status>(words.minimum_status));
  for (const std::string& origin : words.origins) {
    filter.add_origins(ValueFor<v1::Variant::Origin>(origin));
  }
  return filter;
}

}  // namespace sild::cli
