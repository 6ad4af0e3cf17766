#include "server/service/term_ledger.h"

#include <utility>

#include "server/model/try.h"
#include "server/terms/term_directory.h"

namespace sild::service {

absl::Status TermLedger::Load(const storage::View& view, const GlossaryName& glossary,
                              const std::function<bool()>& is_cancelled) {
  bool cancelled = false;
  SILD_CHECK_OK(view.ForEachConcept(glossary, "", [&](Concept&& entry) {
    cancelled = is_cancelled();
    if (!cancelled) {
      Add(entry);
    }
    return !is_full_ && !cancelled;
  }));
  return cancelled ? absl::CancelledError("the client went away") : absl::OkStatus();
}

const std::string& TermLedger::KeyOf(const LanguageTag& language) {
  const auto [known, is_new] = keys_.try_emplace(language);
  if (is_new) {
    known->second = text::LanguageKeyOf(language).value;
  }
  return known->second;
}

std::string TermLedger::KeyOf(const LanguageTag& language, const Term& term) {
  return KeyOf(language) + ' ' + terms::FoldTerm(term.text);
}

std::set<std::string> TermLedger::HavingAll(const Concept& entry) {
  std::set<std::string> ids;
  if (entry.sections.size() < 2) {
    return ids;
  }
  bool is_first = true;
  for (const LanguageSection& section : entry.sections) {
    for (const Term& term : section.terms) {
      const auto known = concepts_.find(KeyOf(section.language, term));
      if (known == concepts_.end()) {
        return {};
      }
      const Owners& owners = known->second;
      if (std::exchange(is_first, false)) {
        ids.insert(owners.others.begin(), owners.others.end());
        ids.insert(owners.first);
      } else {
        std::erase_if(ids, [&](const std::string& id) {
          return id != owners.first && !owners.others.contains(id);
        });
      }
    }
  }
  return ids;
}

std::vector<TermLedger::Shared> TermLedger::Add(const Concept& entry) {
  std::vector<Shared> shared;
  for (const LanguageSection& section : entry.sections) {
    for (const Term& term : section.terms) {
      const std::string key = KeyOf(section.language, term);
      if (concepts_.size() >= kMaxTerms && !concepts_.contains(key)) {
        is_full_ = true;
        continue;
      }
      const std::string& id = entry.name.concept_id;
      const auto [known, is_new] = concepts_.try_emplace(key, Owners{id, {}});
      Owners& owners = known->second;
      if (!is_new && owners.first != id && owners.others.insert(id).second) {
        shared.push_back({section.language, term.text, owners.first});
      }
    }
  }
  return shared;
}

}  // namespace sild::service
