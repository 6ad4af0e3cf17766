#include "server/storage/record.h"

#include <utility>

#include "server/model/try.h"
#include "server/storage/record_fields.h"
#include "sild/storage/v1/records.pb.h"

namespace sild::storage {
namespace {

template <typename Record>
void WriteLabels(const Labels& labels, Record& record) {
  for (const auto& [key, value] : labels) {
    auto& label = *record.add_labels();
    label.set_type(key);
    label.set_value(value);
  }
}

template <typename Record>
Labels ReadLabels(const Record& record) {
  Labels labels;
  for (const auto& label : record.labels()) {
    labels.emplace_hint(labels.end(), label.type(), label.value());
  }
  return labels;
}

// Properties and notes, which most things have.
template <typename Thing, typename Record>
void WriteRemarks(const Thing& thing, Record& record) {
  for (const Property& property : thing.properties) {
    auto& written = *record.add_properties();
    written.set_type(property.type);
    written.set_value(property.value);
  }
  record.mutable_notes()->Assign(thing.notes.begin(), thing.notes.end());
}

template <typename Record, typename Thing>
void ReadRemarks(const Record& record, Thing& thing) {
  for (const auto& property : record.properties()) {
    thing.properties.push_back({property.type(), property.value()});
  }
  thing.notes.assign(record.notes().begin(), record.notes().end());
}

// When and by whom a unit or concept was written.
template <typename Thing, typename Record>
void WriteAuthorship(const Thing& thing, Record& record) {
  record.set_create_time(Micros(thing.create_time));
  record.set_update_time(Micros(thing.update_time));
  record.set_creator(thing.creator);
  record.set_updater(thing.updater);
  record.set_revision(thing.revision.value);
}

template <typename Record, typename Thing>
void ReadAuthorship(const Record& record, Thing& thing) {
  thing.create_time = FromMicros(record.create_time());
  thing.update_time = FromMicros(record.update_time());
  thing.creator = record.creator();
  thing.updater = record.updater();
  thing.revision = {record.revision()};
}

void WriteVariant(const Variant& variant, v1::VariantRecord& record) {
  record.set_language(variant.language.str());
  record.set_text(variant.segment.text);
  for (const Tag& tag : variant.segment.tags) {
    auto& written = *record.add_tags();
    written.set_kind(EnumNumber(tag.kind));
    written.set_position(tag.position);
    written.set_pair(tag.pair);
    written.set_id(tag.id);
    written.set_type(tag.type);
    written.set_data(tag.data);
  }
  record.set_status(EnumNumber(variant.status));
  record.set_origin(EnumNumber(variant.origin));
  if (variant.create_time.has_value()) {
    record.set_create_time(Micros(*variant.create_time));
  }
  if (variant.update_time.has_value()) {
    record.set_update_time(Micros(*variant.update_time));
  }
  record.set_creator(variant.creator);
  record.set_updater(variant.updater);
  WriteRemarks(variant, record);
  if (variant.neighbors.previous_hash.has_value()) {
    record.set_previous_hash(*variant.neighbors.previous_hash);
  }
  if (variant.neighbors.next_hash.has_value()) {
    record.set_next_hash(*variant.neighbors.next_hash);
  }
}

bool ReadTags(const v1::VariantRecord& record, std::vector<Tag>& tags) {
  for (const auto& read : record.tags()) {
    Tag& tag = tags.emplace_back();
    if (!ReadEnum(read.kind(), TagKind::kOpen, TagKind::kIsolatedClose, tag.kind) ||
        read.position() > record.text().size()) {
      return false;
    }
    tag.position = read.position();
    tag.pair = read.pair();
    tag.id = read.id();
    tag.type = read.type();
    tag.data = read.data();
  }
  return true;
}

bool ReadVariant(const v1::VariantRecord& record, Variant& variant) {
  variant.language = LanguageTag::FromCanonical(record.language());
  variant.segment.text = record.text();
  if (record.has_create_time()) {
    variant.create_time = FromMicros(record.create_time());
  }
  if (record.has_update_time()) {
    variant.update_time = FromMicros(record.update_time());
  }
  variant.creator = record.creator();
  variant.updater = record.updater();
  ReadRemarks(record, variant);
  if (record.has_previous_hash()) {
    variant.neighbors.previous_hash = record.previous_hash();
  }
  if (record.has_next_hash()) {
    variant.neighbors.next_hash = record.next_hash();
  }
  return ReadTags(record, variant.segment.tags) &&
         ReadEnum(record.status(), VariantStatus::kDraft, VariantStatus::kApproved,
                  variant.status) &&
         ReadEnum(record.origin(), Origin::kUnknown, Origin::kAlignment, variant.origin);
}

void WriteTerm(const Term& term, v1::TermRecord& record) {
  record.set_id(term.id);
  record.set_text(term.text);
  record.set_status(EnumNumber(term.status));
  record.set_process_status(EnumNumber(term.process_status));
  record.set_type(EnumNumber(term.type));
  record.set_matching(EnumNumber(term.matching));
  record.set_match_compounds(term.match_compounds);
  record.mutable_extra_forms()->Assign(term.extra_forms.begin(), term.extra_forms.end());
  record.mutable_banned_forms()->Assign(term.banned_forms.begin(), term.banned_forms.end());
  record.set_part_of_speech(term.part_of_speech);
  record.set_grammatical_gender(term.grammatical_gender);
  record.set_grammatical_number(term.grammatical_number);
  record.set_usage_example(term.usage_example);
  record.set_source(term.source);
  WriteRemarks(term, record);
}

bool ReadTerm(const v1::TermRecord& record, Term& term) {
  term.id = record.id();
  term.text = record.text();
  term.match_compounds = record.match_compounds();
  term.extra_forms.assign(record.extra_forms().begin(), record.extra_forms().end());
  term.banned_forms.assign(record.banned_forms().begin(), record.banned_forms().end());
  term.part_of_speech = record.part_of_speech();
  term.grammatical_gender = record.grammatical_gender();
  term.grammatical_number = record.grammatical_number();
  term.usage_example = record.usage_example();
  term.source = record.source();
  ReadRemarks(record, term);
  return ReadEnum(record.status(), TermStatus::kPreferred, TermStatus::kDeprecated, term.status) &&
         ReadEnum(record.process_status(), ProcessStatus::kProposed, ProcessStatus::kRejected,
                  term.process_status) &&
         ReadEnum(record.type(), TermType::kFullForm, TermType::kVariant, term.type) &&
         ReadEnum(record.matching(), TermMatching::kInflected, TermMatching::kCaseSensitive,
                  term.matching);
}

void WriteSection(const LanguageSection& section, v1::LanguageSectionRecord& record) {
  record.set_language(section.language.str());
  record.set_definition(section.definition);
  record.set_definition_source(section.definition_source);
  for (const Term& term : section.terms) {
    WriteTerm(term, *record.add_terms());
  }
  WriteRemarks(section, record);
}

bool ReadSection(const v1::LanguageSectionRecord& record, LanguageSection& section) {
  section.language = LanguageTag::FromCanonical(record.language());
  section.definition = record.definition();
  section.definition_source = record.definition_source();
  ReadRemarks(record, section);
  for (const auto& term : record.terms()) {
    if (!ReadTerm(term, section.terms.emplace_back())) {
      return false;
    }
  }
  return true;
}

}  // namespace

std::string SerializeUnit(const TranslationUnit& unit) {
  v1::UnitRecord record;
  record.set_source_language(unit.source_language.str());
  for (const Variant& variant : unit.variants) {
    WriteVariant(variant, *record.add_variants());
  }
  record.set_document(unit.document);
  record.set_context_id(unit.context_id);
  record.set_segment_type(EnumNumber(unit.segment_type));
  WriteLabels(unit.labels, record);
  WriteRemarks(unit, record);
  WriteAuthorship(unit, record);
  return record.SerializeAsString();
}

absl::StatusOr<TranslationUnit> ParseUnit(UnitName name, std::string_view bytes) {
  v1::UnitRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "unit", record));
  TranslationUnit unit;
  unit.name = std::move(name);
  unit.source_language = LanguageTag::FromCanonical(record.source_language());
  for (const auto& variant : record.variants()) {
    if (!ReadVariant(variant, unit.variants.emplace_back())) {
      return Damaged("unit");
    }
  }
  unit.document = record.document();
  unit.context_id = record.context_id();
  unit.labels = ReadLabels(record);
  ReadRemarks(record, unit);
  ReadAuthorship(record, unit);
  if (!ReadEnum(record.segment_type(), SegmentType::kBlock, SegmentType::kPhrase,
                unit.segment_type)) {
    return Damaged("unit");
  }
  return unit;
}

