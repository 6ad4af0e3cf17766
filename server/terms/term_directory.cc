#include "server/terms/term_directory.h"

#include <algorithm>
#include <cstdlib>
#include <optional>

#include "server/terms/form_distance.h"
#include "server/terms/term_patterns.h"
#include "server/terms/term_text.h"
#include "server/text/collation.h"
#include "server/text/utf8.h"

namespace sild::terms {
namespace {

constexpr std::size_t kMinNearChars = 5;  // Below this one letter makes another word.
constexpr std::size_t kTwoErrorChars = 10;

std::string FoldedKey(const text::LanguageKey& language, std::string_view folded) {
  return language.value + ' ' + std::string(folded);
}

std::string DigitsOf(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits),
               [](char c) { return c >= '0' && c <= '9'; });
  return digits;
}

// How `term` answers a query that is folded and not empty, forms and likeness set aside.
std::optional<TermMatchKind> KindOf(std::string_view term, std::string_view query) {
  const std::size_t at = term.find(query);
  if (at == std::string_view::npos) {
    return std::nullopt;
  }
  if (at == 0) {
    return term.size() == query.size() ? TermMatchKind::kEqual : TermMatchKind::kPrefix;
  }
  for (std::size_t word = at; word != std::string_view::npos; word = term.find(query, word + 1)) {
    if (term[word - 1] == ' ' || term[word - 1] == '-') {
      return TermMatchKind::kWordPrefix;
    }
  }
  return TermMatchKind::kContains;
}

// What a match is sorted by; single bytes first, so that it is compared byte by byte.
std::string RankOf(TermMatchKind kind, const DirectoryTerm& term) {
  const std::size_t chars = text::CountChars(term.term->text);
  std::string rank;
  rank += static_cast<char>('0' + static_cast<int>(kind));
  rank += static_cast<char>('0' + static_cast<int>(term.term->status));
  rank += static_cast<char>(chars >> 8);  // A term has at most 500.
  rank += static_cast<char>(chars & 0xFF);
  rank += term.term->text;
  rank += '\0';
  rank += term.entry->name.str();
  return rank;
}

// Whether a form of one of two folded texts may be the other: the first word begins alike, in two
// letters if both have five or more, else in one, since short words change more (день, дня); and
// one has at most one word more, which may be an ending behind a hyphen.
bool BeginAlike(std::string_view a, std::string_view b) {
  constexpr std::string_view kJoints = " -";
  const std::u32string first_a = text::ToUtf32(a.substr(0, a.find_first_of(kJoints)));
  const std::u32string first_b = text::ToUtf32(b.substr(0, b.find_first_of(kJoints)));
  const std::size_t letters = std::min(first_a.size(), first_b.size()) < 5 ? 1 : 2;
  const auto words = [](std::string_view text) {
    return std::count(text.begin(), text.end(), ' ') + std::count(text.begin(), text.end(), '-');
  };
  return first_a.substr(0, letters) == first_b.substr(0, letters) &&
         std::abs(words(a) - words(b)) <= 1;
}

// Whether all tokens of `text` fit the words of `pattern`.
bool Fits(const TermPattern& pattern, const TermText& text) {
  std::set<std::size_t> ends = {0};  // Up to which tokens the words so far may reach.
  for (const PatternWord& word : pattern.words) {
    std::set<std::size_t> next;
    for (const std::size_t end : ends) {
      if (word.is_ending) {
        next.insert(end);
      }
      if (end < text.tokens.size() &&
          std::any_of(word.forms.begin(), word.forms.end(), [&](const Form& form) {
            return form.text == text.Folded(text.tokens[end]);
          })) {
        next.insert(end + 1);
      }
    }
    ends = std::move(next);
  }
  return ends.contains(text.tokens.size());
}

}  // namespace

std::string FoldTerm(std::string_view text) {
  const TermText read = ReadTermText(text);
  std::string folded;
  for (const TermToken& token : read.tokens) {
    if (!folded.empty()) {
      folded += token.joint == Joint::kHyphen ? "-" : token.joint == Joint::kNothing ? "" : " ";
    }
    folded += read.Folded(token);
  }
  return folded;
}

TermForms::TermForms(const Term& term, const FormExpander& expander) {
  Term found = term;
  found.process_status = ProcessStatus::kApproved;
  patterns_ = PatternsOf(found, expander);
  for (const std::string& form : term.banned_forms) {
    const TermText banned = ReadTermText(form);
    banned_.insert(PhraseKey(banned, 0, banned.tokens.size()));
  }
}

bool TermForms::Have(std::string_view text) const {
  const TermText read = ReadTermText(text);
  return std::any_of(patterns_.begin(), patterns_.end(),
                     [&](const TermPattern& pattern) { return Fits(pattern, read); }) &&
         !banned_.contains(PhraseKey(read, 0, read.tokens.size()));
}

bool AreNear(std::string_view a, std::string_view b) {
  const std::size_t shorter = std::min(text::CountChars(a), text::CountChars(b));
  const std::size_t longer = std::max(text::CountChars(a), text::CountChars(b));
  const std::size_t errors = shorter >= kTwoErrorChars ? 2 : shorter >= kMinNearChars ? 1 : 0;
  return longer - shorter <= errors && errors > 0 && FormDistance(a, b, errors + 1) <= errors &&
         DigitsOf(a) == DigitsOf(b);
}

