#pragma once

#include <CLI/CLI.hpp>

#include "client/cli/session.h"

namespace sild::cli {

// Each adds a command or a family of commands to the parser, as `AddCommand` does. Families that
// have many options are in more than one file; the parts take the family's own parser.

void AddStatusCommand(CLI::App& app, Action& chosen);

void AddMemoryCommands(CLI::App& app, Action& chosen);
void AddMemoryImport(CLI::App& memory, Action& chosen);
void AddMemoryExport(CLI::App& memory, Action& chosen);

void AddUnitCommands(CLI::App& app, Action& chosen);
void AddUnitWrites(CLI::App& unit, Action& chosen);
void AddUnitEdit(CLI::App& unit, Action& chosen);
void AddUnitHistory(CLI::App& unit, Action& chosen);

void AddLookupCommand(CLI::App& app, Action& chosen);
void AddConcordanceCommand(CLI::App& app, Action& chosen);

void AddGlossaryCommands(CLI::App& app, Action& chosen);
void AddGlossaryImport(CLI::App& glossary, Action& chosen);
void AddGlossaryExport(CLI::App& glossary, Action& chosen);

void AddConceptCommands(CLI::App& app, Action& chosen);
void AddConceptEdit(CLI::App& concept_app, Action& chosen);
void AddConceptHistory(CLI::App& concept_app, Action& chosen);

void AddTermsCommand(CLI::App& app, Action& chosen);
void AddCheckCommand(CLI::App& app, Action& chosen);
void AddExceptionCommands(CLI::App& app, Action& chosen);
void AddTermCommands(CLI::App& app, Action& chosen);
void AddTermSearch(CLI::App& term, Action& chosen);
void AddTermReview(CLI::App& term, Action& chosen);
void AddExtractCommand(CLI::App& app, Action& chosen);
void AddWatchCommand(CLI::App& app, Action& chosen);

// Hidden: prints the completion of a shell, made from the parser `app`.
void AddCompletionCommand(CLI::App& app, Action& chosen);

}  // namespace sild::cli
