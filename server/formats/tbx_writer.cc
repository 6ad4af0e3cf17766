#include <algorithm>
#include <array>
#include <utility>

#include <absl/strings/match.h>
#include <fmt/format.h>

#include "server/formats/dates.h"
#include "server/formats/tbx.h"
#include "server/formats/tbx_vocabulary.h"
#include "server/formats/xml_writer.h"

namespace sild::formats {
namespace {

constexpr std::string_view kConceptIndent = "        ";
constexpr std::string_view kSectionIndent = "          ";
constexpr std::string_view kTermIndent = "            ";

// The categories of the modules of TBX-Basic, which DCT style writes as elements.
constexpr std::array<std::string_view, 5> kMinCategories = {
    "administrativeStatus", "customerSubset", "externalCrossReference", "partOfSpeech",
    "subjectField"};
constexpr std::array<std::string_view, 10> kBasicCategories = {
    "context",       "crossReference", "definition",   "geographicalUsage", "grammaticalGender",
    "projectSubset", "source",         "termLocation", "termType",          "xGraphic"};

// Where a piece of a file is written to, and how.
struct TbxOut {
  std::string& text;
  TbxStyle style = TbxStyle::kDca;
  std::string* term_notes = nullptr;  // Where `termNote` goes instead, in v2.

