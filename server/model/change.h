#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "server/model/exception.h"
#include "server/model/glossary.h"
#include "server/model/unit.h"

namespace sild {

// What happened to a resource. On disk: do not change the numbers.
enum class ChangeType : std::uint8_t { kCreated = 1, kUpdated = 2, kDeleted = 3, kPurged = 4 };

using ResourceName = std::variant<MemoryName, UnitName, GlossaryName, ConceptName, ExceptionName>;
using Resource =
    std::variant<std::monostate, Memory, TranslationUnit, Glossary, Concept, Exception>;

// One change of one resource, as the log keeps it: the resulting state, not a command.
struct Change {
  Revision revision;
  Timestamp time;
  std::string actor;
  ChangeType type = ChangeType::kCreated;
  ResourceName name;
  Resource resource;  // Empty after a deletion or purge.
};

}  // namespace sild
