#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <absl/status/statusor.h>

#include "server/terms/form_expander.h"
#include "server/text/languages.h"

namespace sild::terms {

// What to do where no dictionary of a language is found.
enum class MissingDictionary {
  kFail,      // `NotFound`.
  kUseRules,  // Inflect by the weaker rules that need none, and say so in `notes` and `version`.
};

// The expanders of all languages. Immutable: safe for any number of threads.
//
// Estonian, Lithuanian and Russian are inflected with the help of dictionaries, English without.
// Of any other language a word is its only form: what is made here are forms, and the stemmers
// there are for other languages make none.
class FormExpanders {
 public:
  // Reads the dictionaries of all languages that need one: `et_EE`, `lt_LT` and `ru_RU` (or `et`,
  // `lt`, `ru`), each an .aff and a .dic file, from the first of `directories` that has it, so that
  // a newer one may stand before that of the system. Takes a thread each for 0.1 s.
  // `InvalidArgument` with file and line if one is malformed.
  static absl::StatusOr<std::unique_ptr<const FormExpanders>> Load(
      std::span<const std::filesystem::path> directories, MissingDictionary missing);

  // The expander of a language, regions and scripts of no matter.
  const FormExpander& For(const text::LanguageKey& language) const;

  // What the operator should know, a sentence each: dictionaries that are missing.
  const std::vector<std::string>& notes() const { return notes_; }

  // The versions of all expanders.
  std::string version() const;

 private:
  std::map<std::string, std::unique_ptr<const FormExpander>, std::less<>>
      expanders_;  // By language.
  IdentityExpander unknown_;
  std::vector<std::string> notes_;
};

}  // namespace sild::terms