absl::Status ForEachText(std::string_view bytes,
                         absl::FunctionRef<void(const std::string&, const std::string&)> visit) {
  v1::UnitRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "unit", record));
  for (const auto& variant : record.variants()) {
    visit(variant.language(), variant.text());
  }
  return absl::OkStatus();
}

std::string SerializeMemory(const Memory& memory, Number number) {
  v1::MemoryRecord record;
  record.set_number(number);
  record.set_display_name(memory.display_name);
  record.set_source_language(memory.source_language.str());
  record.set_write_policy(EnumNumber(memory.write_policy));
  WriteLabels(memory.labels, record);
  record.set_create_time(Micros(memory.create_time));
  record.set_update_time(Micros(memory.update_time));
  record.set_revision(memory.revision.value);
  return record.SerializeAsString();
}

absl::StatusOr<NumberedMemory> ParseMemory(MemoryName name, std::string_view bytes) {
  v1::MemoryRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "memory", record));
  NumberedMemory result;
  result.number = record.number();
  Memory& memory = result.memory;
  memory.name = std::move(name);
  memory.display_name = record.display_name();
  memory.source_language = LanguageTag::FromCanonical(record.source_language());
  memory.labels = ReadLabels(record);
  memory.create_time = FromMicros(record.create_time());
  memory.update_time = FromMicros(record.update_time());
  memory.revision = {record.revision()};
  if (!ReadEnum(record.write_policy(), WritePolicy::kKeepAll, WritePolicy::kKeepReviewed,
                memory.write_policy)) {
    return Damaged("memory");
  }
  return result;
}

