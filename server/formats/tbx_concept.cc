#include "server/formats/tbx_concept.h"

#include <algorithm>
#include <utility>

#include <absl/strings/match.h>
#include <fmt/format.h>

#include "server/formats/dates.h"
#include "server/formats/limit_problem.h"
#include "server/formats/tbx_vocabulary.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

// Puts `value` where nothing stands yet. False: something stands there.
bool PutOnce(std::string& place, std::string& value) {
  if (!place.empty() || value.empty()) {
    return false;
  }
  place = std::move(value);
  return true;
}

// What a file gives as the id of a term is `{concept}_{term}` if Sild wrote it.
std::string_view TermId(std::string_view id, std::string_view concept_id) {
  if (id.starts_with(concept_id) && id.substr(concept_id.size()).starts_with('_')) {
    id.remove_prefix(concept_id.size() + 1);
  }
  return id;
}

}  // namespace

void ConceptBuilder::Begin(std::string_view id) {
  entry_ = {};
  entry_.name.glossary = options_.glossary_id;
  stated_.clear();
  section_ = nullptr;
  term_ids_.clear();
  if (IsResourceId(id)) {
    entry_.name.concept_id = std::string(id);
  } else if (!id.empty()) {
    entry_.properties.push_back({"id", std::string(id)});
  }
}

void ConceptBuilder::BeginSection(std::string_view spelling) {
  section_ = nullptr;
  const auto language = languages_.Find(spelling);
  if (!language) {
    problems_.Add(
        spelling.empty()
            ? std::string("a language section has no xml:lang and was left out")
            : fmt::format("language \"{}\" is not known and its section was left out; map it with "
                          "language_map",
                          Clip(spelling)));
    return;
  }
  const auto same =
      std::find_if(entry_.sections.begin(), entry_.sections.end(),
                   [&](const LanguageSection& section) { return section.language == *language; });
  if (same != entry_.sections.end()) {
    section_ = &*same;
    problems_.Add(fmt::format("two sections of language {} were put together", language->str()));
    return;
  }
  if (entry_.sections.size() > options_.limits.variants) {
    PruneSections();
  }
  if (problems_.is_dropped()) {
    return;
  }
  section_ = &entry_.sections.emplace_back();
  section_->language = *language;
  if (!IsSameSpelling(spelling, language->str())) {
    section_->properties.push_back({std::string(category::kOwnLanguage), std::string(spelling)});
  }
}

void ConceptBuilder::BeginTerm(std::string_view id) {
  term_ = {};
  status_rank_ = 0;
  facts_ = {};
  const std::string term_id(TermId(id, entry_.name.concept_id));
  if (IsResourceId(term_id) && term_ids_.insert(term_id).second) {
    term_.id = term_id;
  } else if (!id.empty()) {
    term_.properties.push_back({"id", std::string(id)});
  }
}

void ConceptBuilder::EndTerm() {
  Term term = std::exchange(term_, {});
  const std::string problem = section_ == nullptr ? "" : ProblemOf(term);
  if (section_ != nullptr && problem.empty()) {
    stated_[{section_->language, term.text}] = facts_;
    section_->terms.push_back(std::move(term));
    return;
  }
  term_ids_.erase(term.id);
  if (!problem.empty()) {
    problems_.Add(problem);
  }
}

// Why the section at hand cannot take `term`. Empty: it can.
std::string ConceptBuilder::ProblemOf(const Term& term) const {
  const std::string language = section_->language.str();
  if (term.text.empty()) {
    return fmt::format("an empty {} term was left out", language);
  }
  if (text::CountChars(term.text) > options_.limits.term_chars) {
    return fmt::format("a {} term is longer than {} characters and was left out", language,
                       options_.limits.term_chars);
  }
  if (section_->terms.size() >= options_.limits.terms) {
    return fmt::format("a {} term beyond the {}th was left out", language, options_.limits.terms);
  }
  return "";
}

void ConceptBuilder::TakeTermText(std::string text) {
  if (term_.text.empty()) {
    term_.text = std::move(text);
  }
}

// Whether there is room for one more where there are `count`; if not, the concept is dropped.
bool ConceptBuilder::HasRoom(std::size_t count, std::string_view owner) {
  if (count >= options_.limits.properties) {
    problems_.Drop(TooManyProperties(owner, options_.limits));
  }
  return count < options_.limits.properties;
}

void ConceptBuilder::TakeNote(TbxLevel level, std::string note) {
  if (note.empty() && !keeps_empty_) {
    return;
  }
  const auto put = [&](std::vector<std::string>& notes, std::string_view owner) {
    if (HasRoom(notes.size(), owner)) {
      notes.push_back(std::move(note));
    }
  };
  if (level == TbxLevel::kConcept) {
    put(entry_.notes, "the concept");
  } else if (level == TbxLevel::kTerm) {
    put(term_.notes, "a term");
  } else if (section_ != nullptr) {
    put(section_->notes, "a language section");
  }
}

