#pragma once

#include <functional>
#include <string>
#include <vector>

#include <absl/status/statusor.h>
#include <google/protobuf/repeated_ptr_field.h>

#include "server/model/names.h"
#include "server/storage/view.h"
#include "server/terms/recognizer.h"

// What is asked of several glossaries together.
namespace sild::service {

// Reads the field `glossaries` of a request: 1 to `kMaxGlossaries` names.
absl::StatusOr<std::vector<GlossaryName>> ParseGlossaries(
    const google::protobuf::RepeatedPtrField<std::string>& names);

// Tells states of these glossaries, in that order, apart: for caches. `NotFound` if one does not
// exist.
absl::StatusOr<std::string> StateKeyOf(const storage::View& view,
                                       const std::vector<GlossaryName>& glossaries);

// Returns all concepts of these glossaries, by glossary and name. `NotFound` if one does not exist;
// `Cancelled` if `is_cancelled`, which is asked between concepts, returns true.
absl::StatusOr<std::vector<terms::GlossaryConcept>> LoadConcepts(
    const storage::View& view, const std::vector<GlossaryName>& glossaries,
    const std::function<bool()>& is_cancelled);

}  // namespace sild::service
