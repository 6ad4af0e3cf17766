#include "server/terms/word_groups.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_map.h>
#include <absl/container/flat_hash_set.h>

#include "server/terms/affix_file.h"

namespace sild::terms {

class WordGrouper {
 public:
  WordGrouper(const WordCorpus& corpus, const FormExpander& expander)
      : corpus_(corpus), expander_(expander), choices_(corpus.word_count()) {}

  WordGroups Run(const std::function<bool()>& is_cancelled) && {
    constexpr WordId kWordsBetweenAsking = 256;
    const auto is_time_to_end = [&](WordId word) {
      return word % kWordsBetweenAsking == 0 && is_cancelled && is_cancelled();
    };
    for (WordId word = 0; word < corpus_.word_count() && !is_time_to_end(word); ++word) {
      Propose(word);
    }
    for (WordId word = 0; word < corpus_.word_count() && !is_time_to_end(word); ++word) {
      Check(word);
    }
    WordGroups groups;
    groups.groups_of_.reserve(corpus_.word_count());
    for (WordId word = 0; word < corpus_.word_count(); ++word) {
      groups.groups_of_.push_back(Add(word, Choose(word), groups));
    }
    return groups;
  }

 private:
  // A base form that some word may have, and what speaks for it.
  struct Base {
    std::string text;
    WordKind kind = WordKind::kNoun;
    std::uint64_t frequency = 0;  // Of the words that may be its forms.
    std::uint32_t words = 0;      // That it was proposed for.
    bool is_name = false;
    bool is_in_corpus = false;
    bool is_expanded = false;
    absl::flat_hash_set<WordId> forms;  // In the corpus, once expanded.
  };

  struct Choice {
    std::uint32_t base = 0;
    Trust trust = Trust::kSure;
    bool is_listed = false;  // Sure before it was checked.
  };

  void Propose(WordId word) {
    std::vector<Choice>& choices = choices_[word];
    for (const BaseForm& found : expander_.BasesOf(FoldWord(corpus_.word(word)))) {
      const std::uint32_t base = BaseIdOf(found);
      const bool is_known = std::any_of(choices.begin(), choices.end(),
                                        [base](const auto& choice) { return choice.base == base; });
      if (!is_known) {
        choices.push_back({base, found.trust, found.trust == Trust::kSure});
        ++bases_[base].words;
      }
    }
  }

  // Takes out what the expander does not confirm. Asks it of base forms that explain other words
  // too, and of the rest only if none of these is right, since asking is slow.
  void Check(WordId word) {
    std::vector<Choice>& choices = choices_[word];
    const auto is_shared = [this](const Choice& choice) {
      return bases_[choice.base].is_in_corpus || bases_[choice.base].words > 1;
    };
    const auto confirm = [&](bool shared_ones) {
      bool has_any = false;
      for (Choice& choice : choices) {
        if (choice.trust == Trust::kToCheck && is_shared(choice) == shared_ones &&
            FormsOf(choice.base).contains(word)) {
          choice.trust = Trust::kSure;
          has_any = true;
        }
      }
      return has_any;
    };
    if (!confirm(true)) {
      confirm(false);
    }
    std::erase_if(choices, [](const Choice& choice) { return choice.trust == Trust::kToCheck; });
    for (const Choice& choice : choices) {
      bases_[choice.base].frequency += corpus_.frequency(word);
    }
  }

  std::uint32_t BaseIdOf(const BaseForm& found) {
    const auto next = static_cast<std::uint32_t>(bases_.size());
    const auto [known, is_new] = base_ids_.try_emplace(std::pair(found.text, found.kind), next);
    if (is_new) {
      Base& base = bases_.emplace_back();
      base.text = found.text;
      base.kind = found.kind;
      base.is_name = found.is_name;
      base.is_in_corpus = corpus_.FindWord(found.text) != WordCorpus::kNoWord;
    }
    return known->second;
  }

  // What the expander makes of a base form and the corpus has. Made once for each base form.
  const absl::flat_hash_set<WordId>& FormsOf(std::uint32_t id) {
    Base& base = bases_[id];
    if (!base.is_expanded) {
      base.is_expanded = true;
      for (const Form& form : expander_.Expand({}, base.text, 0, 1)) {
        if (const WordId word = corpus_.FindWord(form.text); word != WordCorpus::kNoWord) {
          base.forms.insert(word);
        }
      }
    }
    return base.forms;
  }

  // Returns the best choice of a word, or null.
  const Choice* Choose(WordId word) const {
    const Choice* best = nullptr;
    const auto rank = [this, word](const Choice& choice) {
      const Base& base = bases_[choice.base];
      const bool is_noun = base.kind != WordKind::kOther;
      // Another word is a better base form than the word itself, if nothing else tells them apart.
      return std::tuple(choice.trust == Trust::kSure, base.is_name == corpus_.IsName(word),
                        base.frequency * (is_noun ? 2U : 1U), base.is_in_corpus,
                        base.text != corpus_.word(word), base.text.size());
    };
    for (const Choice& choice : choices_[word]) {
      const Base& base = bases_[choice.base];
      if (choice.trust == Trust::kGuess && !base.is_in_corpus && base.words < 2) {
        continue;
      }
      if (best == nullptr || rank(*best) < rank(choice)) {
        best = &choice;
      }
    }
    return best;
  }

  GroupId Add(WordId word, const Choice* choice, WordGroups& groups) {
    const std::pair<std::string, WordKind> key =
        choice == nullptr ? std::pair(corpus_.word(word), WordKind::kNoun)
                          : std::pair(bases_[choice->base].text, bases_[choice->base].kind);
    const auto next = static_cast<GroupId>(groups.groups_.size());
    const auto [known, is_new] = group_ids_.try_emplace(key, next);
    if (is_new) {
      const bool is_listed = choice != nullptr && choice->is_listed;
      groups.groups_.push_back(
          {key.first, key.second, is_listed, is_listed && bases_[choice->base].is_name, 0});
    }
    groups.groups_[known->second].frequency += corpus_.frequency(word);
    return known->second;
  }

  const WordCorpus& corpus_;
  const FormExpander& expander_;
  std::vector<std::vector<Choice>> choices_;  // By word.
  std::vector<Base> bases_;
  absl::flat_hash_map<std::pair<std::string, WordKind>, std::uint32_t> base_ids_;
  absl::flat_hash_map<std::pair<std::string, WordKind>, GroupId> group_ids_;
};

WordGroups GroupWords(const WordCorpus& corpus, const FormExpander& expander,
                      const std::function<bool()>& is_cancelled) {
  return WordGrouper(corpus, expander).Run(is_cancelled);
}

}  // namespace sild::terms
