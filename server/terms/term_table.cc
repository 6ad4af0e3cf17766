#include "server/terms/term_table.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include <absl/hash/hash.h>

namespace sild::terms {

void TermTable::Add(const TermSource& source, const std::vector<TermPattern>& patterns) {
  if (patterns.empty()) {
    return;
  }
  LoadedTerm term;
  term.source = source;
  const TermText text = ReadTermText(source.term->text);
  const auto next_key = static_cast<std::uint32_t>(keys_.size());
  term.key = keys_.try_emplace(PhraseKey(text, 0, text.tokens.size()), next_key).first->second;
  for (const std::string& banned : source.term->banned_forms) {
    term.banned.push_back(PhraseOf(banned));
  }
  const auto number = static_cast<std::uint32_t>(terms_.size());
  terms_.push_back(std::move(term));
  for (const TermPattern& pattern : patterns) {
    AddPattern(pattern, number);
  }
}

void TermTable::AddPattern(const TermPattern& pattern, std::uint32_t term) {
  LoadedPattern loaded;
  loaded.term = term;
  loaded.first_word = static_cast<std::uint32_t>(pattern_words_.size());
  for (const PatternWord& word : pattern.words) {
    pattern_words_.push_back({WordOf(word), word.joint, word.is_ending});
  }
  loaded.end_word = static_cast<std::uint32_t>(pattern_words_.size());
  loaded.needed_capitals = pattern.needed_capitals;
  loaded.needs_first_capital = pattern.needs_first_capital;
  loaded.ends_with_word = pattern.ends_with_word;
  if (!pattern.needed_plain.empty()) {
    needed_plain_.push_back(pattern.needed_plain);
    loaded.plain = static_cast<std::uint32_t>(needed_plain_.size());
  }
  patterns_.push_back(loaded);
}

// Words with the same forms are one.
TermTable::WordId TermTable::WordOf(const PatternWord& word) {
  std::vector<Use> forms;
  forms.reserve(word.forms.size());
  for (const Form& form : word.forms) {
    forms.push_back(forms_.Add(form.text) << kClassBits | static_cast<Use>(form.hit_class));
  }
  std::sort(forms.begin(), forms.end());
  const auto next = static_cast<WordId>(forms_of_words_.size());
  const WordId known = words_.try_emplace(absl::HashOf(forms), next).first->second;
  if (known != next && forms_of_words_[known] == forms) {
    return known;
  }
  forms_of_words_.push_back(std::move(forms));
  return next;
}

TermTable::Phrase TermTable::PhraseOf(const std::string& text) {
  const TermText read = ReadTermText(text);
  Phrase phrase;
  for (const TermToken& token : read.tokens) {
    phrase.emplace_back(token.joint, forms_.Add(read.Folded(token)));
  }
  return phrase;
}

void TermTable::Finish() {
  LinkForms();
  LinkPatterns();
  RankConcepts();
  forms_.Finish();
  std::vector<std::vector<Use>>().swap(forms_of_words_);
  absl::flat_hash_map<std::uint64_t, WordId>().swap(words_);
  absl::flat_hash_map<std::string, std::uint32_t>().swap(keys_);
  pattern_words_.shrink_to_fit();
  patterns_.shrink_to_fit();
  terms_.shrink_to_fit();
}

// Most forms are those of one word, whose number then stands in their place. The words of the
// others are gathered first, by form.
void TermTable::LinkForms() {
  uses_.assign(forms_.size(), kNoUse);
  std::vector<std::pair<FormId, Use>> more;
  for (WordId word = 0; word < forms_of_words_.size(); ++word) {
    for (const Use form_and_class : forms_of_words_[word]) {
      const FormId form = form_and_class >> kClassBits;
      const Use use = word << kClassBits | (form_and_class & ((Use{1} << kClassBits) - 1));
      if (uses_[form] == kNoUse) {
        uses_[form] = use;
      } else {
        more.emplace_back(form, use);
      }
    }
  }
  std::sort(more.begin(), more.end());
  for (std::size_t i = 0; i < more.size(); ++i) {
    const FormId form = more[i].first;
    if (i == 0 || more[i - 1].first != form) {
      more_uses_.push_back(uses_[form] | kMore);
      uses_[form] = static_cast<Use>(more_uses_.size() - 1) | kMore;
    }
    const bool is_last = i + 1 == more.size() || more[i + 1].first != form;
    more_uses_.push_back(more[i].second | (is_last ? 0 : kMore));
  }
  more_uses_.shrink_to_fit();
}

// A pattern is looked for where its rarest word stands: "ministry of …" is not tried at each "of".
void TermTable::LinkPatterns() {
  const std::vector<std::size_t> weights = WordWeights();
  std::vector<std::pair<WordId, Anchor>> anchors;
  for (std::uint32_t i = 0; i < patterns_.size(); ++i) {
    Anchor here = {i, 0, 0};
    Anchor best = here;
    WordId rarest = pattern_words_[patterns_[i].first_word].word;
    for (std::uint32_t at = patterns_[i].first_word; at < patterns_[i].end_word; ++at) {
      const LoadedWord& word = pattern_words_[at];
      if (!word.is_ending && weights[word.word] < weights[rarest]) {
        rarest = word.word;
        best = here;
      }
      ++(word.is_ending ? here.endings_before : here.tokens_before);
    }
    anchors.emplace_back(rarest, best);
  }
  std::stable_sort(anchors.begin(), anchors.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  first_anchor_.assign(forms_of_words_.size() + 1, 0);
  for (const auto& [word, anchor] : anchors) {
    ++first_anchor_[word + 1];
    anchors_.push_back(anchor);
  }
  for (std::size_t word = 1; word < first_anchor_.size(); ++word) {
    first_anchor_[word] += first_anchor_[word - 1];
  }
}

// By word: how many words of patterns have its commonest form.
std::vector<std::size_t> TermTable::WordWeights() const {
  std::vector<std::size_t> patterns_of(forms_of_words_.size(), 0);
  for (const LoadedWord& word : pattern_words_) {
    ++patterns_of[word.word];
  }
  std::vector<std::size_t> form_weights(forms_.size(), 0);
  for (WordId word = 0; word < forms_of_words_.size(); ++word) {
    for (const Use form : forms_of_words_[word]) {
      form_weights[form >> kClassBits] += patterns_of[word];
    }
  }
  std::vector<std::size_t> weights;
  for (const std::vector<Use>& forms : forms_of_words_) {
    std::size_t weight = 0;
    for (const Use form : forms) {
      weight = std::max(weight, form_weights[form >> kClassBits]);
    }
    weights.push_back(weight);
  }
  return weights;
}

void TermTable::RankConcepts() {
  const auto place = [this](std::size_t term) {
    const TermSource& source = terms_[term].source;
    return std::tie(source.glossary, source.entry->name);
  };
  std::vector<std::size_t> order(terms_.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = i;
  }
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return place(a) < place(b); });
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && place(order[i - 1]) != place(order[i])) {
      ++rank;
    }
    terms_[order[i]].concept_rank = rank;
  }
}

std::size_t TermTable::size_bytes() const {
  std::size_t bytes =
      forms_.size_bytes() + uses_.capacity() * sizeof(Use) + more_uses_.capacity() * sizeof(Use) +
      first_anchor_.capacity() * sizeof(std::uint32_t) + anchors_.capacity() * sizeof(Anchor) +
      pattern_words_.capacity() * sizeof(LoadedWord) +
      patterns_.capacity() * sizeof(LoadedPattern) + terms_.capacity() * sizeof(LoadedTerm);
  for (const LoadedTerm& term : terms_) {
    for (const Phrase& phrase : term.banned) {
      bytes += sizeof(Phrase) + phrase.capacity() * sizeof(Phrase::value_type);
    }
  }
  return bytes;
}

}  // namespace sild::terms
