#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "server/model/glossary.h"

namespace sild::formats {

// The data categories of TBX and what tools write for them, shared by reader and writer.
namespace category {
inline constexpr std::string_view kSubjectField = "subjectField";
inline constexpr std::string_view kDefinition = "definition";
inline constexpr std::string_view kSource = "source";
inline constexpr std::string_view kContext = "context";
inline constexpr std::string_view kPartOfSpeech = "partOfSpeech";
inline constexpr std::string_view kGender = "grammaticalGender";
inline constexpr std::string_view kNumber = "grammaticalNumber";
inline constexpr std::string_view kTermType = "termType";
inline constexpr std::string_view kStatus = "administrativeStatus";
inline constexpr std::string_view kProcessStatus = "processStatus";
inline constexpr std::string_view kTranslationNeeded = "Translation needed";  // TermWeb. `No`.
inline constexpr std::string_view kContextSource = "contextSource";  // Ours: source of a `context`.

// Ours: term switches and forms. Any other type with this prefix is a property whose type, without
// it, the reader would take for something else; but `kOwnLanguage` is a property as it stands.
inline constexpr std::string_view kOwnPrefix = "x-sild-";
inline constexpr std::string_view kMatching = "x-sild-matching";
inline constexpr std::string_view kMatchCompounds = "x-sild-match-compounds";
inline constexpr std::string_view kExtraForm = "x-sild-extra-form";
inline constexpr std::string_view kBannedForm = "x-sild-banned-form";
inline constexpr std::string_view kDefinitionSource = "x-sild-definition-source";  // Of none.
inline constexpr std::string_view kOwnLanguage = "x-sild-lang";  // The language as the file had it.
}  // namespace category

// The categories besides `administrativeStatus` that say whether to use a term.
inline constexpr std::array<std::string_view, 4> kOtherStatusCategories = {
    "normativeAuthorization", "usageStatus", "termStatus", "status"};

// A value that a file has, and whether it is the one that the writer writes for it.
template <typename T>
struct Understood {
  T value;
  bool is_ours = false;
};

// What a value of the category means. Nothing if it is not known.
std::optional<Understood<TermStatus>> ParseTermStatus(std::string_view value);
std::optional<Understood<ProcessStatus>> ParseProcessStatus(std::string_view value);
std::optional<Understood<TermType>> ParseTermType(std::string_view value);
std::optional<TermMatching> ParseTermMatching(std::string_view value);

// What people write for a status: "preferred", "proposed".
std::string_view ShortName(TermStatus status);
std::string_view ShortName(ProcessStatus status);

std::string_view TbxName(TermStatus status);
std::string_view TbxName(ProcessStatus status);
std::string_view TbxName(TermType type);
std::string_view TbxName(TermMatching matching);

// The relation that a category says, and the category that says a relation.
std::optional<RelationType> ParseRelation(std::string_view category_name);
std::string_view TbxName(RelationType type);

// The element that carries a category in DCA style: `admin`, `xref`, `descrip` or `termNote`.
std::string_view ElementOf(std::string_view category_name, bool is_in_term);

// Whether `name` is an element whose `type` attribute is its category (DCA style).
bool IsCategoryElement(std::string_view name);

}  // namespace sild::formats
