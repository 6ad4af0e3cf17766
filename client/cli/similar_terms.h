#pragma once

#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "client/cli/session.h"

namespace sild::cli {

// What commands that store terms say of terms that are stored already.

// Adds the option that names more glossaries to compare with.
void AddComparedGlossaries(CLI::App& command, std::vector<std::string>& words);

// Warns of the terms in `glossary`, a full name, and in the glossaries of `words` that say the same
// as those of `entry`, or nearly; of another concept that has the very same one, with what to type
// to make one of both. `name` is that of the stored concept that gets the terms; empty: a new one
// does. An error is that of a name, or of the server; a server that does
// not know the method is not asked further.
absl::Status WarnOfSimilarTerms(Session& session, const std::string& glossary,
                                const std::vector<std::string>& words, const v1::Concept& entry,
                                const std::string& name);

// The full name of the glossary that a concept, by its full name, is in.
std::string GlossaryOf(const std::string& concept_name);

// What of `entry` is worth a warning: its terms whose texts `before` does not have.
v1::Concept NewTermsOf(const v1::Concept& entry, const v1::Concept& before);

}  // namespace sild::cli