TermDirectory::TermDirectory(std::vector<GlossaryConcept> concepts)
    : concepts_(std::move(concepts)) {
  std::map<LanguageTag, std::uint32_t> languages;
  for (const GlossaryConcept& source : concepts_) {
    for (const LanguageSection& section : source.entry.sections) {
      const auto [known, is_new] = languages.try_emplace(section.language, 0);
      if (is_new) {
        const text::LanguageKey key = text::LanguageKeyOf(section.language);
        const auto found = std::find(languages_.begin(), languages_.end(), key);
        known->second = static_cast<std::uint32_t>(found - languages_.begin());
        if (found == languages_.end()) {
          languages_.push_back(key);
        }
      }
      for (const Term& term : section.terms) {
        DirectoryTerm& added = terms_.emplace_back();
        added = {source.glossary, &source.entry, &section,
                 &term,           known->second, FoldTerm(term.text)};
        by_folded_[FoldedKey(languages_[added.language], added.folded)].push_back(
            static_cast<std::uint32_t>(terms_.size() - 1));
      }
    }
  }
}

std::vector<const DirectoryTerm*> TermDirectory::FindFolded(const text::LanguageKey& language,
                                                            const std::string& folded) const {
  std::vector<const DirectoryTerm*> result;
  if (const auto found = by_folded_.find(FoldedKey(language, folded)); found != by_folded_.end()) {
    for (const std::uint32_t index : found->second) {
      result.push_back(&terms_[index]);
    }
  }
  return result;
}

template <typename Predicate>
std::vector<const DirectoryTerm*> TermDirectory::Select(const text::LanguageKey& language,
                                                        const std::function<bool()>& is_cancelled,
                                                        const Predicate& is_wanted) const {
  const auto found = std::find(languages_.begin(), languages_.end(), language);
  const auto number = static_cast<std::uint32_t>(found - languages_.begin());
  std::vector<const DirectoryTerm*> result;
  for (const DirectoryTerm& term : terms_) {
    if (term.language != number) {
      continue;
    }
    if (is_cancelled && is_cancelled()) {
      return result;
    }
    if (is_wanted(term)) {
      result.push_back(&term);
    }
  }
  return result;
}

std::vector<const DirectoryTerm*> TermDirectory::FindForm(
    const text::LanguageKey& language, std::string_view text, const FormExpander& expander,
    const std::function<bool()>& is_cancelled) const {
  const std::string folded = FoldTerm(text);
  return Select(language, is_cancelled, [&](const DirectoryTerm& term) {
    return (!term.term->extra_forms.empty() || BeginAlike(term.folded, folded)) &&
           TermForms(*term.term, expander).Have(text);
  });
}

std::vector<const DirectoryTerm*> TermDirectory::FindFormsOf(
    const text::LanguageKey& language, const Term& term, const FormExpander& expander,
    const std::function<bool()>& is_cancelled) const {
  const std::string folded = FoldTerm(term.text);
  const TermForms forms(term, expander);
  return Select(language, is_cancelled, [&](const DirectoryTerm& stored) {
    return (!term.extra_forms.empty() || BeginAlike(stored.folded, folded)) &&
           forms.Have(stored.term->text);
  });
}

std::vector<const DirectoryTerm*> TermDirectory::FindNear(
    const text::LanguageKey& language, const std::string& folded,
    const std::function<bool()>& is_cancelled) const {
  return Select(language, is_cancelled, [&](const DirectoryTerm& term) {
    return term.folded != folded && AreNear(term.folded, folded);
  });
}

std::vector<TermDirectory::Sorted> TermDirectory::InOrder(const LanguageTag& language) const {
  const text::LanguageKey key = text::LanguageKeyOf(language);
  const text::Collation collation(language);
  std::vector<Sorted> sorted;
  for (const DirectoryTerm& term : terms_) {
    if (languages_[term.language] == key) {
      std::string sort_key = collation.SortKey(term.term->text);
      sort_key += term.entry->name.str() + '\0' + term.term->id;
      sorted.push_back({std::move(sort_key), &term});
    }
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const Sorted& a, const Sorted& b) { return a.key < b.key; });
  return sorted;
}

std::vector<TermMatch> TermDirectory::Search(const TermQuery& query) const {
  const std::string folded = FoldTerm(query.text);
  absl::flat_hash_map<const Concept*, TermMatch> best;
  const auto take = [&](TermMatchKind kind, const DirectoryTerm& term) {
    TermMatch& known = best[term.entry];
    if (known.term == nullptr || kind <= known.kind) {
      TermMatch match{kind, &term, RankOf(kind, term)};
      if (known.term == nullptr || match.rank < known.rank) {
        known = std::move(match);
      }
    }
  };
  const auto visit = [&](const auto& kind_of) {
    for (const DirectoryTerm& term : terms_) {
      if (query.is_wanted && !query.is_wanted(term)) {
        continue;
      }
      if (const std::optional<TermMatchKind> kind = kind_of(term)) {
        take(*kind, term);
      }
    }
  };
  visit([&](const DirectoryTerm& term) -> std::optional<TermMatchKind> {
    if (query.text.empty()) {
      return TermMatchKind::kListed;
    }
    const auto kind = folded.empty() ? std::nullopt : KindOf(term.folded, folded);
    const bool is_form = query.with_form.contains(&term);
    return is_form && kind != TermMatchKind::kEqual ? TermMatchKind::kForm : kind;
  });
  if (best.empty()) {
    visit([&](const DirectoryTerm& term) -> std::optional<TermMatchKind> {
      return AreNear(term.folded, folded) ? std::optional(TermMatchKind::kSimilar) : std::nullopt;
    });
  }
  std::vector<TermMatch> matches;
  matches.reserve(best.size());
  for (auto& [entry, match] : best) {
    matches.push_back(std::move(match));
  }
  std::sort(matches.begin(), matches.end(),
            [](const TermMatch& a, const TermMatch& b) { return a.rank < b.rank; });
  return matches;
}

}  // namespace sild::terms
