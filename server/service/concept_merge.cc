#include "server/service/concept_merge.h"

#include <algorithm>
#include <string>
#include <vector>

namespace sild::service {
namespace {

void MergeText(std::string& to, const std::string& from) {
  if (!from.empty()) {
    to = from;
  }
}

// Adds those of `from` that are not there. `from` may hold one twice, and so may a stored concept.
template <typename Value>
void AddMissing(std::vector<Value>& to, const std::vector<Value>& from) {
  for (const Value& value : from) {
    if (std::find(to.begin(), to.end(), value) == to.end()) {
      to.push_back(value);
    }
  }
}

Term* FindTerm(LanguageSection& section, const Term& wanted) {
  const auto find = [&](const auto& is_it) {
    const auto found = std::find_if(section.terms.begin(), section.terms.end(), is_it);
    return found == section.terms.end() ? nullptr : &*found;
  };
  const auto has_id = [&](const Term& term) { return !wanted.id.empty() && term.id == wanted.id; };
  const auto has_text = [&](const Term& term) { return term.text == wanted.text; };
  // A section may have a text twice.
  if (Term* const same = find([&](const Term& term) { return has_id(term) && has_text(term); })) {
    return same;
  }
  Term* const same_text = find(has_text);
  return same_text != nullptr ? same_text : find(has_id);
}

void MergeTerm(Term& to, const Term& from, const formats::StatedFacts& stated) {
  to.text = from.text;
  to.status = stated.status ? from.status : to.status;
  to.process_status = stated.process_status ? from.process_status : to.process_status;
  to.type = stated.type ? from.type : to.type;
  to.matching = stated.matching ? from.matching : to.matching;
  to.match_compounds = stated.match_compounds ? from.match_compounds : to.match_compounds;
  MergeText(to.part_of_speech, from.part_of_speech);
  MergeText(to.grammatical_gender, from.grammatical_gender);
  MergeText(to.grammatical_number, from.grammatical_number);
  MergeText(to.usage_example, from.usage_example);
  MergeText(to.source, from.source);
  AddMissing(to.extra_forms, from.extra_forms);
  AddMissing(to.banned_forms, from.banned_forms);
  AddMissing(to.notes, from.notes);
  AddMissing(to.properties, from.properties);
}

void MergeSection(LanguageSection& to, const LanguageSection& from,
                  const formats::ParsedConcept& parsed) {
  MergeText(to.definition, from.definition);
  MergeText(to.definition_source, from.definition_source);
  for (const Term& term : from.terms) {
    if (Term* const known = FindTerm(to, term)) {
      const auto stated = parsed.stated.find({from.language, term.text});
      MergeTerm(*known, term,
                stated == parsed.stated.end() ? formats::StatedFacts() : stated->second);
    } else {
      to.terms.push_back(term);
    }
  }
  std::stable_partition(to.terms.begin(), to.terms.end(),
                        [](const Term& term) { return term.status == TermStatus::kPreferred; });
  AddMissing(to.notes, from.notes);
  AddMissing(to.properties, from.properties);
}

}  // namespace

Concept Merged(const Concept& stored, const formats::ParsedConcept& parsed) {
  const Concept& from = parsed.entry;
  Concept result = stored;
  MergeText(result.subject_field, from.subject_field);
  MergeText(result.definition, from.definition);
  MergeText(result.definition_source, from.definition_source);
  MergeText(result.updater, from.updater);
  result.do_not_translate = result.do_not_translate || from.do_not_translate;
  for (const LanguageSection& section : from.sections) {
    const auto known = std::find_if(
        result.sections.begin(), result.sections.end(),
        [&](const LanguageSection& other) { return other.language == section.language; });
    if (known == result.sections.end()) {
      result.sections.push_back(section);
    } else {
      MergeSection(*known, section, parsed);
    }
  }
  AddMissing(result.relations, from.relations);
  AddMissing(result.notes, from.notes);
  AddMissing(result.properties, from.properties);
  return result;
}

bool HasTermsOf(const Concept& stored, const Concept& from) {
  return std::all_of(from.sections.begin(), from.sections.end(), [&](const auto& section) {
    const auto known = std::find_if(
        stored.sections.begin(), stored.sections.end(),
        [&](const LanguageSection& other) { return other.language == section.language; });
    return known != stored.sections.end() &&
           std::all_of(section.terms.begin(), section.terms.end(), [&](const Term& term) {
             return std::any_of(known->terms.begin(), known->terms.end(),
                                [&](const Term& other) { return other.text == term.text; });
           });
  });
}

}  // namespace sild::service
