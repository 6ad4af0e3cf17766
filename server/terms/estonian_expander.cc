#include <algorithm>
#include <utility>

#include "server/terms/estonian_endings.h"
#include "server/terms/estonian_paradigms.h"
#include "server/terms/language_bases.h"
#include "server/terms/language_expanders.h"
#include "server/terms/word_forms.h"

namespace sild::terms {
namespace {

class EstonianExpander : public FormExpander {
 public:
  explicit EstonianExpander(std::unique_ptr<const Dictionary> dictionary)
      : dictionary_(std::move(dictionary)) {}

  std::string version() const override {
    return "et-4 " + (dictionary_ ? dictionary_->version() : "without a dictionary");
  }

  std::vector<Form> Expand(const Term& /*term*/, std::string_view word, std::size_t /*position*/,
                           std::size_t /*words*/) const override {
    const TermWord read = ReadTermWord(word);
    WordForms forms;
    forms.Add(read.text);
    if (read.is_acronym) {
      AddEstonianAcronym(read.text, forms);
    } else if (!read.text.empty() && !AddEstonianSure(read.text, read.has_capital, forms)) {
      AddByRule(read, forms);
    }
    return forms.ToForms(word);
  }

  std::vector<BaseForm> BasesOf(std::string_view word) const override {
    return EstonianBases(dictionary_.get(), word);
  }

  LanguageRules rules() const override { return RulesOf(dictionary_.get()); }

 private:
  bool IsKnown(const std::string& form) const { return dictionary_ && dictionary_->HasForm(form); }

  void AddByRule(const TermWord& word, WordForms& forms) const {
    const bool is_inflected = AddKnownHead(word, forms);
    if (!is_inflected || (word.has_capital && !IsKnown(word.text))) {
      AddEstonianUnknown(word.text, word.has_capital, forms);
    }
    if (word.has_capital) {
      AddEstonianName(word.text, forms);
    }
  }

  // Adds the forms of a known word, or of a compound whose last part is the longest known one.
  bool AddKnownHead(const TermWord& word, WordForms& forms) const {
    constexpr std::size_t kMinPart = 3;
    constexpr std::size_t kMinNamePart = 4;
    constexpr int kMaxTries = 3;
    const bool is_unknown_name = word.has_capital && !IsKnown(word.text);
    int tries = 0;
    std::string first;
    for (std::string_view rest = word.text; Length(rest) >= kMinPart && tries < kMaxTries;) {
      const std::string head(rest);
      const std::size_t first_length = Length(first);
      const bool is_head =
          (first.empty() || first_length >= kMinPart) && IsKnown(head) &&
          (!is_unknown_name ||
           (Length(head) >= kMinNamePart &&
            (IsKnown(first) || Length(head) >= kMinNamePart + 1 || first_length >= 5)));
      if (is_head) {
        ++tries;
        WordForms head_forms;
        AddEstonianParadigms(*dictionary_, head, head_forms);
        for (const std::string& form : head_forms.forms()) {
          forms.Add(first + form);
        }
        if (!head_forms.forms().empty()) {
          return true;
        }
      }
      const std::size_t next = rest.size() - WithoutFirst(rest).size();
      first.append(rest.substr(0, next));
      rest.remove_prefix(next);
    }
    return false;
  }

  static std::string_view WithoutFirst(std::string_view word) {
    std::size_t begin = 1;
    while (begin < word.size() && (static_cast<unsigned char>(word[begin]) & 0xC0) == 0x80) {
      ++begin;
    }
    return word.substr(std::min(begin, word.size()));
  }

  std::unique_ptr<const Dictionary> dictionary_;
};

}  // namespace

std::unique_ptr<FormExpander> MakeEstonianExpander(std::unique_ptr<const Dictionary> dictionary) {
  return std::make_unique<EstonianExpander>(std::move(dictionary));
}

}  // namespace sild::terms
