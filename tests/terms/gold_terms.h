#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "server/terms/form_expander.h"

namespace sild::terms {

// A text, and whether it is a form of a term.
struct GoldForm {
  std::string language;
  std::string term;
  std::string form;
  bool is_of_term = false;
};

// Reads lines of language, term, form and `yes` or `no` between tabs; what follows is ignored, but
// for lines of the kind `hand-base`, which are left out. `NotFound` without the file.
absl::StatusOr<std::vector<GoldForm>> ReadGold(const std::filesystem::path& path);

// How many forms were judged right.
struct GoldResult {
  std::size_t terms = 0;
  std::size_t of_term = 0;  // Forms of their terms, and how many of them were found.
  std::size_t found = 0;
  std::size_t others = 0;  // What is no form, and how much of it was found nevertheless.
  std::size_t found_wrongly = 0;
  std::vector<std::string> errors;  // Each as `missed: term | form` or `wrong: term | form`.

  double recall() const;
  double precision() const;  // Of what was found, the share that was right.
};

// Looks for each term in each of its texts, as the recognizer does. Found is what spans the text,
// or an acronym in front of a hyphen (`NATO-le`).
GoldResult Evaluate(const std::vector<GoldForm>& gold, const FormExpander& expander);

}  // namespace sild::terms
