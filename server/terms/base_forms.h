#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sild::terms {

// What part a word plays in a term.
enum class WordKind : std::uint8_t {
  kOther,     // A verb, an adverb or a function word: a term neither begins nor ends with it.
  kModifier,  // An adjective or participle: not by itself, nor where the head stands.
  kNoun,      // A noun, or a word of which nothing is known.
};

// How far a base form is to be believed.
enum class Trust : std::uint8_t {
  kSure,     // The dictionary says so.
  kToCheck,  // If the expander makes the word from it.
  kGuess,    // If other words of the text speak for it.
};

// What a word in a text may be a form of, without case.
struct BaseForm {
  std::string text;
  WordKind kind = WordKind::kNoun;
  Trust trust = Trust::kSure;
  bool is_name = false;  // The dictionary has it with a capital.
};

}  // namespace sild::terms
