#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/glossary.h"
#include "server/model/text_offset.h"
#include "server/terms/recognizer.h"

// For editors: in which forms a term is found, and why it was not found.
namespace sild::terms {

// Where a form comes from.
enum class FormOrigin : std::uint8_t {
  kNone = 0,   // From nowhere: an editor bans a form that nothing makes.
  kBase = 1,   // The term as written.
  kMade = 2,   // From the expander.
  kExtra = 3,  // Added by an editor.
};

struct ListedForm {
  std::string text;
  // Which word of the term it is a form of; none if it stands for the whole term.
  std::optional<std::size_t> word;
  FormOrigin origin = FormOrigin::kBase;
  HitClass hit_class = HitClass::kStrict;
  bool is_banned = false;
};

// Lists the forms in which `term` is found, each once: the term as written; the made forms, word by
// word, as the expander gives them; the extra forms; banned forms that are none of these. Of a term
// of several words any form of each may stand together. Of a term that is not inflected there are
// no made forms.
std::vector<ListedForm> ListForms(const Term& term, const FormExpander& expander);

// A rule that kept a term from being found.
enum class Refusal : std::uint8_t {
  kRejected = 1,  // The term is rejected.
  kBanned = 2,    // The form is banned.
  kCapital = 3,   // The term has a capital, the text none.
  kAcronymCapitals =
      4,           // The term is an acronym, and its letters are not all capitals in the text.
  kLetters = 5,    // The term is case-sensitive, and the text has other letters.
  kJoint = 6,      // A hyphen, a space or neither stands between the words, unlike the term.
  kContinued = 7,  // `+` or `#` stands right behind the term.
  kExact = 8,      // The term is matched exactly, and the text has another form.
  kCompound = 9,   // The term is part of a compound, and does not ask for compounds.
  kInsideLongerHit = 10,  // Another term takes the place, and more.
  kOtherTerm = 11,   // Another term takes the very place: of the concept, or of a glossary before.
  kNoSuchForm = 12,  // The text has no form of some word.
};

// What a text has of one word of a term.
struct WordTrace {
  std::string word;               // As in the term.
  std::size_t forms = 0;          // In which it would be found.
  std::vector<ByteRange> places;  // Tokens that are a form of it.
  // If there are none: the token that is most like one of its forms, and that form, folded.
  std::optional<ByteRange> nearest;
  std::string nearest_form;
};

// Why a term was or was not found.
struct Explanation {
  bool is_found = false;
  HitClass hit_class = HitClass::kStrict;  // If found.
  std::vector<ByteRange> places;           // Where it is, or would be without the refusals.
  std::vector<Refusal> refusals;           // All that must not have been; empty if found.
  std::string other_term;                  // Of `kInsideLongerHit` and `kOtherTerm`.
  std::vector<WordTrace> words;            // Of `kNoSuchForm`.
  std::string reason;                      // All this in English, for a person.
};

// Tells why `term` of the concept `name` is or is not among the hits of `recognizer` in `text`,
// which must be UTF-8. `expander` and `rules` must be those of the recognizer. For one term and one
// segment: costs what some ten recognizers of one term do.
Explanation Explain(const Recognizer& recognizer, const ConceptName& name, const Term& term,
                    const FormExpander& expander, const LanguageRules& rules,
                    std::string_view text);

}  // namespace sild::terms
