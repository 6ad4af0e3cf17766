#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "server/model/glossary.h"
#include "server/model/text_offset.h"
#include "server/terms/form_expander.h"
#include "server/terms/language_rules.h"
#include "server/text/languages.h"

namespace sild::terms {

// A concept, and which of the glossaries asked it comes from.
struct GlossaryConcept {
  std::size_t glossary = 0;  // In the order of the request: of two that hold a term the first wins.
  Concept entry;
};

struct RecognizeOptions {
  bool include_nested = false;    // Hits that lie inside longer ones too.
  bool include_repeated = false;  // Terms that an earlier glossary holds too.
  std::size_t max_hits = 1'000;
  // Asked now and then, each 64 tokens of the text; once it returns true the hits found so far are
  // enough. May be empty.
  std::function<bool()> is_cancelled = {};
};

// A term found in a text. The pointers are into the recognizer.
struct Hit {
  ByteRange range;  // In the text as sent.
  std::size_t glossary = 0;
  const Concept* entry = nullptr;
  const LanguageSection* section = nullptr;
  const Term* term = nullptr;
  HitClass hit_class = HitClass::kStrict;
  // Some token mixes Latin and Cyrillic letters, and is a form only if all are of one script: a
  // typing error.
  bool mixes_scripts = false;
  bool is_repeated = false;  // An earlier glossary holds the same term.
};

// The terms of some glossaries in one language, ready to be found in text. Immutable: safe for any
// number of threads. Costs some 30 bytes a form besides the concepts.
class Recognizer {
 public:
  // Takes the terms of the sections whose language has the key `language`. Rejected terms are left
  // out.
  Recognizer(const text::LanguageKey& language, std::vector<GlossaryConcept> concepts,
             const FormExpander& expander, LanguageRules rules = {});
  ~Recognizer();
  Recognizer(Recognizer&&) noexcept;
  Recognizer& operator=(Recognizer&&) noexcept;
  Recognizer(const Recognizer&) = delete;
  Recognizer& operator=(const Recognizer&) = delete;

  // Finds the terms in `text`, which must be UTF-8: whole words in one of the term's forms, with
  // the same spaces and hyphens between them; an ending may stand behind a hyphen, as in `NATO-le`.
  // Where an acronym may be another word it is only probable: as a word of the language in a line
  // of capitals, or with an ending in capitals elsewhere. A term that asks for compounds is found
  // as the first or last part of a word too, if the rest is a word of the language. A hit inside a
  // longer hit is left out unless asked for; hits that only overlap are all there. One hit for each
  // concept and range, for the surest class and then the first term; where glossaries hold the same
  // term, only those of the first glossary, unless the others are asked for.
  //
  // By begin, longer ones first, then by glossary and name of the concept; the first `max_hits` in
  // this order. Where words have so many terms that 100 times as many are found, counting nested
  // and repeated ones, the text is read no further. One table look-up for each word, and what open
  // hits cost.
  std::vector<Hit> Recognize(std::string_view text, const RecognizeOptions& options = {}) const;

  // What the terms take in memory besides the concepts.
  std::size_t size_bytes() const;

 private:
  class Table;
  std::unique_ptr<const Table> table_;
};

}  // namespace sild::terms
