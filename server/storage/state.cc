#include "server/storage/state.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <xxhash.h>

#include "server/model/try.h"
#include "server/storage/content_hash.h"
#include "server/storage/log_reader.h"
#include "server/storage/usage.h"
#include "server/text/context_hash.h"
#include "server/text/normalize.h"

namespace sild::storage {
namespace {

// In place of a language, in the text rows of what units hold. On disk: do not change.
const LanguageTag kAnyLanguage;

template <typename Name>
absl::Status NoSuch(const Name& name) {
  return absl::NotFoundError(fmt::format("{} does not exist", name.str()));
}

absl::StatusOr<std::vector<Number>> FormerNumbers(const Rows& rows, Kind kind,
                                                  std::string_view id) {
  std::vector<Number> numbers;
  const auto cursor = WalkPrefix(rows, FormerPrefix(kind, id));
  for (; cursor->Valid(); cursor->Next()) {
    const std::string_view key = cursor->key();
    if (const auto number = DecodeNumber(key.substr(key.size() - 8))) {
      numbers.push_back(*number);
    }
  }
  SILD_CHECK_OK(cursor->status());
  return numbers;
}

// Visits the units of the text rows of that language and hash, by name. `prefix_of` tells which.
absl::Status ForEachUnder(const Rows& rows, const MemoryName& memory, const LanguageTag& language,
                          std::uint64_t hash, absl::FunctionRef<bool(TranslationUnit&&)> visit) {
  const auto found = GetMemory(rows, memory);
  if (absl::IsNotFound(found.status())) {
    return absl::OkStatus();
  }
  SILD_CHECK_OK(found.status());
  const std::string prefix = TextPrefix(found->number, language, hash);
  const auto cursor = WalkPrefix(rows, prefix);
  for (; cursor->Valid(); cursor->Next()) {
    UnitName name{memory.memory, std::string(cursor->key().substr(prefix.size()))};
    SILD_TRY(auto unit, FindUnit(rows, found->number, name));
    if (!unit.has_value()) {
      continue;
    }
    SILD_TRY(const Usage usage, GetUsage(rows, found->number, name.unit));
    SetUsage(usage, *unit);
    if (!visit(*std::move(unit))) {
      return absl::OkStatus();
    }
  }
  return cursor->status();
}

// `NotFound` if there are no states at all.
template <typename Name>
absl::StatusOr<std::vector<Change>> OrNoHistory(const Name& name, std::optional<Revision> before,
                                                absl::StatusOr<std::vector<Change>> states) {
  if (states.ok() && states->empty() && !before.has_value()) {
    return absl::NotFoundError(fmt::format("{} has no history", name.str()));
  }
  return states;
}

}  // namespace

absl::StatusOr<NumberedMemory> GetMemory(const Rows& rows, const MemoryName& name) {
  SILD_TRY(const auto row, rows.Get(MemoryKey(name.memory)));
  if (!row.has_value()) {
    return NoSuch(name);
  }
  return ParseMemory(name, *row);
}

absl::StatusOr<NumberedGlossary> GetGlossary(const Rows& rows, const GlossaryName& name) {
  SILD_TRY(const auto row, rows.Get(GlossaryKey(name.glossary)));
  if (!row.has_value()) {
    return NoSuch(name);
  }
  return ParseGlossary(name, *row);
}

absl::StatusOr<std::optional<TranslationUnit>> FindUnit(const Rows& rows, Number number,
                                                        const UnitName& name) {
  SILD_TRY(const auto row, rows.Get(UnitKey(number, name.unit)));
  if (!row.has_value()) {
    return std::nullopt;
  }
  SILD_TRY(TranslationUnit unit, ParseUnit(name, *row));
  return unit;
}

absl::StatusOr<TranslationUnit> GetUnit(const Rows& rows, const UnitName& name) {
  SILD_TRY(const NumberedMemory memory, GetMemory(rows, name.parent()));
  return GetUnit(rows, memory.number, name);
}

absl::StatusOr<TranslationUnit> GetUnit(const Rows& rows, Number number, const UnitName& name) {
  SILD_TRY(auto unit, FindUnit(rows, number, name));
  if (!unit.has_value()) {
    return NoSuch(name);
  }
  SILD_TRY(const Usage usage, GetUsage(rows, number, name.unit));
  SetUsage(usage, *unit);
  return *std::move(unit);
}

absl::StatusOr<std::optional<Concept>> FindConcept(const Rows& rows, Number number,
                                                   const ConceptName& name) {
  SILD_TRY(const auto row, rows.Get(ConceptKey(number, name.concept_id)));
  if (!row.has_value()) {
    return std::nullopt;
  }
  SILD_TRY(Concept result, ParseConcept(name, *row));
  return result;
}

absl::StatusOr<Concept> GetConcept(const Rows& rows, const ConceptName& name) {
  SILD_TRY(const NumberedGlossary glossary, GetGlossary(rows, name.parent()));
  SILD_TRY(auto result, FindConcept(rows, glossary.number, name));
  if (!result.has_value()) {
    return NoSuch(name);
  }
  return *std::move(result);
}

absl::StatusOr<Exception> GetException(const Rows& rows, const ExceptionName& name) {
  SILD_TRY(const NumberedGlossary glossary, GetGlossary(rows, name.parent()));
  SILD_TRY(const auto row, rows.Get(ExceptionKey(glossary.number, name.exception)));
  if (!row.has_value()) {
    return NoSuch(name);
  }
  return ParseException(name, *row);
}

absl::Status ForEachUnitWithText(const Rows& rows, const MemoryName& memory,
                                 const LanguageTag& language, std::string_view text,
                                 absl::FunctionRef<bool(TranslationUnit&&)> visit) {
  const std::string normal = text::Nfc(text);
  return ForEachUnder(rows, memory, language, XXH3_64bits(normal.data(), normal.size()),
                      [&](TranslationUnit&& unit) {
                        // Two texts may have one hash.
                        const Variant* variant = unit.Find(language);
                        return variant == nullptr || text::Nfc(variant->segment.text) != normal ||
                               visit(std::move(unit));
                      });
}

absl::StatusOr<std::optional<TranslationUnit>> FindIdentical(const Rows& rows,
                                                             const TranslationUnit& unit) {
  const absl::uint128 hash = ContentHash(unit);
  std::optional<TranslationUnit> found;
  SILD_CHECK_OK(ForEachUnder(rows, unit.name.parent(), kAnyLanguage, absl::Uint128Low64(hash),
                             [&](TranslationUnit&& other) {
                               if (ContentHash(other) == hash) {
                                 found = std::move(other);
                               }
                               return !found.has_value();
                             }));
  return found;
}

absl::StatusOr<std::vector<Change>> ListRevisions(const Rows& rows, const UnitName& name,
                                                  std::optional<Revision> before, int limit) {
  SILD_TRY(const NumberedMemory memory, GetMemory(rows, name.parent()));
  return OrNoHistory(name, before,
                     ReadStates(rows, Kind::kUnit, memory.number, name.unit, before, limit));
}

absl::StatusOr<std::vector<Change>> ListRevisions(const Rows& rows, const ConceptName& name,
                                                  std::optional<Revision> before, int limit) {
  SILD_TRY(const NumberedGlossary glossary, GetGlossary(rows, name.parent()));
  return OrNoHistory(
      name, before,
      ReadStates(rows, Kind::kConcept, glossary.number, name.concept_id, before, limit));
}

absl::StatusOr<Counts> GetCounts(const Rows& rows, Number number) {
  SILD_TRY(const auto row, rows.Get(CountsKey(number)));
  return row.has_value() ? ParseCounts(*row) : Counts{};
}

absl::StatusOr<std::uint64_t> GetNumber(const Rows& rows, std::string_view key,
                                        std::uint64_t otherwise) {
  SILD_TRY(const auto row, rows.Get(key));
  if (!row.has_value()) {
    return otherwise;
  }
  const auto number = DecodeNumber(*row);
  if (!number.has_value()) {
    return absl::DataLossError("a number row on disk is damaged; restore a backup");
  }
  return *number;
}

absl::StatusOr<std::vector<Revision>> GetPositions(const Rows& rows) {
  std::vector<Revision> positions;
  const auto cursor = WalkPrefix(rows, kPositionPrefix);
  for (; cursor->Valid(); cursor->Next()) {
    const auto position = DecodeNumber(cursor->value());
    if (!position.has_value()) {
      break;
    }
    positions.push_back({static_cast<std::int64_t>(*position)});
  }
  SILD_CHECK_OK(cursor->status());
  if (cursor->Valid() || positions.empty()) {
    return absl::DataLossError("the position row on disk is damaged; restore a backup");
  }
  return positions;
}

absl::StatusOr<Revision> GetPosition(const Rows& rows) {
  SILD_TRY(const std::vector<Revision> positions, GetPositions(rows));
  return positions.back();
}

absl::StatusOr<std::vector<Number>> AllNumbers(const Rows& rows, const MemoryName& name) {
  SILD_TRY(std::vector<Number> numbers, FormerNumbers(rows, Kind::kMemory, name.memory));
  const auto current = GetMemory(rows, name);
  if (current.ok()) {
    numbers.push_back(current->number);
  } else if (!absl::IsNotFound(current.status())) {
    return current.status();
  }
  return numbers;
}

absl::StatusOr<std::vector<Number>> AllNumbers(const Rows& rows, const GlossaryName& name) {
  SILD_TRY(std::vector<Number> numbers, FormerNumbers(rows, Kind::kGlossary, name.glossary));
  const auto current = GetGlossary(rows, name);
  if (current.ok()) {
    numbers.push_back(current->number);
  } else if (!absl::IsNotFound(current.status())) {
    return current.status();
  }
  return numbers;
}

std::uint64_t TextHash(std::string_view text) {
  const std::string normal = text::Nfc(text);
  return XXH3_64bits(normal.data(), normal.size());
}

std::vector<std::string> TextKeys(Number number, const TranslationUnit& unit) {
  std::vector<std::string> keys{
      TextKey(number, kAnyLanguage, absl::Uint128Low64(ContentHash(unit)), unit.name.unit)};
  for (const Variant& variant : unit.variants) {
    const std::string& text = variant.segment.text;
    if (text.empty()) {
      continue;
    }
    const std::uint64_t hash = TextHash(text);
    keys.push_back(TextKey(number, variant.language, hash, unit.name.unit));
    const std::uint64_t words_hash = text::ContextHash(text);
    if (words_hash != hash) {
      keys.push_back(SpacedTextKey(number, variant.language, words_hash, unit.name.unit));
    }
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace sild::storage
