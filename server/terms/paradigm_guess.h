#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "server/terms/dictionary.h"

namespace sild::terms {

// Tells how unknown words are inflected by what the lemmas of a dictionary with the same ending
// have in common. Immutable: safe for any number of threads.
class ParadigmGuess {
 public:
  // `dictionary` must outlive this.
  explicit ParadigmGuess(const Dictionary& dictionary);

  // Returns the forms of `word`, folded, after the paradigms of at least 15 % of the lemmas (at
  // most three sets of them) that share its last five characters, or four, …, down to one, and have
  // a capital or none as told by `has_capital`: names are inflected otherwise. Nothing if too few
  // lemmas do.
  std::vector<std::string> Forms(std::string_view word, bool has_capital) const;

 private:
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  using Paradigms = std::vector<std::uint16_t>;

  Range WithEnding(std::string_view ending) const;

  std::vector<Paradigms> CommonParadigms(const Range& range, bool has_capital,
                                         std::size_t min_lemmas) const;

  const Dictionary& dictionary_;
  std::vector<std::uint32_t> by_ending_;  // Entries, by their lemmas read from the end.
};

}  // namespace sild::terms
