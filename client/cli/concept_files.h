#pragma once

#include <string>

#include <CLI/CLI.hpp>
#include <absl/status/statusor.h>

#include "include/sild/client.h"

namespace sild::cli {

// The format of a file of concepts and the languages that it does not name, as typed.
struct ConceptFileWords {
  std::string format;  // Empty: by the ending of the file.
  std::string from;
  std::string to;
};

// Adds the options. `words` must live as long as the command.
void AddConceptFileOptions(CLI::App& command, ConceptFileWords& words);

// The format for the file `path`: as typed, else by its ending, whatever its case, `.gz` set
// aside: `.tbx`, `.tsv`, `.tab`, `.csv`, `.utx`, `.txt` for OmegaT, `.xml` for MultiTerm and
// `.binpb` for messages of the API; TBX for any other.
v1::ConceptFormat FormatOf(const ConceptFileWords& words, const std::string& path);

// The same for a file to write, which may have no ending but not one of another format: a usage
// error.
absl::StatusOr<v1::ConceptFormat> WrittenFormatOf(const ConceptFileWords& words,
                                                  const std::string& path);

}  // namespace sild::cli
