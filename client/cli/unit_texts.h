#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <absl/status/status.h>

#include "client/cli/pairs.h"
#include "sild/v1/unit.pb.h"

namespace sild::cli {

// The options that describe a unit beside its texts, as typed. Absent: not given.
struct UnitFacts {
  std::string status;
  std::string origin;
  std::vector<std::string> notes;
  std::vector<std::string> labels;
  std::optional<std::string> document;
  std::optional<std::string> context_id;
};

// What stands beside a segment, as typed. Absent: unknown; empty: the document begins or ends.
struct NeighborWords {
  std::optional<std::string> previous;
  std::optional<std::string> next;
};

// Add the options to `command`. The structs must live as long as the command.
void AddUnitFacts(CLI::App& command, UnitFacts& facts);
void AddNeighbors(CLI::App& command, NeighborWords& words);

// Puts what is known about neighbours into `neighbors`.
void SetNeighbors(const NeighborWords& words, v1::Neighbors& neighbors);

// The variant of `unit` in `language`, in whatever case its code is typed, or null.
v1::Variant* FindVariant(v1::TranslationUnit& unit, const std::string& language);

// Gives `unit` the texts, in the place of those that it has in these languages. Where one of these
// has inline tags they stay, if the new text has them as `TagText` shows them. Otherwise fails with
// a usage error and changes nothing in that language, unless `drops_tags`.
absl::Status SetTexts(const Pairs& texts, bool drops_tags, v1::TranslationUnit& unit);

// Adds the option that takes inline tags away. `drops_tags` must live as long as the command.
void AddDropTags(CLI::App& command, bool& drops_tags);

// Takes the text in `language` away. Fails with a usage error if there is none.
absl::Status RemoveText(const std::string& language, v1::TranslationUnit& unit);

// Gives status and origin to the variants in the languages of `texts`, or with no texts to all; but
// not to the source, which is no translation.
void SetTrust(const UnitFacts& facts, const Pairs& texts, v1::TranslationUnit& unit);

}  // namespace sild::cli
