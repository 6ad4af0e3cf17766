#include "server/formats/tmx_fields.h"

#include <algorithm>
#include <string>

#include <absl/strings/ascii.h>
#include <absl/strings/match.h>

#include "server/formats/dates.h"
#include "server/formats/named_values.h"
#include "server/text/context_hash.h"
#include "server/text/utf8.h"

namespace sild::formats {
namespace {

constexpr std::array<std::pair<std::string_view, char>, 5> kEntities = {
    {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}}};

constexpr NamedValues<VariantStatus, 4> kStatuses = {{{VariantStatus::kDraft, "draft"},
                                                      {VariantStatus::kTranslated, "translated"},
                                                      {VariantStatus::kReviewed, "reviewed"},
                                                      {VariantStatus::kApproved, "approved"}}};
constexpr NamedValues<Origin, 5> kOrigins = {{{Origin::kUnknown, "unknown"},
                                              {Origin::kHuman, "human"},
                                              {Origin::kMachine, "machine"},
                                              {Origin::kPostEdited, "post-edited"},
                                              {Origin::kAlignment, "alignment"}}};
constexpr NamedValues<SegmentType, 4> kSegmentTypes = {{{SegmentType::kBlock, "block"},
                                                        {SegmentType::kParagraph, "paragraph"},
                                                        {SegmentType::kSentence, "sentence"},
                                                        {SegmentType::kPhrase, "phrase"}}};

// Trados: `x-ConfirmationLevel`.
constexpr NamedValues<VariantStatus, 6> kConfirmationLevels = {
    {{VariantStatus::kDraft, "Draft"},
     {VariantStatus::kTranslated, "Translated"},
     {VariantStatus::kDraft, "RejectedTranslation"},
     {VariantStatus::kReviewed, "ApprovedTranslation"},
     {VariantStatus::kDraft, "RejectedSignOff"},
     {VariantStatus::kApproved, "ApprovedSignOff"}}};

// Trados: `x-Origin`; OmegaT: `origin`.
constexpr NamedValues<Origin, 6> kForeignOrigins = {{{Origin::kMachine, "MT"},
                                                     {Origin::kMachine, "MachineTranslation"},
                                                     {Origin::kMachine, "AutomatedTranslation"},
                                                     {Origin::kMachine, "NeuralMachineTranslation"},
                                                     {Origin::kAlignment, "Alignment"},
                                                     {Origin::kAlignment, "AutomaticAlignment"}}};

// Property types by the field they tell: memoQ, OmegaT, OpenTM2 and t5memory, NEC TM, Okapi.
constexpr std::array<std::string_view, 4> kDocumentTypes = {"x-document", "file", "tmgr:docname",
                                                            "Txt::FileName"};
constexpr std::array<std::string_view, 3> kContextTypes = {"x-context", "id", "tmgr:context"};
constexpr std::array<std::string_view, 3> kPreviousTypes = {"x-context-pre", "prev",
                                                            "context_before"};
constexpr std::array<std::string_view, 3> kNextTypes = {"x-context-post", "next", "context_after"};

constexpr std::array<std::string_view, 2> kLevelTypes = {"x-ConfirmationLevel",
                                                         "ConfirmationLevel"};
constexpr std::array<std::string_view, 2> kOriginTypes = {"x-Origin", "origin"};
constexpr std::array<std::string_view, 2> kAlignedTypes = {"aligned", "x-aligned"};

// The value of the first property whose type is among `types`, in the order of `types`.
template <std::size_t n>
const std::string* FindProperty(const std::vector<Property>& properties,
                                const std::array<std::string_view, n>& types) {
  for (const std::string_view type : types) {
    for (const Property& property : properties) {
      if (property.type == type) {
        return &property.value;
      }
    }
  }
  return nullptr;
}

// The text of a memoQ neighbour, which is a whole `<seg>` with its tags and escapes as text. Any
// other text is returned as it is.
std::string NeighborText(std::string_view value) {
  if (!value.starts_with("<seg")) {
    return std::string(value);
  }
  std::string text;
  int code_depth = 0;
  while (!value.empty()) {
    if (value[0] == '<') {
      const std::size_t end = std::min(value.find('>'), value.size() - 1);
      const std::string_view tag = value.substr(1, end - 1);
      const bool is_code = tag.starts_with("bpt") || tag.starts_with("ept") ||
                           tag.starts_with("it") || tag.starts_with("ph") || tag.starts_with("ut");
      code_depth += is_code && !tag.ends_with('/') ? 1 : 0;
      const bool is_code_end = tag.starts_with("/bpt") || tag.starts_with("/ept") ||
                               tag.starts_with("/it") || tag.starts_with("/ph") ||
                               tag.starts_with("/ut");
      code_depth -= is_code_end ? 1 : 0;
      value.remove_prefix(end + 1);
      continue;
    }
    char c = value[0];
    std::size_t used = 1;
    for (const auto& [entity, character] : kEntities) {
      if (value.starts_with(entity)) {
        c = character;
        used = entity.size();
      }
    }
    text.append(code_depth <= 0 ? 1 : 0, c);
    value.remove_prefix(used);
  }
  return text;
}

void DeriveNeighbors(const std::vector<Property>& properties, Neighbors& neighbors) {
  if (const std::string* const text = FindProperty(properties, kPreviousTypes)) {
    neighbors.previous_hash = text::ContextHash(NeighborText(*text));
  }
  if (const std::string* const text = FindProperty(properties, kNextTypes)) {
    neighbors.next_hash = text::ContextHash(NeighborText(*text));
  }
}

void DeriveTrust(const std::vector<Property>& properties, Variant& variant) {
  if (const std::string* const level = FindProperty(properties, kLevelTypes)) {
    variant.status = ValueOf(kConfirmationLevels, *level).value_or(variant.status);
  }
  if (const std::string* const origin = FindProperty(properties, kOriginTypes)) {
    variant.origin = ValueOf(kForeignOrigins, *origin).value_or(variant.origin);
  }
  if (const std::string* const aligned = FindProperty(properties, kAlignedTypes);
      aligned != nullptr && *aligned == "yes") {
    variant.origin = Origin::kAlignment;
  }
}

// `MT!` and `ALIGN!` are what MyMemory, OmegaT and others write for a person.
void DeriveMarker(std::string_view person, Variant& variant) {
  const absl::string_view name(person.data(), person.size());
  if (absl::EqualsIgnoreCase(name, "MT!")) {
    variant.origin = Origin::kMachine;
  } else if (absl::EqualsIgnoreCase(name, "ALIGN!")) {
    variant.origin = Origin::kAlignment;
  }
}

void DeriveDocument(const UnitLimits& limits, TranslationUnit& unit) {
  const auto fits = [&limits](const std::string* value) {
    return value != nullptr && text::CountChars(*value) <= limits.field_chars;
  };
  const std::string* const document = FindProperty(unit.properties, kDocumentTypes);
  if (fits(document) && *document != "none") {  // OpenTM2's word for nothing.
    unit.document = *document;
  }
  const std::string* const context = FindProperty(unit.properties, kContextTypes);
  if (fits(context)) {
    unit.context_id = *context;
  }
}

void DeriveTimes(const UnitTimes& given, TranslationUnit& unit) {
  const Variant* first = nullptr;
  const Variant* last = nullptr;
  for (const Variant& variant : unit.variants) {
    if (variant.create_time && (first == nullptr || *variant.create_time < *first->create_time)) {
      first = &variant;
    }
    if (variant.update_time && (last == nullptr || *variant.update_time > *last->update_time)) {
      last = &variant;
    }
  }
  unit.create_time = given.create_time.value_or(first ? *first->create_time : Timestamp());
  unit.update_time = given.update_time.value_or(last ? *last->update_time : Timestamp());
  unit.creator = given.creator.value_or(first ? std::string_view(first->creator) : "");
  unit.updater = given.updater.value_or(last ? std::string_view(last->updater) : "");
}

}  // namespace