void ConceptBuilder::AddProperty(TbxLevel level, std::string type, std::string value) {
  const auto put = [&](std::vector<Property>& properties, std::string_view owner) {
    if (HasRoom(properties.size(), owner)) {
      properties.push_back({std::move(type), std::move(value)});
    }
  };
  if (level == TbxLevel::kConcept) {
    put(entry_.properties, "the concept");
  } else if (level == TbxLevel::kTerm) {
    put(term_.properties, "a term");
  } else if (section_ != nullptr) {
    put(section_->properties, "a language section");
  }
}

void ConceptBuilder::TakeTransaction(TbxLevel level, const TbxTransaction& transaction) {
  const auto property = [](std::string_view date, std::string_view person) {
    return fmt::format("{}{}{}", date, date.empty() || person.empty() ? "" : " ", person);
  };
  const auto time = ParseDate(transaction.date);
  const bool is_created = transaction.type == "origination" || transaction.type == "creation" ||
                          transaction.type == "input";
  const bool is_known = is_created || transaction.type == "modification";
  if (level != TbxLevel::kConcept || !is_known || (!time && !transaction.date.empty())) {
    AddProperty(level, transaction.type, property(transaction.date, transaction.person));
    return;
  }
  Timestamp& when = is_created ? entry_.create_time : entry_.update_time;
  std::string& who = is_created ? entry_.creator : entry_.updater;
  const bool is_free = when == Timestamp() && who.empty();
  if (!is_free && (is_created || time.value_or(Timestamp()) < when)) {
    AddProperty(level, transaction.type, property(transaction.date, transaction.person));
    return;
  }
  if (!is_free) {  // A later change: the one before becomes history.
    AddProperty(level, transaction.type,
                property(when == Timestamp() ? "" : FormatIsoDate(when), who));
  }
  when = time.value_or(Timestamp());
  who = transaction.person;
}

void ConceptBuilder::TakeField(TbxLevel level, TbxField field) {
  if (TakeRelation(field)) {
    return;
  }
  if (field.value.empty() && field.target.empty() && !keeps_empty_) {
    return;
  }
  if (field.value.empty()) {
    field.value = field.target;
  } else if (!field.target.empty() &&
             ElementOf(field.category, level == TbxLevel::kTerm) == "xref") {
    field.value = field.target + " " + field.value;
  }
  bool taken = section_ == nullptr && level == TbxLevel::kSection;
  if (level == TbxLevel::kConcept) {
    taken = TakeConceptField(field);
  } else if (level == TbxLevel::kTerm) {
    taken = TakeTermField(field);
  } else if (section_ != nullptr) {
    taken = TakeDefinition(field, section_->definition, section_->definition_source);
  }
  if (!taken) {
    const bool is_own = field.category.starts_with(category::kOwnPrefix) &&
                        field.category != category::kOwnLanguage &&
                        field.category != category::kOwnPrefix;
    AddProperty(level, field.category.substr(is_own ? category::kOwnPrefix.size() : 0),
                std::move(field.value));
  }
}

// Takes a definition, or the source of the one at hand, if its place is free.
bool ConceptBuilder::TakeDefinition(TbxField& field, std::string& definition, std::string& source) {
  if (field.category == category::kDefinition) {
    return PutOnce(definition, field.value);
  }
  const bool is_source = field.category == category::kSource &&
                         field.around == category::kDefinition && !definition.empty();
  return (is_source || field.category == category::kDefinitionSource) &&
         PutOnce(source, field.value);
}

bool ConceptBuilder::TakeConceptField(TbxField& field) {
  const bool taken =
      TakeDefinition(field, entry_.definition, entry_.definition_source) ||
      (field.category == category::kSubjectField && PutOnce(entry_.subject_field, field.value)) ||
      (field.category == category::kTranslationNeeded && !entry_.do_not_translate &&
       absl::EqualsIgnoreCase(field.value, "no"));
  entry_.do_not_translate =
      entry_.do_not_translate || (taken && field.category == category::kTranslationNeeded);
  return taken;
}

