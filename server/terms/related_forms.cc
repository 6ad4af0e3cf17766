#include "server/terms/related_forms.h"

#include <algorithm>
#include <set>
#include <utility>

#include <absl/container/flat_hash_set.h>

#include "server/terms/affix_file.h"
#include "server/terms/word_forms.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

class RelatedWords {
 public:
  RelatedWords(const FormExpander& expander, std::string_view word)
      : expander_(expander), word_(word), folded_(ReadTermWord(word).text) {}

  std::vector<std::string> Run() && {
    Add(FormsOf(std::string(word_)));
    if (folded_.empty()) {
      return std::move(forms_);  // No single word.
    }
    for (const BaseForm& base : expander_.BasesOf(folded_)) {
      // Of a name and an acronym other forms are made than of another word.
      for (const std::string& spelling : std::set{base.text, CasedAsWord(base.text)}) {
        if (spelling == word_) {
          continue;
        }
        std::vector<std::string> forms = FormsOf(spelling);
        if (base.trust == Trust::kSure || HasWord(forms)) {
          Add(std::move(forms));
        }
      }
    }
    return std::move(forms_);
  }

 private:
  std::vector<std::string> FormsOf(const std::string& base) const {
    Term term;
    term.text = base;
    std::vector<std::string> forms;
    for (Form& form : expander_.Expand(term, base, 0, 1)) {
      forms.push_back(std::move(form.text));
    }
    return forms;
  }

  bool HasWord(const std::vector<std::string>& forms) const {
    return std::find(forms.begin(), forms.end(), folded_) != forms.end();
  }

  void Add(std::vector<std::string> forms) {
    for (std::string& form : forms) {
      if (known_.insert(form).second) {
        forms_.push_back(std::move(form));
      }
    }
  }

  // Returns `base` with the capitals of the letters that the word shares with it from the first on.
  std::string CasedAsWord(std::string_view base) const {
    std::string cased;
    std::size_t at = 0;
    for (std::size_t in_word = 0; in_word < word_.size() && at < base.size();) {
      const std::size_t begin = in_word;
      (void)text::NextChar(word_, in_word);
      const std::string_view letter = word_.substr(begin, in_word - begin);
      const std::string folded = FoldWord(letter);
      if (!base.substr(at).starts_with(folded)) {
        break;
      }
      cased += letter;
      at += folded.size();
    }
    return cased.append(base.substr(at));
  }

  const FormExpander& expander_;
  const std::string_view word_;
  const std::string folded_;
  std::vector<std::string> forms_;
  absl::flat_hash_set<std::string> known_;
};

}  // namespace

std::vector<std::string> RelatedForms(const FormExpander& expander, std::string_view word) {
  return RelatedWords(expander, word).Run();
}

}  // namespace sild::terms