bool IsOwnProperty(std::string_view type) {
  return type.starts_with(own::kPrefix) && type != own::kLanguage && type != own::kSplit;
}

std::string_view NameOf(VariantStatus status) { return NameOf(kStatuses, status); }
std::string_view NameOf(Origin origin) { return NameOf(kOrigins, origin); }
std::string_view NameOf(SegmentType type) { return NameOf(kSegmentTypes, type); }
std::optional<VariantStatus> ParseStatus(std::string_view name) { return ValueOf(kStatuses, name); }
std::optional<Origin> ParseOrigin(std::string_view name) { return ValueOf(kOrigins, name); }
std::optional<SegmentType> ParseSegmentType(std::string_view name) {
  return ValueOf(kSegmentTypes, name);
}

std::optional<Timestamp> ParseUseDate(std::string_view date) {
  const std::optional<Timestamp> time = ParseDate(date);
  return time && FormatTmxDate(*time) == date ? time : std::nullopt;
}

void DeriveFields(const UnitLimits& limits, const UnitTimes& given, TranslationUnit& unit) {
  DeriveDocument(limits, unit);
  DeriveTimes(given, unit);
  for (Variant& variant : unit.variants) {
    if (variant.language == unit.source_language) {
      DeriveNeighbors(unit.properties, variant.neighbors);
    } else {
      DeriveTrust(unit.properties, variant);
      DeriveMarker(unit.creator, variant);
      DeriveMarker(unit.updater, variant);
    }
    DeriveNeighbors(variant.properties, variant.neighbors);
    DeriveTrust(variant.properties, variant);
    DeriveMarker(variant.creator, variant);
    DeriveMarker(variant.updater, variant);
  }
}

}  // namespace sild::formats
