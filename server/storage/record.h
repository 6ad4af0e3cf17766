#pragma once

#include <string>
#include <string_view>

#include <absl/functional/function_ref.h>
#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include "server/model/exception.h"
#include "server/model/glossary.h"
#include "server/model/unit.h"
#include "server/storage/keys.h"

namespace sild::storage {

// The only place that turns resources into records on disk and back. Names are in the keys, not in
// the records. `Parse` fails with `DataLoss` if the bytes are no such record.

struct NumberedMemory {
  Memory memory;
  Number number = 0;
};

struct NumberedGlossary {
  Glossary glossary;
  Number number = 0;
};

// The usage of the unit is left out.
std::string SerializeUnit(const TranslationUnit& unit);
absl::StatusOr<TranslationUnit> ParseUnit(UnitName name, std::string_view bytes);

// Calls `visit` with language and text of each variant of a serialized unit. `DataLoss` if the
// bytes are no unit.
absl::Status ForEachText(std::string_view bytes,
                         absl::FunctionRef<void(const std::string&, const std::string&)> visit);

std::string SerializeMemory(const Memory& memory, Number number);
absl::StatusOr<NumberedMemory> ParseMemory(MemoryName name, std::string_view bytes);

std::string SerializeGlossary(const Glossary& glossary, Number number);
absl::StatusOr<NumberedGlossary> ParseGlossary(GlossaryName name, std::string_view bytes);

std::string SerializeConcept(const Concept& concept_);
absl::StatusOr<Concept> ParseConcept(ConceptName name, std::string_view bytes);

std::string SerializeException(const Exception& exception);
absl::StatusOr<Exception> ParseException(ExceptionName name, std::string_view bytes);

}  // namespace sild::storage