bool ConceptBuilder::TakeTermField(TbxField& field) {
  const std::string_view name = field.category;
  const bool in_definition = field.around == category::kDefinition;
  if (name == category::kSource && field.around == category::kContext) {
    field.category = std::string(category::kContextSource);
    return false;
  }
  return (section_ != nullptr &&
          TakeDefinition(field, section_->definition, section_->definition_source)) ||
         (name == category::kPartOfSpeech && PutOnce(term_.part_of_speech, field.value)) ||
         (name == category::kGender && PutOnce(term_.grammatical_gender, field.value)) ||
         (name == category::kNumber && PutOnce(term_.grammatical_number, field.value)) ||
         (name == category::kContext && PutOnce(term_.usage_example, field.value)) ||
         (name == category::kSource && !in_definition && PutOnce(term_.source, field.value)) ||
         TakeStatus(field) || TakeOwn(field);
}

// Takes what a term is worth. False: it stays as a property besides, because it was not our word
// for it, or a second one, or is not known.
bool ConceptBuilder::TakeStatus(const TbxField& field) {
  const std::string_view name = field.category;
  if (name == category::kProcessStatus) {
    const auto status = ParseProcessStatus(field.value);
    if (!status || std::exchange(facts_.process_status, true)) {
      return false;
    }
    term_.process_status = status->value;
    return status->is_ours;
  }
  if (name == category::kTermType) {
    const auto type = ParseTermType(field.value);
    if (!type || std::exchange(facts_.type, true)) {
      return false;
    }
    term_.type = type->value;
    return type->is_ours;
  }
  const int rank = name == category::kStatus ? 2
                   : std::find(kOtherStatusCategories.begin(), kOtherStatusCategories.end(),
                               name) != kOtherStatusCategories.end()
                       ? 1
                       : 0;
  const auto status = rank > status_rank_ ? ParseTermStatus(field.value) : std::nullopt;
  if (!status) {
    return false;
  }
  status_rank_ = rank;
  facts_.status = true;
  term_.status = status->value;
  return rank == 2 && status->is_ours;
}

// Takes what only Sild writes.
bool ConceptBuilder::TakeOwn(const TbxField& field) {
  if (field.category == category::kMatching) {
    facts_.matching = true;
    term_.matching = ParseTermMatching(field.value).value_or(term_.matching);
  } else if (field.category == category::kMatchCompounds) {
    facts_.match_compounds = true;
    term_.match_compounds = field.value == "yes";
  } else if (field.category == category::kExtraForm &&
             term_.extra_forms.size() < options_.limits.forms) {
    term_.extra_forms.push_back(field.value);
  } else if (field.category == category::kBannedForm &&
             term_.banned_forms.size() < options_.limits.forms) {
    term_.banned_forms.push_back(field.value);
  } else {
    return false;
  }
  return true;
}

// Takes a reference to another concept: an id of this file, or the whole name of one elsewhere.
bool ConceptBuilder::TakeRelation(const TbxField& field) {
  const auto type = ParseRelation(field.category);
  if (!type) {
    return false;
  }
  Relation relation;
  relation.type = *type;
  if (IsResourceId(field.target)) {
    relation.target = {options_.glossary_id, field.target};
  } else if (auto name = ConceptName::Parse(field.target); name.ok()) {
    relation.target = *std::move(name);
  } else {
    return false;
  }
  if (std::find(entry_.relations.begin(), entry_.relations.end(), relation) !=
      entry_.relations.end()) {
    return true;
  }
  if (entry_.relations.size() >= options_.limits.properties) {
    problems_.Drop(fmt::format("the concept has more than {} relations; remove some",
                               options_.limits.properties));
    return true;
  }
  entry_.relations.push_back(std::move(relation));
  return true;
}

// Removes the sections that have no terms, and drops a concept that has too many others. No section
// is at hand then.
void ConceptBuilder::PruneSections() {
  section_ = nullptr;
  std::erase_if(entry_.sections, [this](const LanguageSection& section) {
    if (section.terms.empty()) {
      problems_.Add(
          fmt::format("the {} section has no terms and was left out", section.language.str()));
    }
    return section.terms.empty();
  });
  if (entry_.sections.size() > options_.limits.variants) {
    problems_.Drop(
        fmt::format("the concept has more than {} languages; split it", options_.limits.variants));
  }
}

absl::Status ConceptBuilder::GiveTo(ConceptSink& sink, const Place& place, const std::string& id) {
  PruneSections();
  for (LanguageSection& section : entry_.sections) {
    std::stable_partition(section.terms.begin(), section.terms.end(),
                          [](const Term& term) { return term.status == TermStatus::kPreferred; });
  }
  problems_.Drop(entry_.sections.empty() ? "the concept has no terms"
                                         : LimitProblem(entry_, options_.limits));
  return problems_.End()
             ? sink.OnConcept({std::exchange(entry_, {}), place.offset_bytes, place.line, id,
                               std::exchange(stated_, {}), holds_pairs_})
             : absl::OkStatus();
}

}  // namespace sild::formats
