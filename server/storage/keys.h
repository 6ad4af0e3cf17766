#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/model/language_tag.h"
#include "server/model/revision.h"

namespace sild::storage {

// The keys of the database (FORMAT.md). Numbers in keys are big-endian, so that keys sort as the
// numbers do. Ids hold no zero byte, which therefore may end them.

// The first byte of a key. On disk: do not change.
enum class Table : char {
  kMeta = '!',
  kConcept = 'c',
  kDropped = 'd',
  kEvent = 'e',
  kFormer = 'f',
  kGlossary = 'g',
  kHistory = 'h',
  kRequest = 'i',
  kMemory = 'm',
  kCounts = 'n',
  kErasure = 'q',
  kException = 's',
  kText = 't',
  kUnit = 'u',
  kUsage = 'x',
};

// What a change or a history row is about. On disk: do not change the numbers.
enum class Kind : std::uint8_t {
  kMemory = 1,
  kUnit = 2,
  kGlossary = 3,
  kConcept = 4,
  kException = 5
};

// The number of one incarnation of a memory or glossary: one that is dropped and made again gets
// another. Never reused.
using Number = std::uint64_t;

// The rows of `Table::kMeta`. On disk: do not change.
inline constexpr std::string_view kFormatKey = "!f";         // FormatRecord
inline constexpr std::string_view kNextNumberKey = "!n";     // 8 bytes: the next free `Number`.
inline constexpr std::string_view kOldestKey = "!o";         // 8 bytes: the oldest revision kept.
inline constexpr std::string_view kPositionPrefix = "!p";    // and 4 bytes of epoch -> 8 bytes: the
                                                             // last revision of that epoch.
inline constexpr std::string_view kSweptRequestsKey = "!s";  // 8 bytes: request ids of events up
                                                             // to this revision are forgotten.

// Returns the smallest key behind all that begin with `prefix`, which is not all 0xFF.
std::string EndOfPrefix(std::string_view prefix);

// The keys that hold only a table's byte: where it begins.
std::string TablePrefix(Table table);

std::string MemoryKey(std::string_view id);
std::string GlossaryKey(std::string_view id);
std::string UnitPrefix(Number number);
std::string UnitKey(Number number, std::string_view id);
std::string ConceptPrefix(Number number);
std::string ConceptKey(Number number, std::string_view id);
std::string ExceptionPrefix(Number number);
std::string ExceptionKey(Number number, std::string_view id);
std::string CountsKey(Number number);
std::string UsagePrefix(Number number);
std::string UsageKey(Number number, std::string_view id);

// All text keys of a memory, and those of units that have a text of that hash in that language.
std::string TextPrefix(Number number);
std::string TextPrefix(Number number, const LanguageTag& language, std::uint64_t text_hash);
std::string TextKey(Number number, const LanguageTag& language, std::uint64_t text_hash,
                    std::string_view unit_id);

// The same for the hash of a text with its white space collapsed, where that is another text.
std::string SpacedTextPrefix(Number number, const LanguageTag& language, std::uint64_t text_hash);
std::string SpacedTextKey(Number number, const LanguageTag& language, std::uint64_t text_hash,
                          std::string_view unit_id);

// The length of the part of a text key that ends with the upper half of the hash, by which indexes
// know texts. 0 if `key` is no text key, or ends before. On disk, in filters: do not change.
std::size_t TextGroupBytes(std::string_view key);

// Ordinal 0 is the header of the event, 1 its first change.
std::string EventKey(Revision revision, std::uint32_t ordinal);

// The states of a unit or concept, newest first: revision and ordinal are stored complemented.
std::string HistoryPrefix(Kind kind, Number number, std::string_view id);
std::string HistoryKey(Kind kind, Number number, std::string_view id, Revision revision,
                       std::uint32_t ordinal);

std::string RequestKey(std::string_view request_id);
std::string PositionKey(std::int64_t epoch);

// A memory or glossary was dropped, but its rows are still there.
std::string DroppedKey(Number number);

// The numbers that a name had before it was dropped: their history can still be purged.
std::string FormerPrefix(Kind kind, std::string_view id);
std::string FormerKey(Kind kind, std::string_view id, Number number);

std::string ErasureKey(Revision revision);

// The parts of an event key. Absent if `key` is none.
struct EventPlace {
  Revision revision;
  std::uint32_t ordinal = 0;
};
std::optional<EventPlace> ParseEventKey(std::string_view key);

// The parts behind the id of a history key. Absent if `key` is too short.
std::optional<EventPlace> ParseHistoryKey(std::string_view key);

// 8 bytes, big-endian. Absent if `bytes` has another length.
std::string EncodeNumber(std::uint64_t number);
std::optional<std::uint64_t> DecodeNumber(std::string_view bytes);

}  // namespace sild::storage
