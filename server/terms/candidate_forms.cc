#include "server/terms/candidate_forms.h"

#include <algorithm>
#include <array>
#include <map>
#include <span>
#include <tuple>
#include <utility>

#include <absl/container/flat_hash_map.h>

#include "server/terms/candidate_base.h"

namespace sild::terms {
namespace {

// A nominative counts if it is at least one of so many uses; else it may be another word's.
constexpr std::uint32_t kUsesPerBase = 20;

// An example of so many tokens tells most.
constexpr std::size_t kBestTokens = 18;

// One way to write a form.
struct Spelled {
  std::vector<CorpusToken> tokens;
  std::uint32_t frequency = 0;
  std::uint32_t inner = 0;  // Of them, where a sentence does not begin.
};

class UseFinder {
 public:
  UseFinder(const WordCorpus& corpus, const WordGroups& groups, const CandidatePlaces& places,
            const std::vector<CountedCandidate>& candidates, std::size_t max_examples)
      : corpus_(corpus),
        groups_(groups),
        places_(places),
        max_examples_(max_examples),
        spelled_(candidates.size()),
        uses_(candidates.size()) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      by_key_.emplace(candidates[i].key, i);
    }
  }

  std::vector<CandidateUse> Run(const std::function<bool()>& is_cancelled) && {
    for (std::size_t segment = 0; segment < corpus_.segment_count(); ++segment) {
      if (is_cancelled && is_cancelled()) {
        return {};
      }
      for (const CandidatePlace& place : places_.In(segment)) {
        if (const auto known = by_key_.find(place.key); known != by_key_.end()) {
          Add(known->second, segment, place);
        }
      }
    }
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      Conclude(spelled_[i], uses_[i]);
    }
    return std::move(uses_);
  }

 private:
  using Tokens = std::span<const CorpusToken>;

  void Add(std::size_t index, std::size_t segment, const CandidatePlace& place) {
    CandidateUse& use = uses_[index];
    const auto number = static_cast<std::uint32_t>(segment);
    if (use.segments.empty() || use.segments.back() != number) {
      use.segments.push_back(number);
      AddExample({segment, place.begin, place.words}, use.examples);
    }
    const Tokens tokens = corpus_.Segment(segment).subspan(place.begin, place.words);
    std::vector<Spelled>& all = spelled_[index];
    auto known = std::find_if(all.begin(), all.end(), [tokens](const Spelled& spelled) {
      return IsSpelledSame(spelled.tokens, tokens);
    });
    if (known == all.end()) {
      known = all.insert(all.end(), {{tokens.begin(), tokens.end()}, 0, 0});
    }
    ++known->frequency;
    known->inner += tokens[0].begins_sentence() ? 0 : 1;
  }

  static bool IsSpelledSame(Tokens a, Tokens b) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i].spelling() != b[i].spelling() || (i > 0 && a[i].joint() != b[i].joint())) {
        return false;
      }
    }
    return true;
  }

  // Keeps the best examples, the first of equal ones.
  void AddExample(const CandidateExample& example, std::vector<CandidateExample>& examples) const {
    const auto distance = [this](const CandidateExample& one) {
      const std::size_t tokens = corpus_.Segment(one.segment).size();
      return tokens > kBestTokens ? tokens - kBestTokens : kBestTokens - tokens;
    };
    const auto place =
        std::upper_bound(examples.begin(), examples.end(), example,
                         [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
    examples.insert(place, example);
    if (examples.size() > max_examples_) {
      examples.pop_back();
    }
  }

  void Conclude(std::vector<Spelled>& all, CandidateUse& use) const {
    // Those that differ in case only are one form, written as in most places inside sentences.
    std::map<std::string, std::vector<const Spelled*>> by_text;
    for (const Spelled& spelled : all) {
      by_text[TextOf(spelled.tokens, true)].push_back(&spelled);
    }
    std::vector<OccurringForm> forms;
    std::uint32_t total = 0;
    for (const auto& [folded, spellings] : by_text) {
      const Spelled* const spelled =
          *std::max_element(spellings.begin(), spellings.end(), [](const auto* a, const auto* b) {
            return std::tie(a->inner, a->frequency) < std::tie(b->inner, b->frequency);
          });
      OccurringForm& form = forms.emplace_back(OccurringForm{spelled->tokens, 0});
      for (const Spelled* same : spellings) {
        form.frequency += same->frequency;
      }
      total += form.frequency;
      use.forms.push_back({TextOf(form.tokens, false), form.frequency});
    }
    use.text = HeadwordOf(forms, total);
    std::stable_sort(use.forms.begin(), use.forms.end(),
                     [](const auto& a, const auto& b) { return a.frequency > b.frequency; });
    all.clear();
    all.shrink_to_fit();
  }

  // The base form, or else what comes nearest to it.
  std::string HeadwordOf(const std::vector<OccurringForm>& forms, std::uint32_t total) const {
    const CandidateBase base(corpus_, groups_, places_, forms);
    std::array<const OccurringForm*, 3> best{};  // The commonest, by `Nominative`.
    for (const OccurringForm& form : forms) {
      const OccurringForm*& rival = best[static_cast<std::size_t>(base.NominativeOf(form))];
      rival = rival == nullptr || form.frequency > rival->frequency ? &form : rival;
    }
    const OccurringForm* const oblique = best.back();
    for (const OccurringForm* form : best) {
      if (form != nullptr && form != oblique && form->frequency * kUsesPerBase >= total) {
        return TextOf(form->tokens, false);
      }
    }
    if (forms.empty()) {
      return "";
    }
    if (oblique == nullptr) {
      return TextOf(best[best[0] == nullptr ? 1 : 0]->tokens, false);
    }
    const std::string made = base.MadeFrom(*oblique);
    return made.empty() ? TextOf(oblique->tokens, false) : made;
  }

  std::string TextOf(Tokens tokens, bool is_folded) const {
    std::string text;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Joint joint = tokens[i].joint();
      if (i > 0 && joint != Joint::kNothing) {
        text += joint == Joint::kHyphen ? '-' : ' ';
      }
      const WordCorpus::Spelling& spelling = corpus_.SpellingOf(tokens[i]);
      text += is_folded ? std::string_view(corpus_.word(spelling.word)) : spelling.text;
    }
    return text;
  }

  const WordCorpus& corpus_;
  const WordGroups& groups_;
  const CandidatePlaces& places_;
  const std::size_t max_examples_;
  absl::flat_hash_map<CandidateKey, std::size_t> by_key_;
  std::vector<std::vector<Spelled>> spelled_;
  std::vector<CandidateUse> uses_;
};

}  // namespace

std::vector<CandidateUse> FindUses(const WordCorpus& corpus, const WordGroups& groups,
                                   const CandidatePlaces& places,
                                   const std::vector<CountedCandidate>& candidates,
                                   std::size_t max_examples,
                                   const std::function<bool()>& is_cancelled) {
  return UseFinder(corpus, groups, places, candidates, max_examples).Run(is_cancelled);
}

}  // namespace sild::terms
