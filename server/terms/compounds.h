#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "server/terms/form_expander.h"
#include "server/terms/form_table.h"
#include "server/terms/term_patterns.h"

namespace sild::terms {

// The words that may be parts of compounds. First `Add`, then `Finish`, then `Find` from any number
// of threads.
class CompoundParts {
 public:
  // Adds the heads and modifiers of a pattern, which may have none, under a number of the caller.
  void Add(const TermPattern& pattern, std::uint32_t number);
  void Finish() { forms_.Finish(); }

  bool empty() const { return parts_.empty(); }
  std::size_t size_bytes() const;

  // Calls `take(number, hit class)` for each part that a folded token ends or begins with, and
  // whose rest has 3 letters or more and is a word. A token of more than 64 letters is none.
  // O(n²) for n letters.
  void Find(std::string_view folded, const std::function<bool(std::string_view)>& is_word,
            const std::function<void(std::uint32_t, HitClass)>& take) const;

 private:
  struct Part {
    std::uint32_t number = 0;
    HitClass hit_class = HitClass::kCompoundHead;
    std::uint32_t next = FormTable::kNoNumber;  // Of the same form, in `parts_`.
  };

  void AddPart(const std::string& form, std::uint32_t number, HitClass hit_class);

  FormTable forms_;  // The number of a form is its first part.
  std::vector<Part> parts_;
};

}  // namespace sild::terms