std::string SerializeGlossary(const Glossary& glossary, Number number) {
  v1::GlossaryRecord record;
  record.set_number(number);
  record.set_display_name(glossary.display_name);
  WriteLabels(glossary.labels, record);
  record.set_create_time(Micros(glossary.create_time));
  record.set_update_time(Micros(glossary.update_time));
  record.set_revision(glossary.revision.value);
  return record.SerializeAsString();
}

absl::StatusOr<NumberedGlossary> ParseGlossary(GlossaryName name, std::string_view bytes) {
  v1::GlossaryRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "glossary", record));
  NumberedGlossary result;
  result.number = record.number();
  Glossary& glossary = result.glossary;
  glossary.name = std::move(name);
  glossary.display_name = record.display_name();
  glossary.labels = ReadLabels(record);
  glossary.create_time = FromMicros(record.create_time());
  glossary.update_time = FromMicros(record.update_time());
  glossary.revision = {record.revision()};
  return result;
}

std::string SerializeConcept(const Concept& concept_) {
  v1::ConceptRecord record;
  record.set_subject_field(concept_.subject_field);
  record.set_definition(concept_.definition);
  record.set_definition_source(concept_.definition_source);
  for (const LanguageSection& section : concept_.sections) {
    WriteSection(section, *record.add_sections());
  }
  record.set_do_not_translate(concept_.do_not_translate);
  for (const Relation& relation : concept_.relations) {
    auto& written = *record.add_relations();
    written.set_type(EnumNumber(relation.type));
    written.set_glossary(relation.target.glossary);
    written.set_concept_id(relation.target.concept_id);
  }
  WriteRemarks(concept_, record);
  WriteAuthorship(concept_, record);
  return record.SerializeAsString();
}

absl::StatusOr<Concept> ParseConcept(ConceptName name, std::string_view bytes) {
  v1::ConceptRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "concept", record));
  Concept result;
  result.name = std::move(name);
  result.subject_field = record.subject_field();
  result.definition = record.definition();
  result.definition_source = record.definition_source();
  result.do_not_translate = record.do_not_translate();
  ReadRemarks(record, result);
  ReadAuthorship(record, result);
  bool is_sound = true;
  for (const auto& section : record.sections()) {
    is_sound = is_sound && ReadSection(section, result.sections.emplace_back());
  }
  for (const auto& read : record.relations()) {
    Relation& relation = result.relations.emplace_back();
    relation.target = {read.glossary(), read.concept_id()};
    is_sound = is_sound &&
               ReadEnum(read.type(), RelationType::kBroader, RelationType::kAntonym, relation.type);
  }
  if (!is_sound) {
    return Damaged("concept");
  }
  return result;
}

std::string SerializeException(const Exception& exception) {
  v1::ExceptionRecord record;
  record.set_concept_id(exception.concept_id);
  record.set_kind(exception.kind ? EnumNumber(*exception.kind) : 0);
  record.set_language(exception.language.str());
  record.set_document(exception.document);
  record.set_segment_text(exception.segment_text);
  record.set_reason(exception.reason);
  record.set_creator(exception.creator);
  record.set_create_time(Micros(exception.create_time));
  record.set_revision(exception.revision.value);
  return record.SerializeAsString();
}

absl::StatusOr<Exception> ParseException(ExceptionName name, std::string_view bytes) {
  v1::ExceptionRecord record;
  SILD_CHECK_OK(ParseRecord(bytes, "exception", record));
  Exception result;
  result.name = std::move(name);
  result.concept_id = record.concept_id();
  FindingKind kind{};
  if (record.kind() != 0) {
    if (!ReadEnum(record.kind(), FindingKind::kMissing, FindingKind::kUsed, kind)) {
      return Damaged("exception");
    }
    result.kind = kind;
  }
  result.language = LanguageTag::FromCanonical(record.language());
  result.document = record.document();
  result.segment_text = record.segment_text();
  result.reason = record.reason();
  result.creator = record.creator();
  result.create_time = FromMicros(record.create_time());
  result.revision = {record.revision()};
  return result;
}

}  // namespace sild::storage
