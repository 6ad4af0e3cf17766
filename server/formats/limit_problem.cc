#include "server/formats/limit_problem.h"

#include <utility>

#include <fmt/format.h>

#include "server/text/utf8.h"

namespace sild::formats {
namespace {

// Keeps the first thing that is too long or too many.
class Finder {
 public:
  explicit Finder(const UnitLimits& limits) : limits_(limits) {}

  void CheckField(std::string_view text, std::string_view name) {
    Check(text, limits_.field_chars, name);
  }
  void CheckNote(std::string_view text, std::string_view name) {
    Check(text, limits_.note_chars, name);
  }
  void CheckTag(const Tag& tag) {
    Check(tag.type, limits_.tag_chars, "the type of a tag");
    Check(tag.data, limits_.tag_chars, "the code of a tag");
  }
  void CheckProperties(const std::vector<Property>& properties,
                       const std::vector<std::string>& notes, std::string_view owner) {
    for (const Property& property : properties) {
      CheckField(property.type, "the type of a property");
      CheckNote(property.value, "a property");
    }
    for (const std::string& note : notes) {
      CheckNote(note, "a note");
    }
    if (problem_.empty() &&
        (properties.size() > limits_.properties || notes.size() > limits_.properties)) {
      problem_ = TooManyProperties(owner, limits_);
    }
  }
  void CheckForms(const std::vector<std::string>& forms) {
    for (const std::string& form : forms) {
      Check(form, limits_.term_chars, "a form of a term");
    }
    if (problem_.empty() && forms.size() > limits_.forms) {
      problem_ =
          fmt::format("a term has more than {} extra or banned forms; remove some", limits_.forms);
    }
  }
  void CheckRelations(const std::vector<Relation>& relations) {
    if (problem_.empty() && relations.size() > limits_.properties) {
      problem_ =
          fmt::format("the concept has more than {} relations; remove some", limits_.properties);
    }
  }

  std::string TakeProblem() { return std::move(problem_); }

 private:
  void Check(std::string_view text, std::size_t max_chars, std::string_view name) {
    if (problem_.empty() && text.size() > max_chars && text::CountChars(text) > max_chars) {
      problem_ = fmt::format("{} is longer than {} characters; shorten it", name, max_chars);
    }
  }

  const UnitLimits& limits_;
  std::string problem_;
};

void CheckTerm(const Term& term, Finder& finder) {
  finder.CheckField(term.part_of_speech, "a part of speech");
  finder.CheckField(term.grammatical_gender, "a grammatical gender");
  finder.CheckField(term.grammatical_number, "a grammatical number");
  finder.CheckNote(term.usage_example, "a usage example");
  finder.CheckField(term.source, "the source of a term");
  finder.CheckForms(term.extra_forms);
  finder.CheckForms(term.banned_forms);
  finder.CheckProperties(term.properties, term.notes, "a term");
}

}  // namespace

std::string TooManyProperties(std::string_view owner, const UnitLimits& limits) {
  return fmt::format("{} has more than {} properties or notes; remove some", owner,
                     limits.properties);
}

std::string LimitProblem(const TranslationUnit& unit, const UnitLimits& limits) {
  Finder finder(limits);
  finder.CheckField(unit.creator, "the creator of the unit");
  finder.CheckField(unit.updater, "the updater of the unit");
  finder.CheckProperties(unit.properties, unit.notes, "the unit");
  for (const Variant& variant : unit.variants) {
    finder.CheckField(variant.creator, "the creator of a variant");
    finder.CheckField(variant.updater, "the updater of a variant");
    finder.CheckProperties(variant.properties, variant.notes, "a variant");
    for (const Tag& tag : variant.segment.tags) {
      finder.CheckTag(tag);
    }
  }
  return finder.TakeProblem();
}

std::string LimitProblem(const Concept& entry, const UnitLimits& limits) {
  Finder finder(limits);
  finder.CheckField(entry.subject_field, "the subject field");
  finder.CheckNote(entry.definition, "the definition");
  finder.CheckField(entry.definition_source, "the source of the definition");
  finder.CheckField(entry.creator, "the creator of the concept");
  finder.CheckField(entry.updater, "the updater of the concept");
  finder.CheckRelations(entry.relations);
  finder.CheckProperties(entry.properties, entry.notes, "the concept");
  for (const LanguageSection& section : entry.sections) {
    finder.CheckNote(section.definition, "a definition");
    finder.CheckField(section.definition_source, "the source of a definition");
    finder.CheckProperties(section.properties, section.notes, "a language section");
    for (const Term& term : section.terms) {
      CheckTerm(term, finder);
    }
  }
  return finder.TakeProblem();
}

}  // namespace sild::formats
