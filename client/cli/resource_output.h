#pragma once

#include <string>

#include "client/cli/printer.h"
#include "sild/v1/glossary.pb.h"
#include "sild/v1/memory_service.pb.h"
#include "sild/v1/unit.pb.h"

namespace sild::cli {

// How resources are shown to people: the full name first, then one line for each fact that is set.

void PrintMemory(Printer& printer, const v1::Memory& memory);
void PrintGlossary(Printer& printer, const v1::Glossary& glossary);
void PrintUnit(Printer& printer, const v1::TranslationUnit& unit);
void PrintConcept(Printer& printer, const v1::Concept& entry);

// A term with what is to be known before using it: `ODKB (admitted, acronym)`.
std::string TermText(const Printer& printer, const v1::Term& term);

}  // namespace sild::cli
