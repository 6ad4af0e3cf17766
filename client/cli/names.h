#pragma once

#include <string>
#include <string_view>

#include <absl/status/statusor.h>

namespace sild::cli {

// The full names of resources from what people type: the full name, or only the ids. Whether an id
// is well formed is for the server to say; these fail, with a usage error that shows the form
// wanted, only where no name can be made.

// `m` or `memories/m`.
absl::StatusOr<std::string> MemoryNameOf(std::string_view word);

// `m/u` or `memories/m/units/u`.
absl::StatusOr<std::string> UnitNameOf(std::string_view word);

// `g` or `glossaries/g`.
absl::StatusOr<std::string> GlossaryNameOf(std::string_view word);

// `g/c` or `glossaries/g/concepts/c`.
absl::StatusOr<std::string> ConceptNameOf(std::string_view word);

// `g/x` or `glossaries/g/exceptions/x`.
absl::StatusOr<std::string> ExceptionNameOf(std::string_view word);

// The last part of a name.
std::string IdOf(std::string_view name);

}  // namespace sild::cli
