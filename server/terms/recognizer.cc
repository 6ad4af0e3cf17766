#include "server/terms/recognizer.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include <absl/container/flat_hash_map.h>

#include "server/terms/term_patterns.h"
#include "server/terms/term_text.h"

namespace sild::terms {
namespace {

using FormId = std::uint32_t;

struct StringHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

// A term as it is loaded.
struct LoadedTerm {
  std::size_t glossary = 0;
  const Concept* entry = nullptr;
  const LanguageSection* section = nullptr;
  const Term* term = nullptr;
  std::string key;               // Equal for equal terms.
  std::set<std::string> banned;  // As `PhraseKey`.
};

// A pattern of a loaded term. Its words are numbered from `first_word` on.
struct LoadedPattern {
  std::size_t term = 0;
  std::uint32_t first_word = 0;
  TermPattern pattern;
};

// A pattern where one of its words may stand.
struct Anchor {
  const LoadedPattern* pattern = nullptr;
  std::size_t word = 0;
};

// How many hits are gathered for one that is wanted, before nested and repeated ones are left out.
constexpr std::size_t kFoundPerHit = 100;

// A hit by tokens.
struct Found {
  std::size_t begin = 0;
  std::size_t end = 0;
  const LoadedTerm* term = nullptr;
  HitClass hit_class = HitClass::kStrict;
};

bool IsCaseRight(const TermPattern& pattern, const TermText& text, std::size_t begin) {
  for (std::size_t i = 0; i < pattern.needed_plain.size(); ++i) {
    if (text.Plain(text.tokens[begin + i]) != pattern.needed_plain[i]) {
      return false;
    }
  }
  const TermToken& first = text.tokens[begin];
  // An ending in small letters may follow an acronym, as in `ELis`.
  return (!pattern.needs_first_capital || first.has_capital) &&
         first.leading_capitals >= pattern.needed_capitals;
}

// Whether the token behind a word changes what the word is, as in `C++` and `C#`.
bool IsContinued(const TermText& text, std::size_t end) {
  if (end >= text.tokens.size() || text.tokens[end].joint != Joint::kNothing) {
    return false;
  }
  const std::string_view next = text.Folded(text.tokens[end]);
  return next == "+" || next == "#";
}

std::set<std::string> BannedKeys(const Term& term) {
  std::set<std::string> keys;
  for (const std::string& form : term.banned_forms) {
    const TermText text = ReadTermText(form);
    keys.insert(PhraseKey(text, 0, text.tokens.size()));
  }
  return keys;
}

}  // namespace

class Recognizer::Table {
 public:
  Table(const text::LanguageKey& language, std::vector<GlossaryConcept> concepts,
        const FormExpander& expander)
      : concepts_(std::move(concepts)) {
    std::map<LanguageTag, bool> is_wanted;
    for (const GlossaryConcept& source : concepts_) {
      for (const LanguageSection& section : source.entry.sections) {
        const auto [known, is_new] = is_wanted.try_emplace(section.language, false);
        if (is_new) {
          known->second = text::LanguageKeyOf(section.language) == language;
        }
        for (const Term& term : section.terms) {
          if (known->second) {
            Load(source, section, term, expander);
          }
        }
      }
    }
    Link();
  }

  // Finds terms until `max_found` or more are found, and at each word asks whether to go on.
  std::vector<Found> Find(const TermText& text, std::size_t max_found,
                          const std::function<bool()>& is_cancelled) const {
    std::vector<FormId> forms;
    for (const TermToken& token : text.tokens) {
      const auto known = form_ids_.find(text.Folded(token));
      forms.push_back(known == form_ids_.end() ? kNoForm : known->second);
    }
    std::vector<Found> found;
    for (std::size_t i = 0; i < forms.size() && found.size() < max_found; ++i) {
      if (forms[i] == kNoForm) {
        continue;
      }
      if (is_cancelled && is_cancelled()) {
        break;
      }
      for (const Anchor& anchor : anchors_[forms[i]]) {
        if (anchor.word <= i) {
          Try(*anchor.pattern, text, forms, i - anchor.word, found);
        }
      }
    }
    return found;
  }

 private:
  void Load(const GlossaryConcept& source, const LanguageSection& section, const Term& term,
            const FormExpander& expander) {
    std::vector<TermPattern> patterns = PatternsOf(term, expander);
    if (patterns.empty()) {
      return;
    }
    const TermText text = ReadTermText(term.text);
    terms_.push_back({source.glossary, &source.entry, &section, &term,
                      PhraseKey(text, 0, text.tokens.size()), BannedKeys(term)});
    for (TermPattern& pattern : patterns) {
      patterns_.push_back({terms_.size() - 1, word_count_, std::move(pattern)});
      word_count_ += static_cast<std::uint32_t>(patterns_.back().pattern.words.size());
    }
  }

  static constexpr FormId kNoForm = ~FormId{0};

  // Fills the tables; `patterns_` does not grow any more, so that pointers to it stay right. A
  // pattern is looked for where its rarest word stands: "ministry of …" is not tried at each "of".
  void Link() {
    std::vector<std::size_t> uses;  // By form: words of patterns that have it.
    for (const LoadedPattern& pattern : patterns_) {
      for (std::size_t i = 0; i < pattern.pattern.words.size(); ++i) {
        for (const Form& form : pattern.pattern.words[i].forms) {
          const auto next = static_cast<FormId>(form_ids_.size());
          const FormId id = form_ids_.try_emplace(form.text, next).first->second;
          uses.resize(form_ids_.size());
          ++uses[id];
          classes_.emplace(WordForm(pattern, i, id), form.hit_class);
        }
      }
    }
    anchors_.resize(form_ids_.size());
    for (const LoadedPattern& pattern : patterns_) {
      const std::size_t word = RarestWord(pattern.pattern, uses);
      for (const Form& form : pattern.pattern.words[word].forms) {
        anchors_[form_ids_.find(form.text)->second].push_back({&pattern, word});
      }
    }
  }

