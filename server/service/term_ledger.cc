#include "server/service/term_ledger.h"

#include <algorithm>

#include "server/terms/term_directory.h"

namespace sild::service {

absl::Status TermLedger::Load(const storage::View& view, const GlossaryName& glossary) {
  return view.ForEachConcept(glossary, "", [this](Concept&& entry) {
    Add(entry);
    return !is_full_;
  });
}

const std::string& TermLedger::KeyOf(const LanguageTag& language) {
  const auto [known, is_new] = keys_.try_emplace(language);
  if (is_new) {
    known->second = text::LanguageKeyOf(language).value;
  }
  return known->second;
}

std::vector<TermLedger::Shared> TermLedger::Add(const Concept& entry) {
  std::vector<Shared> shared;
  for (const LanguageSection& section : entry.sections) {
    for (const Term& term : section.terms) {
      const std::string key = KeyOf(section.language) + ' ' + terms::FoldTerm(term.text);
      if (concepts_.size() >= kMaxTerms && !concepts_.contains(key)) {
        is_full_ = true;
        continue;
      }
      std::vector<std::string>& ids = concepts_[key];
      const std::string& id = entry.name.concept_id;
      if (std::find(ids.begin(), ids.end(), id) != ids.end()) {
        continue;
      }
      if (!ids.empty()) {
        shared.push_back({section.language, term.text, ids.front()});
      }
      ids.push_back(id);
    }
  }
  return shared;
}

}  // namespace sild::service
