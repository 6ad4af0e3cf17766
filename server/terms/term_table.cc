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
  loaded.is_pair = pattern.words.size() == 2 && !pattern.words[1].is_ending;
  loaded.pair_joint = pattern.words.back().joint;
  loaded.needed_capitals = pattern.needed_capitals;
  loaded.needs_first_capital = pattern.needs_first_capital;
  loaded.ends_with_word = pattern.ends_with_word;
  loaded.has_banned = !terms_[term].banned.empty();
  if (!pattern.needed_plain.empty()) {
    needed_plain_.push_back(pattern.needed_plain);
    loaded.plain = static_cast<std::uint32_t>(needed_plain_.size());
  }
  patterns_.push_back(loaded);
  if (!pattern.heads.empty() || !pattern.modifiers.empty()) {
    compounds_.Add(pattern, static_cast<std::uint32_t>(compound_patterns_.size()));
    compound_patterns_.push_back(loaded);
  }
}

// Words with the same forms are one.
TermTable::WordId TermTable::WordOf(const PatternWord& word) {
  WordForms forms;
  forms.reserve(word.forms.size());
  for (const Form& form : word.forms) {
    forms.emplace_back(forms_.Add(form.text), form.hit_class);
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
  RankConcepts();
  LinkPatterns();
  LinkForms();
  forms_.Finish();
  compounds_.Finish();
  std::vector<WordForms>().swap(forms_of_words_);
  absl::flat_hash_map<std::uint64_t, WordId>().swap(words_);
  absl::flat_hash_map<std::string, std::uint32_t>().swap(keys_);
  pattern_words_.shrink_to_fit();
  patterns_.shrink_to_fit();
  terms_.shrink_to_fit();
}

// Most forms are those of one word, and have its use for their number. The uses of the others are
// gathered first, by form.
void TermTable::LinkForms() {
  std::vector<std::pair<FormId, Use>> more;
  for (WordId word = 0; word < forms_of_words_.size(); ++word) {
    for (const auto& [form, hit_class] : forms_of_words_[word]) {
      const bool is_idle = first_pattern_[word] == first_pattern_[word + 1];
      const Use use = word << kClassBits | static_cast<Use>(hit_class) | (is_idle ? kIdle : 0);
      if (forms_.NumberOf(form) == FormTable::kNoNumber) {
        forms_.SetNumber(form, use);
      } else {
        more.emplace_back(form, use);
      }
    }
  }
  std::sort(more.begin(), more.end());
  for (std::size_t i = 0; i < more.size(); ++i) {
    const FormId form = more[i].first;
    if (i == 0 || more[i - 1].first != form) {
      more_uses_.push_back(forms_.NumberOf(form) | kMore);
      forms_.SetNumber(
          form, static_cast<Use>(more_uses_.size() - 1) | kMore | (forms_.NumberOf(form) & kIdle));
    }
    forms_.SetNumber(form, forms_.NumberOf(form) & (more[i].second | ~kIdle));
    const bool is_last = i + 1 == more.size() || more[i + 1].first != form;
    more_uses_.push_back(more[i].second | (is_last ? 0 : kMore));
  }
  more_uses_.shrink_to_fit();
}

void TermTable::LinkPatterns() {
  const std::vector<std::uint32_t> weights = WordWeights();
  for (LoadedPattern& pattern : patterns_) {
    Anchor(weights, pattern);
  }
  const auto word_of = [this](const LoadedPattern& pattern) {
    return pattern_words_[pattern.anchor].word;
  };
  const auto place_of = [&](const LoadedPattern& pattern) {
    return std::pair(word_of(pattern), NeighborOf(pattern));
  };
  std::stable_sort(
      patterns_.begin(), patterns_.end(),
      [&](const LoadedPattern& a, const LoadedPattern& b) { return place_of(a) < place_of(b); });
  first_pattern_.assign(forms_of_words_.size() + 1, 0);
  for (const LoadedPattern& pattern : patterns_) {
    ++first_pattern_[word_of(pattern) + 1];
    neighbors_.push_back(NeighborOf(pattern));
  }
  for (std::size_t word = 1; word < first_pattern_.size(); ++word) {
    first_pattern_[word] += first_pattern_[word - 1];
  }
}

// A pattern is looked for where its rarest word stands: "ministry of …" is not tried at each "of".
void TermTable::Anchor(const std::vector<std::uint32_t>& weights, LoadedPattern& pattern) const {
  pattern.anchor = pattern.first_word;
  std::uint32_t tokens = 0;
  std::uint32_t endings = 0;
  for (std::uint32_t at = pattern.first_word; at < pattern.end_word; ++at) {
    const LoadedWord& word = pattern_words_[at];
    if (!word.is_ending && weights[word.word] < weights[pattern_words_[pattern.anchor].word]) {
      pattern.anchor = at;
      pattern.tokens_before = tokens;
      pattern.endings_before = endings;
    }
    ++(word.is_ending ? endings : tokens);
  }
}

TermTable::Neighbor TermTable::NeighborOf(const LoadedPattern& pattern) const {
  const std::uint32_t next = pattern.anchor + 1;
  if (next < pattern.end_word && !pattern_words_[next].is_ending) {
    return {1, pattern_words_[next].word};
  }
  if (pattern.anchor > pattern.first_word && !pattern_words_[pattern.anchor - 1].is_ending) {
    return {-1, pattern_words_[pattern.anchor - 1].word};
  }
  return {0, pattern_words_[pattern.anchor].word};
}

// By word: how many words of patterns have its commonest form. Borrows the numbers of the forms.
std::vector<std::uint32_t> TermTable::WordWeights() {
  std::vector<std::uint32_t> patterns_of(forms_of_words_.size(), 0);
  for (const LoadedWord& word : pattern_words_) {
    ++patterns_of[word.word];
  }
  const auto for_each = [this](const auto& take) {
    for (WordId word = 0; word < forms_of_words_.size(); ++word) {
      for (const auto& [form, hit_class] : forms_of_words_[word]) {
        take(word, form);
      }
    }
  };
  std::vector<std::uint32_t> weights(forms_of_words_.size(), 0);
  for_each([&](WordId /*word*/, FormId form) { forms_.SetNumber(form, 0); });
  for_each([&](WordId word, FormId form) {
    forms_.SetNumber(form, forms_.NumberOf(form) + patterns_of[word]);
  });
  for_each([&](WordId word, FormId form) {
    weights[word] = std::max(weights[word], forms_.NumberOf(form));
  });
  for_each([&](WordId /*word*/, FormId form) { forms_.SetNumber(form, FormTable::kNoNumber); });
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
  std::vector<std::uint32_t> ranks(terms_.size());
  std::uint32_t rank = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && place(order[i - 1]) != place(order[i])) {
      ++rank;
    }
    ranks[order[i]] = rank;
  }
  for (std::vector<LoadedPattern>* patterns : {&patterns_, &compound_patterns_}) {
    for (LoadedPattern& pattern : *patterns) {
      pattern.concept_rank = ranks[pattern.term];
    }
  }
}

std::size_t TermTable::size_bytes() const {
  std::size_t bytes =
      forms_.size_bytes() + compounds_.size_bytes() +
      compound_patterns_.capacity() * sizeof(LoadedPattern) + more_uses_.capacity() * sizeof(Use) +
      first_pattern_.capacity() * sizeof(std::uint32_t) +
      pattern_words_.capacity() * sizeof(LoadedWord) +
      patterns_.capacity() * sizeof(LoadedPattern) + neighbors_.capacity() * sizeof(Neighbor) +
      terms_.capacity() * sizeof(LoadedTerm);
  for (const LoadedTerm& term : terms_) {
    for (const Phrase& phrase : term.banned) {
      bytes += sizeof(Phrase) + phrase.capacity() * sizeof(Phrase::value_type);
    }
  }
  return bytes;
}

}  // namespace sild::terms
