#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/glossary.h"
#include "server/terms/base_forms.h"
#include "server/terms/language_rules.h"

namespace sild::terms {

// How sure a hit is, surest first.
enum class HitClass : std::uint8_t {
  kStrict = 1,            // A form of the term.
  kCompoundHead = 2,      // The last part of a compound.
  kCompoundModifier = 3,  // A part of a compound other than the last.
  kProbable = 4,          // It may be the term.
};

// A form in which a word may stand in a text.
struct Form {
  std::string text;
  HitClass hit_class = HitClass::kStrict;
};

// Makes the forms of words of one language. Implementations must be safe for any number of threads.
class FormExpander {
 public:
  virtual ~FormExpander() = default;

  // Names the rules and dictionaries, so that kept forms can be told from newer ones.
  virtual std::string version() const = 0;

  // Returns the forms of `word`, which stands at `position` among the `words` words of `term`, in
  // its base form and with its case. The word itself is always among them. Case and normal form of
  // the result do not matter.
  virtual std::vector<Form> Expand(const Term& term, std::string_view word, std::size_t position,
                                   std::size_t words) const = 0;

  // The way back: returns what `word`, folded as by `FoldWord`, may be a form of. Empty if nothing
  // tells. Takes less than a millisecond.
  virtual std::vector<BaseForm> BasesOf(std::string_view word) const;

  // What else it knows of the language. Must not outlive the expander.
  virtual LanguageRules rules() const { return {}; }
};

// Knows no language: a word is its only form.
class IdentityExpander : public FormExpander {
 public:
  std::string version() const override { return "identity"; }
  std::vector<Form> Expand(const Term& term, std::string_view word, std::size_t position,
                           std::size_t words) const override;
};

}  // namespace sild::terms