  bool is_v2() const { return style == TbxStyle::kTig || style == TbxStyle::kNtig; }
};

// The prefix of the module that has a category. Empty: none has it.
std::string_view ModuleOf(std::string_view category) {
  const auto has = [&](const auto& names) {
    return std::find(names.begin(), names.end(), category) != names.end();
  };
  return has(kMinCategories) ? "min:" : has(kBasicCategories) ? "basic:" : "";
}

void AppendElement(std::string_view name, std::string_view text, std::string_view indent,
                   std::string& out) {
  out.append(indent).append("<").append(name).append(">");
  AppendXmlEscaped(text, XmlContext::kText, out);
  out.append("</").append(name).append(">\n");
}

// `<element type="category" target="target">text</element>`, or in DCT style
// `<module:category target="target">text</module:category>`.
void AppendReference(std::string_view element, std::string_view category, std::string_view target,
                     std::string_view text, std::string_view indent, const TbxOut& out) {
  std::string& to = element == "termNote" && out.term_notes ? *out.term_notes : out.text;
  const std::string_view module = out.style == TbxStyle::kDct ? ModuleOf(category) : "";
  const std::string name =
      module.empty() ? std::string(element) : std::string(module) + std::string(category);
  to.append(indent).append("<").append(name);
  if (module.empty()) {
    AppendXmlAttribute("type", category, to);
  }
  if (!target.empty()) {
    AppendXmlAttribute("target", target, to);
  }
  to += '>';
  AppendXmlEscaped(text, XmlContext::kText, to);
  to.append("</").append(name).append(">\n");
}

void AppendCategory(std::string_view element, std::string_view category, std::string_view text,
                    std::string_view indent, const TbxOut& out) {
  AppendReference(element, category, "", text, indent, out);
}

void AppendIfSet(std::string_view element, std::string_view category, std::string_view text,
                 std::string_view indent, const TbxOut& out) {
  if (!text.empty()) {
    AppendCategory(element, category, text, indent, out);
  }
}

// Writes a property. `is_taken`: the reader would take one of that type for a field, so it is
// written under another name.
void AppendProperty(const Property& property, bool is_taken, bool is_in_term,
                    std::string_view indent, const TbxOut& out) {
  const bool is_own =
      property.type.starts_with(category::kOwnPrefix) && property.type != category::kOwnLanguage;
  const std::string type =
      is_own || is_taken ? std::string(category::kOwnPrefix) + property.type : property.type;
  const std::string_view element = ElementOf(type, is_in_term);
  const std::string_view value = property.value;
  const std::size_t space = value.find(' ');
  if (element == "xref" && !value.empty() && space != 0 && space + 1 != value.size()) {
    const std::string_view text =
        space == std::string_view::npos ? std::string_view() : value.substr(space + 1);
    AppendReference(element, type, value.substr(0, space), text, indent, out);
  } else {
    AppendCategory(element, type, value, indent, out);
  }
}

void AppendDefinition(std::string_view definition, std::string_view source, std::string_view indent,
                      const TbxOut& out) {
  if (definition.empty()) {
    AppendIfSet("admin", category::kDefinitionSource, source, indent, out);
  } else if (source.empty()) {
    AppendCategory("descrip", category::kDefinition, definition, indent, out);
  } else {
    const std::string inner = std::string(indent) + "  ";
    out.text.append(indent).append("<descripGrp>\n");
    AppendCategory("descrip", category::kDefinition, definition, inner, out);
    AppendCategory("admin", category::kSource, source, inner, out);
    out.text.append(indent).append("</descripGrp>\n");
  }
}

void AppendTransaction(std::string_view type, Timestamp time, std::string_view person,
                       const TbxOut& out) {
  if (time == Timestamp() && person.empty()) {
    return;
  }
  const std::string inner = std::string(kConceptIndent) + "  ";
  out.text.append(kConceptIndent).append("<transacGrp>\n");
  // In DCT style they are elements only here: a property of that name belongs to no transaction.
  if (out.style == TbxStyle::kDct) {
    AppendElement("basic:transactionType", type, inner, out.text);
    if (!person.empty()) {
      AppendElement("basic:responsibility", person, inner, out.text);
    }
  } else {
    AppendCategory("transac", "transactionType", type, inner, out);
    AppendIfSet("transacNote", "responsibility", person, inner, out);
  }
  if (time != Timestamp()) {
    AppendElement("date", FormatIsoDate(time), inner, out.text);
  }
  out.text.append(kConceptIndent).append("</transacGrp>\n");
}

void AppendRelation(const Relation& relation, const ConceptName& name, const TbxOut& out) {
  const std::string target = relation.target.glossary == name.glossary ? relation.target.concept_id
                                                                       : relation.target.str();
  const std::string_view element = relation.type == RelationType::kRelated ? "ref" : "descrip";
  AppendReference(element, TbxName(relation.type), target, target, kConceptIndent, out);
}

void AppendConceptFields(const Concept& entry, const TbxOut& out) {
  AppendIfSet("descrip", category::kSubjectField, entry.subject_field, kConceptIndent, out);
  AppendDefinition(entry.definition, entry.definition_source, kConceptIndent, out);
  if (entry.do_not_translate) {
    AppendCategory("descrip", category::kTranslationNeeded, "No", kConceptIndent, out);
  }
  for (const Relation& relation : entry.relations) {
    AppendRelation(relation, entry.name, out);
  }
  for (const Property& property : entry.properties) {
    const bool is_taken =
        (property.type == category::kDefinition && entry.definition.empty()) ||
        (property.type == category::kSubjectField && entry.subject_field.empty()) ||
        (property.type == category::kTranslationNeeded && !entry.do_not_translate &&
         absl::EqualsIgnoreCase(property.value, "no"));
    AppendProperty(property, is_taken, false, kConceptIndent, out);
  }
  AppendTransaction("origination", entry.create_time, entry.creator, out);
  AppendTransaction("modification", entry.update_time, entry.updater, out);
  for (const std::string& note : entry.notes) {
    AppendElement("note", note, kConceptIndent, out.text);
  }
}

// Whether the reader would take a property of a term for one of its fields.
bool IsTaken(const Property& property, const Term& term, const LanguageSection& section) {
  const std::string_view type = property.type;
  return (type == category::kPartOfSpeech && term.part_of_speech.empty()) ||
         (type == category::kGender && term.grammatical_gender.empty()) ||
         (type == category::kNumber && term.grammatical_number.empty()) ||
         (type == category::kContext && term.usage_example.empty()) ||
         (type == category::kSource && term.source.empty()) ||
         (type == category::kDefinition && section.definition.empty());
}

void AppendOwnFields(const Term& term, const TbxOut& out) {
  if (term.matching != TermMatching::kInflected) {
    AppendCategory("termNote", category::kMatching, TbxName(term.matching), kTermIndent, out);
  }
  if (term.match_compounds) {
    AppendCategory("termNote", category::kMatchCompounds, "yes", kTermIndent, out);
  }
  for (const std::string& form : term.extra_forms) {
    AppendCategory("termNote", category::kExtraForm, form, kTermIndent, out);
  }
  for (const std::string& form : term.banned_forms) {
    AppendCategory("termNote", category::kBannedForm, form, kTermIndent, out);
  }
}

// Writes what a term has besides its text.
void AppendTermFields(const Term& term, const LanguageSection& section, const TbxOut& out) {
  const auto note = [&out](std::string_view type, std::string_view text) {
    AppendIfSet("termNote", type, text, kTermIndent, out);
  };
  const bool has_type_property =
      std::any_of(term.properties.begin(), term.properties.end(),
                  [](const Property& property) { return property.type == category::kTermType; });
  note(category::kPartOfSpeech, term.part_of_speech);
  note(category::kGender, term.grammatical_gender);
  note(category::kNumber, term.grammatical_number);
  if (term.type != TermType::kFullForm || has_type_property) {
    note(category::kTermType, TbxName(term.type));
  }
  note(category::kStatus, TbxName(term.status));
  note(category::kProcessStatus, TbxName(term.process_status));
  AppendOwnFields(term, out);
  AppendIfSet("descrip", category::kContext, term.usage_example, kTermIndent, out);
  AppendIfSet("admin", category::kSource, term.source, kTermIndent, out);
  for (const Property& property : term.properties) {
    AppendProperty(property, IsTaken(property, term, section), true, kTermIndent, out);
  }
  for (const std::string& text : term.notes) {
    AppendElement("note", text, kTermIndent, out.text);
  }
}

void AppendTerm(const Term& term, const LanguageSection& section, const ConceptName& name,
                const TbxOut& out) {
  const std::string_view element = out.style == TbxStyle::kNtig  ? "ntig"
                                   : out.style == TbxStyle::kTig ? "tig"
                                                                 : "termSec";
  out.text.append(kSectionIndent).append("<").append(element);
  if (!term.id.empty()) {  // Of one concept only; TBX wants one that is unique in the file.
    AppendXmlAttribute("id", name.concept_id + "_" + term.id, out.text);
  }
  out.text.append(">\n");
  const bool is_ntig = out.style == TbxStyle::kNtig;
  out.text.append(is_ntig ? "            <termGrp>\n" : "");
  AppendElement("term", term.text, kTermIndent, out.text);
  if (out.is_v2()) {
    std::string notes;
    std::string rest;
    AppendTermFields(term, section, {rest, out.style, &notes});
    out.text.append(notes).append(is_ntig ? "            </termGrp>\n" : "").append(rest);
  } else {
    AppendTermFields(term, section, out);
  }
  out.text.append(kSectionIndent).append("</").append(element).append(">\n");
}

class TbxWriter : public ConceptWriter {
 public:
  explicit TbxWriter(TbxWriteOptions options) : options_(std::move(options)) {}

