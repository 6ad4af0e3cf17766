#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>

#include "server/formats/reader.h"
#include "server/model/limits.h"
#include "server/model/unit.h"

namespace sild::formats {

// How TMX and its dialects say what our fields hold. The reader and the writer share these, so that
// the writer adds a property of its own only where a file would not be read back the same.

// The attributes of `tu` and `tuv` that are kept as properties of the same name, before all others
// and in this order. `tuid` stands on `tu` only; `usagecount` of a `tu` is a field, and so is
// `lastusagedate` if `ParseUseDate` reads it.
inline constexpr std::array<std::string_view, 8> kPropertyAttributes = {
    "tuid",         "o-encoding",          "datatype", "usagecount", "lastusagedate",
    "creationtool", "creationtoolversion", "o-tmf"};

// The properties that stand for our fields where TMX has no place for them. They are read into the
// fields and not kept, but for the last two.
namespace own {
inline constexpr std::string_view kPrefix = "x-sild-";
inline constexpr std::string_view kId = "x-sild-id";        // The unit's id.
inline constexpr std::string_view kLabel = "x-sild-label";  // `key=value`
inline constexpr std::string_view kDocument = "x-sild-document";
inline constexpr std::string_view kContextId = "x-sild-context-id";
inline constexpr std::string_view kMicroseconds = "x-sild-microseconds";  // Of creation and change.
inline constexpr std::string_view kStatus = "x-sild-status";
inline constexpr std::string_view kOrigin = "x-sild-origin";
inline constexpr std::string_view kPrevious = "x-sild-previous";  // A hash in hexadecimal;
inline constexpr std::string_view kNext = "x-sild-next";          // empty: unknown.
inline constexpr std::string_view kLanguage = "x-sild-lang";  // The tag as it stood in the file.
inline constexpr std::string_view kSplit =
    "x-sild-tu";  // `key:part/parts` of a `tu` that was split.
}  // namespace own

// The most of these that the writer adds to a `tu` or `tuv`.
inline constexpr std::size_t kMaxOwnProperties = kMaxLabels + 8;

// Whether the reader takes a property of this type for itself, so that one of the same type that is
// not meant so must be written with `own::kPrefix` once more.
bool IsOwnProperty(std::string_view type);

// The names of the values in TMX or in our properties.
std::string_view NameOf(VariantStatus status);
std::string_view NameOf(Origin origin);
std::string_view NameOf(SegmentType type);
std::optional<VariantStatus> ParseStatus(std::string_view name);
std::optional<Origin> ParseOrigin(std::string_view name);
std::optional<SegmentType> ParseSegmentType(std::string_view name);

// Reads a date that is written again as it stands: `20240131T120000Z`. Nothing for any other.
std::optional<Timestamp> ParseUseDate(std::string_view date);

// Sets the fields of `unit` that a known property of a foreign tool tells: document, context,
// neighbours of the source variant, status, origin, and of the unit's own people and times that are
// absent those of its variants. The properties stay.
struct UnitTimes {
  std::optional<Timestamp> create_time;
  std::optional<Timestamp> update_time;
  std::optional<std::string_view> creator;
  std::optional<std::string_view> updater;
};
void DeriveFields(const UnitLimits& limits, const UnitTimes& given, TranslationUnit& unit);

}  // namespace sild::formats
