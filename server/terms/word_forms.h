#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <absl/container/flat_hash_set.h>

#include "server/terms/form_expander.h"

namespace sild::terms {

// A word of a term as the rules of inflection see it.
struct TermWord {
  std::string text;          // Folded as by `FoldWord`, in normal form C, without stress marks.
  bool has_capital = false;  // It begins with one: a name, perhaps.
  bool is_acronym = false;   // 2 to 6 letters, all of them capitals.
};

// Reads a word as it stands in a term. Its text is empty if it is no single word.
TermWord ReadTermWord(std::string_view word);

// The forms of one word, each once. Holds at most `kMaxForms`; of the entries of the dictionaries
// that are expanded none has more than 358, that of the Lithuanian `lyti`. Who lists forms tells
// when the limit is reached.
class WordForms {
 public:
  static constexpr std::size_t kMaxForms = 1'000;

  // Adds a form, unless it is empty or there are too many.
  void Add(std::string form);

  // Adds `stem` with each of the endings, written with spaces between them; `-` is no ending.
  void AddAll(std::string_view stem, std::string_view endings);
  void AddAll(const std::vector<std::string>& forms);

  bool Has(const std::string& form) const { return known_.contains(form); }

  // Takes out the forms for which `is_wrong` holds.
  template <typename Predicate>
  void Remove(const Predicate& is_wrong) {
    std::erase_if(forms_, [&](const std::string& form) { return is_wrong(form); });
    known_.clear();
    known_.insert(forms_.begin(), forms_.end());
  }

  const std::vector<std::string>& forms() const { return forms_; }

  // Returns `word`, as it stands in the term, and all forms, as sure ones.
  std::vector<Form> ToForms(std::string_view word) const;

 private:
  std::vector<std::string> forms_;
  absl::flat_hash_set<std::string> known_;
};

// Returns the last character of a word, or nothing of an empty one; and what is before it.
std::string_view LastChar(std::string_view word);
std::string_view WithoutLast(std::string_view word);

// Returns the number of characters of a word.
std::size_t Length(std::string_view word);

// Whether `word` ends in one of `endings`, written with spaces between them.
bool EndsInOneOf(std::string_view word, std::string_view endings);

// Whether `word` is one of `words`, written with spaces between them.
bool IsOneOf(std::string_view word, std::string_view words);

// Returns the parts of `text` between single spaces.
std::vector<std::string_view> Split(std::string_view text);

// Returns `word`, which ends in `old_ending`, with `new_ending` instead.
std::string Replaced(std::string_view word, std::string_view old_ending,
                     std::string_view new_ending);

}  // namespace sild::terms
