#include "client/cli/concept_terms.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "client/cli/enum_words.h"
#include "client/cli/errors.h"
#include "client/cli/options.h"

namespace sild::cli {
namespace {

v1::LanguageSection* FindSection(v1::Concept& entry, const std::string& language) {
  for (v1::LanguageSection& section : *entry.mutable_sections()) {
    if (section.language_code() == language) {
      return &section;
    }
  }
  return nullptr;
}

}  // namespace

void AddConceptFacts(CLI::App& command, ConceptFacts& facts) {
  command.add_option("--subject", facts.subject,
                     "The field of knowledge, such as --subject \"international law\"");
  command.add_option("--definition", facts.definition,
                     "What the concept is, such as --definition \"an alliance of states\"");
  command.add_option("--definition-source", facts.definition_source,
                     "Where the definition was found, such as --definition-source \"UN Charter\"");
  AddRepeated(command, "--note", facts.notes,
              "A remark for people, added to those there are; may be repeated, such as --note "
              "\"not before 2009\"");
  command.add_flag("--do-not-translate", facts.do_not_translate,
                   "The terms stay as they are in every language, such as sild concept add names "
                   "en=Bolt --do-not-translate");
  AddChoice<v1::Term::Status>(command, "--status", facts.status,
                              "Whether to use the terms, such as --status preferred");
  AddChoice<v1::Term::ProcessStatus>(command, "--process-status", facts.process_status,
                                     "How far the terms have come in the house, such as "
                                     "--process-status proposed");
}

void SetFacts(const ConceptFacts& facts, v1::Concept& entry, google::protobuf::FieldMask& mask) {
  if (facts.subject.has_value()) {
    entry.set_subject_field(*facts.subject);
    mask.add_paths("subject_field");
  }
  if (facts.definition.has_value()) {
    entry.set_definition(*facts.definition);
    mask.add_paths("definition");
  }
  if (facts.definition_source.has_value()) {
    entry.set_definition_source(*facts.definition_source);
    mask.add_paths("definition_source");
  }
  if (!facts.notes.empty()) {
    entry.mutable_notes()->Add(facts.notes.begin(), facts.notes.end());
    mask.add_paths("notes");
  }
  if (facts.do_not_translate) {
    entry.set_do_not_translate(true);
    mask.add_paths("do_not_translate");
  }
}

void SetTerms(const Pairs& terms, v1::Concept& entry) {
  std::map<std::string, v1::LanguageSection> before;
  for (const auto& [language, text] : terms) {
    v1::LanguageSection* section = FindSection(entry, language);
    if (section == nullptr) {
      section = entry.add_sections();
      section->set_language_code(language);
    }
    if (before.try_emplace(language, *section).second) {
      section->clear_terms();
    }
    v1::Term& term = *section->add_terms();
    for (const v1::Term& known : before[language].terms()) {
      if (known.text() == text) {
        term = known;
      }
    }
    term.set_text(text);
  }
}

void SetStatus(const ConceptFacts& facts, const Pairs& terms, v1::Concept& entry) {
  for (v1::LanguageSection& section : *entry.mutable_sections()) {
    for (v1::Term& term : *section.mutable_terms()) {
      const bool is_named = std::ranges::any_of(terms, [&](const auto& pair) {
        return pair.first == section.language_code() && pair.second == term.text();
      });
      if (!terms.empty() && !is_named) {
        continue;
      }
      if (!facts.status.empty()) {
        term.set_status(ValueFor<v1::Term::Status>(facts.status));
      }
      if (!facts.process_status.empty()) {
        term.set_process_status(ValueFor<v1::Term::ProcessStatus>(facts.process_status));
      }
    }
  }
}

absl::Status RemoveSection(const std::string& language, v1::Concept& entry) {
  auto& sections = *entry.mutable_sections();
  const auto found = std::find_if(
      sections.begin(), sections.end(),
      [&](const v1::LanguageSection& section) { return section.language_code() == language; });
  if (found == sections.end()) {
    return UsageError(fmt::format("the concept has no terms in {}", language));
  }
  sections.erase(found);
  return absl::OkStatus();
}

}  // namespace sild::cli
