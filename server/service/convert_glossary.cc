#include "server/service/convert_glossary.h"

#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "server/model/try.h"
#include "server/service/convert_common.h"
#include "server/service/field_error.h"
#include "server/service/limits.h"
#include "server/text/utf8.h"

namespace sild::service {
namespace {

// The number of an enum that may be unspecified, or its error.
template <typename Domain, typename ProtoEnum>
absl::StatusOr<Domain> TakeEnum(std::string_view field, ProtoEnum value, bool is_valid,
                                Domain if_unspecified) {
  if (!is_valid) {
    return FieldError(field, fmt::format("{} is no value of this field", static_cast<int>(value)));
  }
  return static_cast<int>(value) == 0 ? if_unspecified : static_cast<Domain>(value);
}

absl::Status CheckTexts(const v1::Term& term) {
  SILD_CHECK_OK(text::CheckText(term.text(), "text", kMaxTermChars));
  if (term.text().empty()) {
    return FieldError("text", "is required; send the term in its base form");
  }
  SILD_CHECK_OK(text::CheckText(term.id(), "id", kMaxRequestIdChars));
  SILD_CHECK_OK(text::CheckText(term.part_of_speech(), "part_of_speech", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(term.grammatical_gender(), "grammatical_gender", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(term.grammatical_number(), "grammatical_number", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(term.usage_example(), "usage_example", kMaxNoteChars));
  return text::CheckText(term.source(), "source", kMaxFieldChars);
}

absl::StatusOr<LanguageSection> FromProto(const v1::LanguageSection& section) {
  LanguageSection result;
  SILD_TRY(result.language, Language(section.language_code(), "language_code"));
  SILD_CHECK_OK(text::CheckText(section.definition(), "definition", kMaxNoteChars));
  SILD_CHECK_OK(text::CheckText(section.definition_source(), "definition_source", kMaxFieldChars));
  result.definition = section.definition();
  result.definition_source = section.definition_source();
  if (section.terms().empty()) {
    return FieldError("terms", "is required; a language section has at least one term");
  }
  SILD_CHECK_OK(CheckCount("terms", section.terms_size(), kMaxTermsPerSection));
  for (int i = 0; i < section.terms_size(); ++i) {
    absl::StatusOr<Term> term = service::FromProto(section.terms(i));
    SILD_CHECK_OK(Within("terms", i, term.status()));
    result.terms.push_back(*std::move(term));
  }
  SILD_TRY(result.notes, StringsFromProto(section.notes(), "notes", kMaxProperties, kMaxNoteChars));
  SILD_TRY(result.properties, PropertiesFromProto(section.properties()));
  return result;
}

absl::StatusOr<Relation> FromProto(const v1::Relation& relation) {
  Relation result;
  if (!v1::Relation::Type_IsValid(relation.type()) ||
      relation.type() == v1::Relation::TYPE_UNSPECIFIED) {
    return FieldError("type", "is required; send one of the values listed in the API");
  }
  result.type = static_cast<RelationType>(relation.type());
  absl::StatusOr<ConceptName> target = ConceptName::Parse(relation.concept_name());
  SILD_CHECK_OK(Named("concept", target.status()));
  result.target = *std::move(target);
  return result;
}

absl::Status TakeSections(const v1::Concept& from, Concept& to) {
  if (from.sections().empty()) {
    return FieldError("sections", "is required; a concept has at least one language section");
  }
  SILD_CHECK_OK(CheckCount("sections", from.sections_size(), kMaxVariants));
  std::set<LanguageTag> languages;
  for (int i = 0; i < from.sections_size(); ++i) {
    absl::StatusOr<LanguageSection> section = FromProto(from.sections(i));
    SILD_CHECK_OK(Within("sections", i, section.status()));
    if (!languages.insert(section->language).second) {
      return Within("sections", i,
                    FieldError("language_code",
                               fmt::format("\"{}\" comes twice; put its terms into one section",
                                           section->language.str())));
    }
    to.sections.push_back(*std::move(section));
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Term> FromProto(const v1::Term& term) {
  SILD_CHECK_OK(CheckTexts(term));
  Term result;
  result.id = term.id();
  result.text = term.text();
  SILD_TRY(result.status, TakeEnum("status", term.status(), v1::Term::Status_IsValid(term.status()),
                                   TermStatus::kAdmitted));
  SILD_TRY(result.process_status, TakeEnum("process_status", term.process_status(),
                                           v1::Term::ProcessStatus_IsValid(term.process_status()),
                                           ProcessStatus::kApproved));
  SILD_TRY(result.type,
           TakeEnum("type", term.type(), v1::Term::Type_IsValid(term.type()), TermType::kFullForm));
  SILD_TRY(result.matching,
           TakeEnum("matching", term.matching(), v1::Term::Matching_IsValid(term.matching()),
                    TermMatching::kInflected));
  result.match_compounds = term.match_compounds();
  SILD_TRY(result.extra_forms,
           StringsFromProto(term.extra_forms(), "extra_forms", kMaxForms, kMaxTermChars));
  SILD_TRY(result.banned_forms,
           StringsFromProto(term.banned_forms(), "banned_forms", kMaxForms, kMaxTermChars));
  result.part_of_speech = term.part_of_speech();
  result.grammatical_gender = term.grammatical_gender();
  result.grammatical_number = term.grammatical_number();
  result.usage_example = term.usage_example();
  result.source = term.source();
  SILD_TRY(result.notes, StringsFromProto(term.notes(), "notes", kMaxProperties, kMaxNoteChars));
  SILD_TRY(result.properties, PropertiesFromProto(term.properties()));
  return result;
}

void ToProto(const Term& term, v1::Term* out) {
  out->set_id(term.id);
  out->set_text(term.text);
  out->set_status(static_cast<v1::Term::Status>(term.status));
  out->set_process_status(static_cast<v1::Term::ProcessStatus>(term.process_status));
  out->set_type(static_cast<v1::Term::Type>(term.type));
  out->set_matching(static_cast<v1::Term::Matching>(term.matching));
  out->set_match_compounds(term.match_compounds);
  out->mutable_extra_forms()->Add(term.extra_forms.begin(), term.extra_forms.end());
  out->mutable_banned_forms()->Add(term.banned_forms.begin(), term.banned_forms.end());
  out->set_part_of_speech(term.part_of_speech);
  out->set_grammatical_gender(term.grammatical_gender);
  out->set_grammatical_number(term.grammatical_number);
  out->set_usage_example(term.usage_example);
  out->set_source(term.source);
  out->mutable_notes()->Add(term.notes.begin(), term.notes.end());
  PropertiesToProto(term.properties, out->mutable_properties());
}

void ToProto(const LanguageSection& section, v1::LanguageSection* out) {
  out->set_language_code(section.language.str());
  out->set_definition(section.definition);
  out->set_definition_source(section.definition_source);
  for (const Term& term : section.terms) {
    ToProto(term, out->add_terms());
  }
  out->mutable_notes()->Add(section.notes.begin(), section.notes.end());
  PropertiesToProto(section.properties, out->mutable_properties());
}

absl::StatusOr<Concept> FromProto(const v1::Concept& entry) {
  Concept result;
  if (!entry.name().empty()) {
    absl::StatusOr<ConceptName> name = ConceptName::Parse(entry.name());
    SILD_CHECK_OK(Named("name", name.status()));
    result.name = *std::move(name);
  }
  SILD_CHECK_OK(text::CheckText(entry.subject_field(), "subject_field", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(entry.definition(), "definition", kMaxNoteChars));
  SILD_CHECK_OK(text::CheckText(entry.definition_source(), "definition_source", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(entry.creator(), "creator", kMaxFieldChars));
  SILD_CHECK_OK(text::CheckText(entry.updater(), "updater", kMaxFieldChars));
  result.subject_field = entry.subject_field();
  result.definition = entry.definition();
  result.definition_source = entry.definition_source();
  result.creator = entry.creator();
  result.updater = entry.updater();
  result.do_not_translate = entry.do_not_translate();
  SILD_CHECK_OK(TakeSections(entry, result));
  SILD_CHECK_OK(CheckCount("relations", entry.relations_size(), kMaxProperties));
  for (int i = 0; i < entry.relations_size(); ++i) {
    absl::StatusOr<Relation> relation = FromProto(entry.relations(i));
    SILD_CHECK_OK(Within("relations", i, relation.status()));
    result.relations.push_back(*std::move(relation));
  }
  SILD_TRY(result.properties, PropertiesFromProto(entry.properties()));
  SILD_TRY(result.notes, StringsFromProto(entry.notes(), "notes", kMaxProperties, kMaxNoteChars));
  if (entry.has_create_time()) {
    SILD_TRY(result.create_time, FromProto(entry.create_time(), "create_time"));
  }
  if (entry.has_update_time()) {
    SILD_TRY(result.update_time, FromProto(entry.update_time(), "update_time"));
  }
  result.revision = Revision{entry.revision()};
  AssignTermIds(result);
  return result;
}

void ToProto(const Concept& entry, v1::Concept* out) {
  out->set_name(entry.name.str());
  out->set_subject_field(entry.subject_field);
  out->set_definition(entry.definition);
  out->set_definition_source(entry.definition_source);
  for (const LanguageSection& section : entry.sections) {
    ToProto(section, out->add_sections());
  }
  out->set_do_not_translate(entry.do_not_translate);
  for (const Relation& relation : entry.relations) {
    v1::Relation* added = out->add_relations();
    added->set_type(static_cast<v1::Relation::Type>(relation.type));
    added->set_concept_name(relation.target.str());
  }
  PropertiesToProto(entry.properties, out->mutable_properties());
  out->mutable_notes()->Add(entry.notes.begin(), entry.notes.end());
  *out->mutable_create_time() = ToProto(entry.create_time);
  *out->mutable_update_time() = ToProto(entry.update_time);
  out->set_creator(entry.creator);
  out->set_updater(entry.updater);
  out->set_revision(entry.revision.value);
  out->set_etag(EtagOf(entry.revision));
}

absl::StatusOr<Glossary> FromProto(const v1::Glossary& glossary) {
  Glossary result;
  if (!glossary.name().empty()) {
    absl::StatusOr<GlossaryName> name = GlossaryName::Parse(glossary.name());
    SILD_CHECK_OK(Named("name", name.status()));
    result.name = *std::move(name);
  }
  SILD_CHECK_OK(text::CheckText(glossary.display_name(), "display_name", kMaxDisplayNameChars));
  result.display_name = glossary.display_name();
  SILD_TRY(result.labels, LabelsFromProto(glossary.labels()));
  return result;
}

void ToProto(const Glossary& glossary, v1::Glossary* out) {
  out->set_name(glossary.name.str());
  out->set_display_name(glossary.display_name);
  out->mutable_labels()->insert(glossary.labels.begin(), glossary.labels.end());
  *out->mutable_create_time() = ToProto(glossary.create_time);
  *out->mutable_update_time() = ToProto(glossary.update_time);
  out->set_revision(glossary.revision.value);
  out->set_etag(EtagOf(glossary.revision));
}

void ToProto(const Glossary& glossary, const storage::Counts& counts, v1::Glossary* out) {
  ToProto(glossary, out);
  out->set_concept_count(counts.total);
  for (const auto& [language, count] : counts.by_language) {
    out->add_language_codes(language.str());
  }
}

void AssignTermIds(Concept& entry) {
  std::set<std::string> taken;
  std::vector<Term*> without;
  for (LanguageSection& section : entry.sections) {
    for (Term& term : section.terms) {
      if (term.id.empty() || !taken.insert(term.id).second) {
        without.push_back(&term);
      }
    }
  }
  int next = 1;
  for (Term* term : without) {
    do {
      term->id = fmt::format("t{}", next++);
    } while (!taken.insert(term->id).second);
  }
}

}  // namespace sild::service
