#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <absl/functional/function_ref.h>
#include <absl/status/statusor.h>

#include "server/storage/event_record.h"
#include "server/storage/reader.h"
#include "server/storage/record.h"
#include "server/storage/rows.h"

namespace sild::storage {

// What `Reader` promises, over any rows. Fails as it says there.

absl::StatusOr<NumberedMemory> GetMemory(const Rows& rows, const MemoryName& name);
absl::StatusOr<NumberedGlossary> GetGlossary(const Rows& rows, const GlossaryName& name);
absl::StatusOr<TranslationUnit> GetUnit(const Rows& rows, const UnitName& name);
absl::StatusOr<TranslationUnit> GetUnit(const Rows& rows, Number number, const UnitName& name);
absl::StatusOr<Concept> GetConcept(const Rows& rows, const ConceptName& name);
absl::StatusOr<Exception> GetException(const Rows& rows, const ExceptionName& name);
absl::Status ForEachUnitWithText(const Rows& rows, const MemoryName& memory,
                                 const LanguageTag& language, std::string_view text,
                                 absl::FunctionRef<bool(TranslationUnit&&)> visit);
absl::StatusOr<std::optional<TranslationUnit>> FindIdentical(const Rows& rows,
                                                             const TranslationUnit& unit);
absl::StatusOr<std::vector<Change>> ListRevisions(const Rows& rows, const UnitName& name,
                                                  std::optional<Revision> before, int limit);
absl::StatusOr<std::vector<Change>> ListRevisions(const Rows& rows, const ConceptName& name,
                                                  std::optional<Revision> before, int limit);

// The unit or concept if the memory or glossary of that number has it. Without its usage.
absl::StatusOr<std::optional<TranslationUnit>> FindUnit(const Rows& rows, Number number,
                                                        const UnitName& name);
absl::StatusOr<std::optional<Concept>> FindConcept(const Rows& rows, Number number,
                                                   const ConceptName& name);

// What the memory or glossary of that number holds; nothing if nothing was ever written to it.
absl::StatusOr<Counts> GetCounts(const Rows& rows, Number number);

// The number in a row of 8 bytes; `otherwise` if there is no such row.
absl::StatusOr<std::uint64_t> GetNumber(const Rows& rows, std::string_view key,
                                        std::uint64_t otherwise);

// The last revision of each epoch, in ascending order; the last one is the position of the store.
// `DataLoss` if there is none.
absl::StatusOr<std::vector<Revision>> GetPositions(const Rows& rows);
absl::StatusOr<Revision> GetPosition(const Rows& rows);

// All numbers that the memory (or glossary) of that name has or had before it was dropped.
absl::StatusOr<std::vector<Number>> AllNumbers(const Rows& rows, const MemoryName& name);
absl::StatusOr<std::vector<Number>> AllNumbers(const Rows& rows, const GlossaryName& name);

// The hash under which a variant's text is found again: XXH3-64, seed 0, of the text in NFC. On
// disk: do not change.
std::uint64_t TextHash(std::string_view text);

// The text keys of a unit: one or two for each variant with text, and one, without language, for
// what it holds. Sorted.
std::vector<std::string> TextKeys(Number number, const TranslationUnit& unit);

}  // namespace sild::storage
