#pragma once

#include <optional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <absl/status/status.h>
#include <google/protobuf/field_mask.pb.h>

#include "client/cli/pairs.h"
#include "sild/v1/glossary.pb.h"

namespace sild::cli {

// The options that describe a concept beside its terms, as typed. Absent: not given.
struct ConceptFacts {
  std::optional<std::string> subject;
  std::optional<std::string> definition;
  std::optional<std::string> definition_source;
  std::vector<std::string> notes;
  bool do_not_translate = false;
  std::string status;
  std::string process_status;
};

// Adds the options to `command`. `facts` must live as long as the command.
void AddConceptFacts(CLI::App& command, ConceptFacts& facts);

// Puts the facts that are about the concept as a whole into `entry`, and their fields into `mask`.
void SetFacts(const ConceptFacts& facts, v1::Concept& entry, google::protobuf::FieldMask& mask);

// Gives `entry` the terms, in the order typed, in the place of those that it has in these
// languages; a term that it has already keeps what is known of it.
void SetTerms(const Pairs& terms, v1::Concept& entry);

// Gives both kinds of status to the terms that are named, or with none named to all.
void SetStatus(const ConceptFacts& facts, const Pairs& terms, v1::Concept& entry);

// Takes the section in `language` away. Fails with a usage error if there is none.
absl::Status RemoveSection(const std::string& language, v1::Concept& entry);

}  // namespace sild::cli
