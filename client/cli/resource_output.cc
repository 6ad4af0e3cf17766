#include "client/cli/resource_output.h"

#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "client/cli/display_text.h"
#include "client/cli/enum_words.h"
#include "client/cli/table.h"
#include "client/cli/tagged_text.h"
#include "client/cli/time_text.h"

namespace sild::cli {
namespace {

// Adds a row unless the fact is empty.
void AddFact(Table& table, const std::string& fact, const std::string& value) {
  if (!value.empty()) {
    table.Add({{fact, Style::kQuiet}, {value}});
  }
}

template <typename Labels>
void AddLabels(Table& table, const Labels& labels) {
  std::vector<std::string> words;
  for (const auto& [key, value] : labels) {
    words.push_back(key + "=" + value);
  }
  std::sort(words.begin(), words.end());  // A map of protobuf has no order of its own.
  AddFact(table, "labels", fmt::format("{}", fmt::join(words, ", ")));
}

template <typename Notes>
void AddNotes(Table& table, const Notes& notes) {
  for (const std::string& note : notes) {
    AddFact(table, "note", note);
  }
}

std::string WhenAndWho(const google::protobuf::Timestamp& time, const std::string& who) {
  const std::string when = TimeOf(time);
  return when.empty() || who.empty() ? when + who : when + " by " + who;
}

// `3 times, last 2026-11-29 17:00`
std::string UseText(const v1::TranslationUnit& unit) {
  const std::string last = TimeOf(unit.last_use_time());
  const std::string count =
      unit.usage_count() == 0
          ? ""
          : fmt::format("{} time{}", unit.usage_count(), unit.usage_count() == 1 ? "" : "s");
  return last.empty() ? count : count + (count.empty() ? "last " : ", last ") + last;
}

void PrintHeading(Printer& printer, const std::string& name, bool deleted, bool purged) {
  std::string line = printer.Styled(Style::kHeading, Visible(name));
  if (purged) {
    line += printer.Styled(Style::kBad, "  purged");
  } else if (deleted) {
    line += printer.Styled(Style::kBad, "  deleted");
  }
  printer.Line(line);
}

std::string VariantFacts(const v1::TranslationUnit& unit, const v1::Variant& variant) {
  std::vector<std::string> words;
  if (variant.language_code() == unit.source_language_code()) {
    words.emplace_back("source");
  }
  for (const std::string& word : {WordFor(variant.status()), WordFor(variant.origin())}) {
    if (!word.empty()) {
      words.push_back(word);
    }
  }
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

void PrintMemory(Printer& printer, const v1::Memory& memory) {
  PrintHeading(printer, memory.name(), false, false);
  Table table;
  AddFact(table, "display name", memory.display_name());
  AddFact(table, "source language", memory.source_language_code());
  AddFact(table, "languages", fmt::format("{}", fmt::join(memory.language_codes(), ", ")));
  AddFact(table, "units", std::to_string(memory.unit_count()));
  AddFact(table, "policy", WordFor(memory.write_policy()));
  AddLabels(table, memory.labels());
  AddFact(table, "created", TimeOf(memory.create_time()));
  AddFact(table, "updated", TimeOf(memory.update_time()));
  AddFact(table, "etag", memory.etag());
  table.PrintTo(printer, 2);
}

void PrintGlossary(Printer& printer, const v1::Glossary& glossary) {
  PrintHeading(printer, glossary.name(), false, false);
  Table table;
  AddFact(table, "display name", glossary.display_name());
  AddFact(table, "languages", fmt::format("{}", fmt::join(glossary.language_codes(), ", ")));
  AddFact(table, "concepts", std::to_string(glossary.concept_count()));
  AddLabels(table, glossary.labels());
  AddFact(table, "created", TimeOf(glossary.create_time()));
  AddFact(table, "updated", TimeOf(glossary.update_time()));
  AddFact(table, "etag", glossary.etag());
  table.PrintTo(printer, 2);
}

void PrintUnit(Printer& printer, const v1::TranslationUnit& unit) {
  PrintHeading(printer, unit.name(), unit.deleted(), unit.purged());
  Table texts;
  for (const v1::Variant& variant : unit.variants()) {
    texts.Add({{variant.language_code(), Style::kLanguage},
               {WithTags(variant.segment())},
               {VariantFacts(unit, variant), Style::kQuiet}});
  }
  texts.PrintTo(printer, 2);
  Table table;
  AddFact(table, "document", unit.document());
  AddFact(table, "context id", unit.context_id());
  AddLabels(table, unit.labels());
  AddNotes(table, unit.notes());
  AddFact(table, "created", WhenAndWho(unit.create_time(), unit.creator()));
  AddFact(table, "updated", WhenAndWho(unit.update_time(), unit.updater()));
  AddFact(table, "used", UseText(unit));
  if (unit.revision() > 0) {
    AddFact(table, "revision", std::to_string(unit.revision()));
  }
  AddFact(table, "etag", unit.etag());
  table.PrintTo(printer, 2);
}

std::string TermText(const Printer& printer, const v1::Term& term) {
  std::vector<std::string> words;
  if (term.status() != v1::Term::STATUS_UNSPECIFIED) {
    words.push_back(WordFor(term.status()));
  }
  if (term.type() != v1::Term::TYPE_UNSPECIFIED && term.type() != v1::Term::TYPE_FULL_FORM) {
    words.push_back(WordFor(term.type()));  // That a term is not cut short goes without saying.
  }
  if (term.process_status() == v1::Term::PROCESS_STATUS_PROPOSED ||
      term.process_status() == v1::Term::PROCESS_STATUS_REJECTED) {
    words.push_back(WordFor(term.process_status()));
  }
  const bool is_wrong =
      term.status() == v1::Term::STATUS_DEPRECATED || term.status() == v1::Term::STATUS_SUPERSEDED;
  const Style style = is_wrong                                      ? Style::kDeleted
                      : term.status() == v1::Term::STATUS_PREFERRED ? Style::kGood
                                                                    : Style::kPlain;
  std::string text = printer.Styled(style, Visible(term.text()));
  if (!words.empty()) {
    text += printer.Styled(Style::kQuiet, fmt::format(" ({})", fmt::join(words, ", ")));
  }
  return text;
}

void PrintConcept(Printer& printer, const v1::Concept& entry) {
  PrintHeading(printer, entry.name(), entry.deleted(), entry.purged());
  std::size_t width = 2;
  for (const v1::LanguageSection& section : entry.sections()) {
    width = std::max(width, WidthOf(Visible(section.language_code())));
  }
  for (const v1::LanguageSection& section : entry.sections()) {
    std::string label = PaddedTo(width, Visible(section.language_code()));
    for (const v1::Term& term : section.terms()) {
      printer.Line("  " + printer.Styled(Style::kLanguage, label) + "  " + TermText(printer, term));
      label.assign(width, ' ');
      for (const std::string& note : term.notes()) {
        printer.Line("  " + label + "    " + printer.Styled(Style::kQuiet, Visible(note)));
      }
    }
    if (!section.definition().empty()) {
      printer.Line("  " + label + "  " +
                   printer.Styled(Style::kQuiet, Visible(section.definition())));
    }
  }
  Table table;
  AddFact(table, "subject", entry.subject_field());
  AddFact(table, "definition", entry.definition());
  AddFact(table, "from", entry.definition_source());
  AddFact(table, "translate", entry.do_not_translate() ? "no" : "");
  AddNotes(table, entry.notes());
  AddFact(table, "created", WhenAndWho(entry.create_time(), entry.creator()));
  AddFact(table, "updated", WhenAndWho(entry.update_time(), entry.updater()));
  if (entry.revision() > 0) {
    AddFact(table, "revision", std::to_string(entry.revision()));
  }
  AddFact(table, "etag", entry.etag());
  table.PrintTo(printer, 2);
}

}  // namespace sild::cli