  void Begin(std::string& out) override {
    const TbxOut where = At(out);
    out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (where.is_v2()) {
      out.append("<martif type=\"TBX-Sild\" xml:lang=\"en\">\n  <martifHeader>\n");
    } else {
      const bool is_dct = options_.style == TbxStyle::kDct;
      out.append("<tbx xmlns=\"urn:iso:std:iso:30042:ed-2\" type=\"TBX-Sild\" style=\"");
      out.append(is_dct ? "dct\" xmlns:min=\"http://www.tbxinfo.net/ns/min\" "
                          "xmlns:basic=\"http://www.tbxinfo.net/ns/basic\""
                        : "dca\"");
      out.append(" xml:lang=\"en\">\n  <tbxHeader>\n");
    }
    out.append("    <fileDesc>\n");
    if (!options_.title.empty()) {
      out.append("      <titleStmt>\n");
      AppendElement("title", options_.title, kConceptIndent, out);
      out.append("      </titleStmt>\n");
    }
    out.append("      <sourceDesc>\n");
    AppendElement("p", fmt::format("Written by Sild {}", options_.version), kConceptIndent, out);
    out.append("      </sourceDesc>\n    </fileDesc>\n");
    out.append(where.is_v2() ? "  </martifHeader>\n" : "  </tbxHeader>\n");
    out.append("  <text>\n    <body>\n");
  }

  bool Write(const Concept& entry, std::string& out) override {
    const TbxOut where = At(out);
    const std::string_view element = where.is_v2() ? "termEntry" : "conceptEntry";
    out.append("      <").append(element);
    if (!entry.name.concept_id.empty()) {
      AppendXmlAttribute("id", entry.name.concept_id, out);
    }
    out.append(">\n");
    AppendConceptFields(entry, where);
    for (const LanguageSection& section : entry.sections) {
      WriteSection(section, entry.name, where);
    }
    out.append("      </").append(element).append(">\n");
    return true;
  }

  void Finish(std::string& out) override {
    out.append("    </body>\n  </text>\n");
    out.append(At(out).is_v2() ? "</martif>\n" : "</tbx>\n");
  }

 private:
  TbxOut At(std::string& out) const { return {out, options_.style}; }

  static void WriteSection(const LanguageSection& section, const ConceptName& name,
                           const TbxOut& out) {
    const std::string_view element = out.is_v2() ? "langSet" : "langSec";
    out.text.append(kConceptIndent).append("<").append(element);
    AppendXmlAttribute("xml:lang", section.language.str(), out.text);
    out.text.append(">\n");
    AppendDefinition(section.definition, section.definition_source, kSectionIndent, out);
    for (const Property& property : section.properties) {
      const bool is_taken = property.type == category::kDefinition && section.definition.empty();
      AppendProperty(property, is_taken, false, kSectionIndent, out);
    }
    for (const std::string& note : section.notes) {
      AppendElement("note", note, kSectionIndent, out.text);
    }
    for (const Term& term : section.terms) {
      AppendTerm(term, section, name, out);
    }
    out.text.append(kConceptIndent).append("</").append(element).append(">\n");
  }

  const TbxWriteOptions options_;
};

}  // namespace

std::unique_ptr<ConceptWriter> NewTbxWriter(TbxWriteOptions options) {
  return std::make_unique<TbxWriter>(std::move(options));
}

}  // namespace sild::formats
