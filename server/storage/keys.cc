#include "server/storage/keys.h"

#include <cassert>
#include <type_traits>

namespace sild::storage {
namespace {

template <typename T>
void AppendBigEndian(std::string& out, T value) {
  static_assert(std::is_unsigned_v<T>);
  for (std::size_t shift = sizeof(T) * 8; shift != 0;) {
    shift -= 8;
    out.push_back(static_cast<char>(static_cast<unsigned char>(value >> shift)));
  }
}

template <typename T>
T ReadBigEndian(std::string_view bytes) {
  assert(bytes.size() >= sizeof(T));  // The callers checked it.
  T value = 0;
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    value = static_cast<T>((value << 8) | static_cast<unsigned char>(bytes[i]));
  }
  return value;
}

std::uint64_t Unsigned(Revision revision) { return static_cast<std::uint64_t>(revision.value); }

std::string NumberPrefix(Table table, Number number) {
  std::string key = TablePrefix(table);
  AppendBigEndian(key, number);
  return key;
}

// Of the text table; `kind` tells what was hashed.
std::string HashPrefix(Number number, const LanguageTag& language, char kind,
                       std::uint64_t text_hash) {
  std::string key = NumberPrefix(Table::kText, number).append(language.str());
  key.push_back(kind);
  AppendBigEndian(key, text_hash);
  return key;
}

std::string NamedKey(Table table, std::string_view id) { return TablePrefix(table).append(id); }

}  // namespace

std::string EndOfPrefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') {
    end.pop_back();
  }
  assert(!end.empty());  // Every key begins with an ASCII byte.
  end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

std::string TablePrefix(Table table) { return std::string(1, static_cast<char>(table)); }

std::string MemoryKey(std::string_view id) { return NamedKey(Table::kMemory, id); }
std::string GlossaryKey(std::string_view id) { return NamedKey(Table::kGlossary, id); }
std::string UnitPrefix(Number number) { return NumberPrefix(Table::kUnit, number); }
std::string UnitKey(Number number, std::string_view id) { return UnitPrefix(number).append(id); }
std::string ConceptPrefix(Number number) { return NumberPrefix(Table::kConcept, number); }
std::string ConceptKey(Number number, std::string_view id) {
  return ConceptPrefix(number).append(id);
}
std::string ExceptionPrefix(Number number) { return NumberPrefix(Table::kException, number); }
std::string ExceptionKey(Number number, std::string_view id) {
  return ExceptionPrefix(number).append(id);
}
std::string CountsKey(Number number) { return NumberPrefix(Table::kCounts, number); }
std::string UsagePrefix(Number number) { return NumberPrefix(Table::kUsage, number); }
std::string UsageKey(Number number, std::string_view id) { return UsagePrefix(number).append(id); }

std::string TextPrefix(Number number) { return NumberPrefix(Table::kText, number); }

std::string TextPrefix(Number number, const LanguageTag& language, std::uint64_t text_hash) {
  return HashPrefix(number, language, '\0', text_hash);
}

std::string TextKey(Number number, const LanguageTag& language, std::uint64_t text_hash,
                    std::string_view unit_id) {
  return TextPrefix(number, language, text_hash).append(unit_id);
}

std::string SpacedTextPrefix(Number number, const LanguageTag& language, std::uint64_t text_hash) {
  return HashPrefix(number, language, '\1', text_hash);
}

std::string SpacedTextKey(Number number, const LanguageTag& language, std::uint64_t text_hash,
                          std::string_view unit_id) {
  return SpacedTextPrefix(number, language, text_hash).append(unit_id);
}

std::size_t TextGroupBytes(std::string_view key) {
  constexpr std::size_t kLanguageBegin = 1 + sizeof(Number);
  constexpr std::size_t kHalfHashBytes = 4;
  if (key.size() < kLanguageBegin || key[0] != static_cast<char>(Table::kText)) {
    return 0;
  }
  const std::size_t kind = key.find_first_of(std::string_view("\0\1", 2), kLanguageBegin);
  return kind == std::string_view::npos || key.size() <= kind + kHalfHashBytes
             ? 0
             : kind + 1 + kHalfHashBytes;
}

std::string EventKey(Revision revision, std::uint32_t ordinal) {
  std::string key = NumberPrefix(Table::kEvent, Unsigned(revision));
  AppendBigEndian(key, ordinal);
  return key;
}

std::string HistoryPrefix(Kind kind, Number number, std::string_view id) {
  std::string key = TablePrefix(Table::kHistory);
  key.push_back(static_cast<char>(kind));
  AppendBigEndian(key, number);
  key.append(id).push_back('\0');
  return key;
}

std::string HistoryKey(Kind kind, Number number, std::string_view id, Revision revision,
                       std::uint32_t ordinal) {
  std::string key = HistoryPrefix(kind, number, id);
  AppendBigEndian(key, ~Unsigned(revision));
  AppendBigEndian(key, ~ordinal);
  return key;
}

std::string RequestKey(std::string_view request_id) {
  return NamedKey(Table::kRequest, request_id);
}

std::string PositionKey(std::int64_t epoch) {
  std::string key(kPositionPrefix);
  AppendBigEndian(key, static_cast<std::uint32_t>(epoch));
  return key;
}

std::string DroppedKey(Number number) { return NumberPrefix(Table::kDropped, number); }

std::string FormerPrefix(Kind kind, std::string_view id) {
  std::string key = TablePrefix(Table::kFormer);
  key.push_back(static_cast<char>(kind));
  key.append(id).push_back('\0');
  return key;
}

std::string FormerKey(Kind kind, std::string_view id, Number number) {
  std::string key = FormerPrefix(kind, id);
  AppendBigEndian(key, number);
  return key;
}

std::string ErasureKey(Revision revision) {
  return NumberPrefix(Table::kErasure, Unsigned(revision));
}

std::optional<EventPlace> ParseEventKey(std::string_view key) {
  if (key.size() != 13 || key[0] != static_cast<char>(Table::kEvent)) {
    return std::nullopt;
  }
  return EventPlace{{static_cast<std::int64_t>(ReadBigEndian<std::uint64_t>(key.substr(1)))},
                    ReadBigEndian<std::uint32_t>(key.substr(9))};
}

std::optional<EventPlace> ParseHistoryKey(std::string_view key) {
  if (key.size() < 12) {
    return std::nullopt;
  }
  key.remove_prefix(key.size() - 12);
  return EventPlace{{static_cast<std::int64_t>(~ReadBigEndian<std::uint64_t>(key))},
                    ~ReadBigEndian<std::uint32_t>(key.substr(8))};
}

std::string EncodeNumber(std::uint64_t number) {
  std::string bytes;
  AppendBigEndian(bytes, number);
  return bytes;
}

std::optional<std::uint64_t> DecodeNumber(std::string_view bytes) {
  if (bytes.size() != 8) {
    return std::nullopt;
  }
  return ReadBigEndian<std::uint64_t>(bytes);
}

}  // namespace sild::storage