  std::size_t RarestWord(const TermPattern& pattern, const std::vector<std::size_t>& uses) const {
    std::size_t rarest = 0;
    std::size_t least = ~std::size_t{0};
    for (std::size_t i = 0; i < pattern.words.size(); ++i) {
      std::size_t most = 0;
      for (const Form& form : pattern.words[i].forms) {
        most = std::max(most, uses[form_ids_.find(form.text)->second]);
      }
      if (most < least) {
        least = most;
        rarest = i;
      }
    }
    return rarest;
  }

  static std::uint64_t WordForm(const LoadedPattern& pattern, std::size_t word, FormId form) {
    return (std::uint64_t{pattern.first_word} + word) << 32 | form;
  }

  // Adds a hit if the pattern stands at token `begin`.
  void Try(const LoadedPattern& loaded, const TermText& text, const std::vector<FormId>& forms,
           std::size_t begin, std::vector<Found>& found) const {
    const TermPattern& pattern = loaded.pattern;
    const std::size_t end = begin + pattern.words.size();
    if (end > forms.size()) {
      return;
    }
    HitClass hit_class = HitClass::kStrict;
    for (std::size_t i = 0; i < pattern.words.size(); ++i) {
      if (i > 0 && pattern.words[i].joint != text.tokens[begin + i].joint) {
        return;
      }
      const auto known = classes_.find(WordForm(loaded, i, forms[begin + i]));
      if (known == classes_.end()) {
        return;
      }
      hit_class = std::max(hit_class, known->second);
    }
    const LoadedTerm& term = terms_[loaded.term];
    const bool is_refused =
        (pattern.ends_with_word && IsContinued(text, end)) || !IsCaseRight(pattern, text, begin) ||
        (!term.banned.empty() && term.banned.contains(PhraseKey(text, begin, end)));
    if (!is_refused) {
      found.push_back({begin, end, &term, hit_class});
    }
  }

  std::vector<GlossaryConcept> concepts_;
  std::vector<LoadedTerm> terms_;
  std::vector<LoadedPattern> patterns_;
  std::uint32_t word_count_ = 0;
  std::unordered_map<std::string, FormId, StringHash, std::equal_to<>> form_ids_;
  std::vector<std::vector<Anchor>> anchors_;              // By form.
  absl::flat_hash_map<std::uint64_t, HitClass> classes_;  // By word of a pattern and form.
};

namespace {

// Leaves one hit for each range and concept, and of equal terms in one range those of the first
// glossary. Sorts as the answer is sorted.
std::vector<Found> WithoutRepetition(std::vector<Found> found) {
  std::sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    const auto place = [](const Found& hit) {
      return std::tuple(hit.begin, ~hit.end, hit.term->glossary, std::cref(hit.term->entry->name),
                        hit.hit_class, hit.term);
    };
    return place(a) < place(b);
  });
  std::vector<Found> kept;
  std::map<std::string_view, std::size_t> glossary_of;  // By term, in the range at hand.
  for (const Found& hit : found) {
    const bool is_same_range =
        !kept.empty() && kept.back().begin == hit.begin && kept.back().end == hit.end;
    if (!is_same_range) {
      glossary_of.clear();
    }
    const auto [known, is_new] = glossary_of.try_emplace(hit.term->key, hit.term->glossary);
    const bool is_same_concept = is_same_range && kept.back().term->entry == hit.term->entry;
    if (known->second == hit.term->glossary && !is_same_concept) {
      kept.push_back(hit);
    }
  }
  return kept;
}

// Leaves out hits inside longer ones. `found` is sorted by begin, longer ones first.
std::vector<Found> WithoutNested(const std::vector<Found>& found) {
  std::vector<Found> kept;
  for (const Found& hit : found) {
    // Every hit before it begins no later; the last one kept reaches farthest.
    const bool is_nested =
        !kept.empty() && (kept.back().end > hit.end ||
                          (kept.back().end == hit.end && kept.back().begin < hit.begin));
    if (!is_nested) {
      kept.push_back(hit);
    }
  }
  return kept;
}

}  // namespace

Recognizer::Recognizer(const text::LanguageKey& language, std::vector<GlossaryConcept> concepts,
                       const FormExpander& expander)
    : table_(std::make_unique<const Table>(language, std::move(concepts), expander)) {}
Recognizer::~Recognizer() = default;
Recognizer::Recognizer(Recognizer&&) noexcept = default;
Recognizer& Recognizer::operator=(Recognizer&&) noexcept = default;

std::vector<Hit> Recognizer::Recognize(std::string_view text,
                                       const RecognizeOptions& options) const {
  const TermText read = ReadTermText(text);
  std::vector<Found> found =
      WithoutRepetition(table_->Find(read, options.max_hits * kFoundPerHit, options.is_cancelled));
  if (!options.include_nested) {
    found = WithoutNested(found);
  }
  found.resize(std::min(found.size(), options.max_hits));
  std::vector<Hit> hits;
  hits.reserve(found.size());
  for (const Found& hit : found) {
    hits.push_back({{read.tokens[hit.begin].range.begin, read.tokens[hit.end - 1].range.end},
                    hit.term->glossary,
                    hit.term->entry,
                    hit.term->section,
                    hit.term->term,
                    hit.hit_class});
  }
  return hits;
}

}  // namespace sild::terms
