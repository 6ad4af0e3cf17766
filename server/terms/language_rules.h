#pragma once

#include <functional>
#include <string_view>

namespace sild::terms {

// What recognition is told of a language besides the forms of terms. The functions may be empty,
// and must be safe for any number of threads.
struct LanguageRules {
  // Whether a folded token is a word of the language in any form. Without it no compounds are found
  // and capitals of acronyms are never doubted.
  std::function<bool(std::string_view folded)> is_word = {};

  // Whether acronyms are also written with dots: `U.S.`.
  bool has_dotted_acronyms = false;
};

}  // namespace sild::terms
