#include "server/formats/tbx_vocabulary.h"

#include <algorithm>
#include <string>
#include <utility>

#include <absl/strings/ascii.h>

#include "server/formats/named_values.h"

namespace sild::formats {
namespace {

// Each table: first what the writer writes, one for each value, then what others write.
constexpr NamedValues<TermStatus, 4> kStatuses = {
    {{TermStatus::kPreferred, "preferredTerm-admn-sts"},
     {TermStatus::kAdmitted, "admittedTerm-admn-sts"},
     {TermStatus::kSuperseded, "supersededTerm-admn-sts"},
     {TermStatus::kDeprecated, "deprecatedTerm-admn-sts"}}};
// In lower case, without `-admn-sts` and `Term`.
constexpr NamedValues<TermStatus, 13> kOtherStatuses = {
    {{TermStatus::kPreferred, "preferred"},
     {TermStatus::kAdmitted, "admitted"},
     {TermStatus::kSuperseded, "superseded"},
     {TermStatus::kDeprecated, "deprecated"},
     {TermStatus::kPreferred, "standardized"},
     {TermStatus::kPreferred, "legal"},
     {TermStatus::kPreferred, "regulated"},
     {TermStatus::kAdmitted, "allowed"},
     {TermStatus::kSuperseded, "obsolete"},
     {TermStatus::kDeprecated, "forbidden"},
     {TermStatus::kDeprecated, "notrecommended"},
     {TermStatus::kDeprecated, "prohibited"},
     {TermStatus::kDeprecated, "rejected"}}};

constexpr NamedValues<ProcessStatus, 3> kProcessStatuses = {
    {{ProcessStatus::kApproved, "finalized"},
     {ProcessStatus::kProposed, "provisionallyProcessed"},
     {ProcessStatus::kRejected, "rejected"}}};
constexpr NamedValues<ProcessStatus, 5> kOtherProcessStatuses = {
    {{ProcessStatus::kProposed, "proposed"},
     {ProcessStatus::kApproved, "approved"},
     {ProcessStatus::kRejected, "rejected"},
     {ProcessStatus::kProposed, "unprocessed"},
     {ProcessStatus::kProposed, "provisionallyprocessed"}}};

constexpr NamedValues<TermType, 5> kTermTypes = {{{TermType::kFullForm, "fullForm"},
                                                  {TermType::kAcronym, "acronym"},
                                                  {TermType::kAbbreviation, "abbreviation"},
                                                  {TermType::kShortForm, "shortForm"},
                                                  {TermType::kVariant, "variant"}}};
constexpr NamedValues<TermType, 7> kOtherTermTypes = {
    {{TermType::kAcronym, "initialism"},
     {TermType::kAbbreviation, "abbreviatedform"},
     {TermType::kAbbreviation, "abbreviated form of term"},
     {TermType::kShortForm, "clippedterm"},
     {TermType::kVariant, "transliteratedform"},
     {TermType::kVariant, "transcribedform"},
     {TermType::kVariant, "orthographicvariant"}}};

constexpr NamedValues<TermMatching, 3> kMatchings = {
    {{TermMatching::kInflected, "inflected"},
     {TermMatching::kExact, "exact"},
     {TermMatching::kCaseSensitive, "case-sensitive"}}};

constexpr NamedValues<RelationType, 13> kRelations = {
    {{RelationType::kRelated, "crossReference"},
     {RelationType::kBroader, "broaderConceptGeneric"},
     {RelationType::kNarrower, "narrowerConceptGeneric"},
     {RelationType::kAntonym, "antonymConcept"},
     {RelationType::kRelated, "relatedConcept"},
     {RelationType::kBroader, "relatedConceptBroader"},
     {RelationType::kNarrower, "relatedConceptNarrower"},
     {RelationType::kBroader, "superordinateConceptGeneric"},
     {RelationType::kNarrower, "subordinateConceptGeneric"},
     {RelationType::kBroader, "superordinateConceptPartitive"},
     {RelationType::kNarrower, "subordinateConceptPartitive"},
     {RelationType::kBroader, "broaderConceptPartitive"},
     {RelationType::kNarrower, "narrowerConceptPartitive"}}};

constexpr std::array<std::string_view, 14> kAdminCategories = {
    "source",           "customerSubset", "projectSubset",          "productSubset",
    "securitySubset",   "origin",         "originatingInstitution", "originatingDatabase",
    "sourceIdentifier", "entrySource",    "elementWorkingStatus",   "contextSource",
    "origination",      "modification"};
constexpr std::array<std::string_view, 7> kReferenceCategories = {
    "xGraphic", "externalCrossReference", "corpusTrace", "xSource", "xAudio", "xVideo", "xMathML"};
constexpr std::array<std::string_view, 9> kDescriptionCategories = {
    "definition", "explanation",     "context", "example", "figure",
    "audio",      "otherBinaryData", "table",   "quantity"};
constexpr std::array<std::string_view, 10> kCategoryElements = {
    "descrip", "termNote", "admin",     "transac",     "transacNote",
    "ref",     "xref",     "adminNote", "descripNote", "termComp"};

template <std::size_t n>
bool Contains(const std::array<std::string_view, n>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string Lower(std::string_view text) {
  return absl::AsciiStrToLower(absl::string_view(text.data(), text.size()));
}

template <typename T, std::size_t n, std::size_t m>
std::optional<Understood<T>> Understand(const NamedValues<T, n>& ours,
                                        const NamedValues<T, m>& others, std::string_view value,
                                        const std::string& folded) {
  if (const auto found = ValueOf(ours, value)) {
    return Understood<T>{*found, true};
  }
  if (const auto found = ValueOf(others, folded)) {
    return Understood<T>{*found, false};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Understood<TermStatus>> ParseTermStatus(std::string_view value) {
  std::string folded = Lower(value);
  for (const std::string_view suffix : {"-admn-sts", "term"}) {
    if (folded.ends_with(suffix)) {
      folded.erase(folded.size() - suffix.size());
    }
  }
  return Understand(kStatuses, kOtherStatuses, value, folded);
}

std::optional<Understood<ProcessStatus>> ParseProcessStatus(std::string_view value) {
  return Understand(kProcessStatuses, kOtherProcessStatuses, value, Lower(value));
}

std::optional<Understood<TermType>> ParseTermType(std::string_view value) {
  return Understand(kTermTypes, kOtherTermTypes, value, Lower(value));
}

std::optional<TermMatching> ParseTermMatching(std::string_view value) {
  return ValueOf(kMatchings, value);
}

std::string_view ShortName(TermStatus status) { return NameOf(kOtherStatuses, status); }
std::string_view ShortName(ProcessStatus status) { return NameOf(kOtherProcessStatuses, status); }

std::string_view TbxName(TermStatus status) { return NameOf(kStatuses, status); }
std::string_view TbxName(ProcessStatus status) { return NameOf(kProcessStatuses, status); }
std::string_view TbxName(TermType type) { return NameOf(kTermTypes, type); }
std::string_view TbxName(TermMatching matching) { return NameOf(kMatchings, matching); }
std::string_view TbxName(RelationType type) { return NameOf(kRelations, type); }

std::optional<RelationType> ParseRelation(std::string_view category_name) {
  return ValueOf(kRelations, category_name);
}

std::string_view ElementOf(std::string_view category_name, bool is_in_term) {
  if (Contains(kAdminCategories, category_name)) {
    return "admin";
  }
  if (Contains(kReferenceCategories, category_name)) {
    return "xref";
  }
  return is_in_term && !Contains(kDescriptionCategories, category_name) ? "termNote" : "descrip";
}

bool IsCategoryElement(std::string_view name) { return Contains(kCategoryElements, name); }

}  // namespace sild::formats
