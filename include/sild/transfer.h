#pragma once

#include <cstdint>
#include <vector>

#include <absl/functional/function_ref.h>

#include "sild/v1/glossary_service.pb.h"
#include "sild/v1/memory_service.pb.h"

namespace sild::client {

// How far an import has come.
template <typename Response>
struct ImportProgress {
  std::int64_t sent_bytes;  // Of the file as sent, in this attempt.
  int attempt;              // From 1; grows when a broken stream is sent again.
  // What the server has done in this attempt, with the issues of all its answers so far. If the
  // import then fails, this tells what was stored before and what was wrong.
  const Response& totals;
};

// What an import did.
template <typename Response>
struct ImportResult {
  // The totals of the last attempt, with the issues of all its answers. What an earlier attempt
  // stored counts as unchanged in it.
  Response totals;
  int attempts = 1;
};

using UnitImportProgress = ImportProgress<v1::ImportUnitsResponse>;
using UnitImportResult = ImportResult<v1::ImportUnitsResponse>;
using ConceptImportProgress = ImportProgress<v1::ImportConceptsResponse>;
using ConceptImportResult = ImportResult<v1::ImportConceptsResponse>;

// Called on the caller's thread with each answer of the server, at most once a second or so.
using OnUnitImport = absl::FunctionRef<void(const UnitImportProgress&)>;
using OnConceptImport = absl::FunctionRef<void(const ConceptImportProgress&)>;

// Called on the caller's thread with each answer of the server to a check; the issues in it are all
// there are so far.
using OnCheck = absl::FunctionRef<void(const v1::CheckDocumentResponse&)>;

}  // namespace sild::client
