#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "server/model/glossary.h"
#include "server/model/text_offset.h"
#include "server/terms/form_expander.h"
#include "server/terms/term_table.h"

namespace sild::terms {

// A translation, read once for all the terms that it seems to lack.
struct LooseText {
  struct Word {
    ByteRange range;
    std::string utf8;       // Folded.
    std::u32string folded;  // The same.
    bool has_capital = false;
    bool is_taken = false;
  };

  // Reads `text`, which must be UTF-8 and outlive the result. What stands inside one of `taken`,
  // where other terms are, is not taken for a form of the terms looked for.
  LooseText(std::string_view text, std::vector<ByteRange> taken);

  // Whether a place belongs to other terms: it shares words with one, and does not have more.
  bool IsTaken(ByteRange range) const;

  // Whether the words from `begin` to `end` have a comma or a conjunction among them, so that words
  // of one name may stand apart: "Чёрного и Каспийского морей".
  bool HasList(std::size_t begin, std::size_t end) const;

  std::string_view text;
  std::vector<ByteRange> taken;
  std::vector<Word> words;
};

// Looks once more, and less strictly, for the terms of a concept that a translation seems to lack,
// so that a check does not raise an alarm where a form was made that no rule foresaw. Immutable:
// safe for any number of threads.
class SecondChance {
 public:
  enum class Verdict : std::uint8_t {
    kNone,          // Nothing like it stands in the text.
    kUsed,          // A term does, as it is or as a part of a compound.
    kPossiblyUsed,  // What may be a form of one, or derived from it, does.
    kNameChanged,   // A name that is spelled much like one does.
  };

  struct Outcome {
    Verdict verdict = Verdict::kNone;
    ByteRange range;             // Where, unless there is nothing.
    const Term* term = nullptr;  // Which term; one of those given.
  };

  // Looks for `terms` as terms of the language of `expander`, whatever language their sections are
  // in. Both must outlive it. Costs what recognizers of these terms do.
  SecondChance(std::vector<const Term*> terms, const FormExpander& expander);

  // Returns the surest that is found. O(words of the text × forms).
  Outcome Look(const LooseText& text) const;

 private:
  // A word of a term.
  struct Word {
    std::vector<std::u32string> forms;  // Folded; the word as written is the first.
    bool has_capital = false;
    std::size_t stem_chars = 0;  // What all forms begin with.
  };

  // Words of the text that are like those of a term.
  struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;  // Equal: there is none.
  };

  // Finds the first term of a table.
  Outcome Find(const TermTable& table, const LooseText& text, Verdict verdict) const;
  std::vector<Word> WordsOf(const Term& term, const FormExpander& expander) const;
  template <typename IsLike>
  static Window FindWindow(const std::vector<Word>& words, const LooseText& text, std::size_t gaps,
                           const IsLike& is_like);

  // Whether a word has a capital, and the dictionary has it as a form of a name that is a noun.
  bool IsOtherName(const LooseText::Word& other) const;

  // Whether a word of a text is a form of one of a term, or may be one that no rule foresaw, is
  // derived from it, or, if the term has one word, has it as a part. One that the dictionary knows
  // needs more of a likeness than one that it does not.
  bool MayBeForm(const Word& word, const LooseText::Word& other, bool is_single) const;
  static bool MayBeUnforeseen(const Word& word, std::u32string_view text, bool is_single);

  // Ways in which the words of a term may stand in a text, surest first: in forms; in a word
  // derived from a name; written as one word or as two; spelled otherwise.
  Window FindForms(const std::vector<Word>& words, const LooseText& text) const;
  Window FindDerived(const std::vector<Word>& words, const LooseText& text) const;
  Window FindSplit(const std::vector<Word>& words, const LooseText& text) const;
  Window FindRespelled(const std::vector<Word>& words, const LooseText& text) const;

  const FormExpander& expander_;
  const std::function<bool(std::string_view)> is_word_;  // May be empty.
  std::vector<const Term*> terms_;
  std::vector<std::unique_ptr<const Term>> lifted_;  // Two for each term: see the constructor.
  Concept entry_;                                    // Stands for the concept in the tables.
  std::unique_ptr<TermTable> sure_;                  // The terms, in compounds too.
  std::unique_ptr<TermTable> loose_;      // The terms without the rules of case, joints and bans.
  std::vector<std::vector<Word>> words_;  // By term.
};

}  // namespace sild::terms
