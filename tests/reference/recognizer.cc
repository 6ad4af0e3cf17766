#include "tests/reference/recognizer.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "server/terms/char_kinds.h"
#include "server/terms/term_patterns.h"
#include "server/terms/term_text.h"
#include "server/text/utf8.h"

namespace sild::reference {
namespace {

using terms::Form;
using terms::GlossaryConcept;
using terms::Hit;
using terms::HitClass;
using terms::Joint;
using terms::PatternWord;
using terms::TermPattern;
using terms::TermText;
using terms::TermToken;

// A hit by tokens.
struct Place {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::size_t order = 0;  // Of the term, as it was met.
  Hit hit;
};

bool MixesScripts(std::string_view folded) {
  bool is_latin = false;
  bool is_cyrillic = false;
  for (const char32_t c : text::ToUtf32(folded)) {
    is_latin = is_latin || terms::CharKinds::Get()[c].Is(terms::CharKind::kLatin);
    is_cyrillic = is_cyrillic || terms::CharKinds::Get()[c].Is(terms::CharKind::kCyrillic);
  }
  return is_latin && is_cyrillic;
}

// Whether the line around a range has letters besides those of the range, and only capitals.
bool IsInCapitalLine(const std::string& text, ByteRange range) {
  const std::size_t before =
      range.begin == 0 ? std::string::npos : text.rfind('\n', range.begin - 1);
  const std::size_t begin = before == std::string::npos ? 0 : before + 1;
  bool has_other_letters = false;
  for (std::size_t at = begin; at < std::min(text.find('\n', range.begin), text.size());) {
    const std::size_t letter = at;
    const terms::CharKind kind = terms::CharKinds::Get()[text::NextChar(text, at)];
    if (kind.Is(terms::CharKind::kLetter)) {
      if (!kind.Is(terms::CharKind::kCapital)) {
        return false;
      }
      has_other_letters = has_other_letters || letter < range.begin || letter >= range.end;
    }
  }
  return has_other_letters;
}

// Looks for one pattern after another in a text.
class Matcher {
 public:
  // `named` are all words that terms name: a token that is one is not read in another script.
  Matcher(std::string_view text, const std::set<std::string>& named,
          const terms::LanguageRules& rules)
      : sent_(text), text_(terms::ReadTermText(text)), rules_(rules) {
    for (const TermToken& token : text_.tokens) {
      std::string folded(text_.Folded(token));
      const bool is_replaced = MixesScripts(folded) && !named.contains(folded);
      replaced_.push_back(is_replaced);
      folded_.push_back(is_replaced ? terms::InOneScript(folded) : folded);
    }
  }

  const TermText& text() const { return text_; }

  // Returns the hit of `pattern` at token `begin`, if it is there; only range and class are set.
  std::optional<Place> Match(const Term& term, const TermPattern& pattern,
                             std::size_t begin) const {
    Place place;
    place.begin = begin;
    place.end = begin;
    place.hit.hit_class = HitClass::kStrict;
    for (const PatternWord& word : pattern.words) {
      const Form* form = FormAt(word, place.end, place.end == begin);
      if (form == nullptr && word.is_ending) {
        continue;
      }
      if (form == nullptr) {
        return std::nullopt;
      }
      place.hit.hit_class = std::max(place.hit.hit_class, form->hit_class);
      place.hit.mixes_scripts = place.hit.mixes_scripts || replaced_[place.end];
      ++place.end;
    }
    place.hit.range = {text_.tokens[begin].range.begin, text_.tokens[place.end - 1].range.end};
    if ((pattern.ends_with_word && IsContinued(place.end)) || !IsCaseRight(pattern, begin) ||
        IsBanned(term, begin, place.end)) {
      return std::nullopt;
    }
    if (pattern.needed_capitals > 0 && IsDoubtful(pattern, place)) {
      place.hit.hit_class = HitClass::kProbable;
    }
    return place;
  }

  // Returns the hits of a pattern in compounds that are token `at`, as `Match` does.
  std::vector<Place> MatchCompound(const Term& term, const TermPattern& pattern,
                                   std::size_t at) const {
    const TermToken& token = text_.tokens[at];
    const std::string whole(text_.Folded(token));
    std::vector<Place> places;
    const auto add = [&](std::string_view rest, HitClass hit_class) {
      if (text::CountChars(whole) <= 64 && text::CountChars(rest) >= 3 && rules_.is_word &&
          rules_.is_word(rest) && (!pattern.needs_first_capital || token.has_capital) &&
          !IsContinued(at + 1) && !IsBanned(term, at, at + 1)) {
        Place place;
        place.begin = at;
        place.end = at + 1;
        place.hit.range = token.range;
        place.hit.hit_class = hit_class;
        places.push_back(place);
      }
    };
    for (const std::string& head : pattern.heads) {
      if (whole.ends_with(head)) {
        add(std::string_view(whole).substr(0, whole.size() - head.size()), HitClass::kCompoundHead);
      }
    }
    for (const std::string& modifier : pattern.modifiers) {
      if (whole.starts_with(modifier)) {
        add(std::string_view(whole).substr(modifier.size()), HitClass::kCompoundModifier);
      }
    }
    return places;
  }

 private:
  const Form* FormAt(const PatternWord& word, std::size_t at, bool is_first) const {
    if (at >= folded_.size() || (!is_first && text_.tokens[at].joint != word.joint)) {
      return nullptr;
    }
    const auto form = std::find_if(word.forms.begin(), word.forms.end(),
                                   [&](const Form& other) { return other.text == folded_[at]; });
    return form == word.forms.end() ? nullptr : &*form;
  }

  bool IsContinued(std::size_t end) const {
    return end < folded_.size() && text_.tokens[end].joint == Joint::kNothing &&
           (folded_[end] == "+" || folded_[end] == "#");
  }

  bool IsCaseRight(const TermPattern& pattern, std::size_t begin) const {
    for (std::size_t i = 0; i < pattern.needed_plain.size(); ++i) {
      if (text_.Plain(text_.tokens[begin + i]) != pattern.needed_plain[i]) {
        return false;
      }
    }
    const TermToken& first = text_.tokens[begin];
    return (!pattern.needs_first_capital || first.has_capital) &&
           first.leading_capitals >= pattern.needed_capitals;
  }

  bool IsBanned(const Term& term, std::size_t begin, std::size_t end) const {
    return std::any_of(
        term.banned_forms.begin(), term.banned_forms.end(), [&](const std::string& form) {
          const TermText banned = terms::ReadTermText(form);
          bool is_same = banned.tokens.size() == end - begin;
          for (std::size_t i = 0; is_same && i < banned.tokens.size(); ++i) {
            is_same = banned.Folded(banned.tokens[i]) == folded_[begin + i] &&
                      (i == 0 || banned.tokens[i].joint == text_.tokens[begin + i].joint);
          }
          return is_same;
        });
  }

  bool IsDoubtful(const TermPattern& pattern, const Place& place) const {
    if (IsInCapitalLine(sent_, place.hit.range)) {
      return rules_.is_word && rules_.is_word(folded_[place.begin]);
    }
    return text_.tokens[place.begin].leading_capitals > pattern.needed_capitals;
  }

  std::string sent_;
  TermText text_;
  const terms::LanguageRules& rules_;
  std::vector<std::string> folded_;  // By token, in one script.
  std::vector<bool> replaced_;       // By token: whether letters were replaced.
};

bool IsBefore(const Place& a, const Place& b) {
  const auto place = [](const Place& hit) {
    return std::tuple(hit.begin, ~hit.end, hit.hit.glossary, std::cref(hit.hit.entry->name),
                      hit.hit.hit_class, hit.order);
  };
  return place(a) < place(b);
}

// Whether an earlier one of the sorted `places` has the same range and an equal term of another
// glossary, or one of the `kept` has the same range and is of the same concept.
bool IsRepeated(const std::vector<Place>& places, const std::vector<Place>& kept,
                const Place& place) {
  const auto key = [](const Place& other) {
    const TermText text = terms::ReadTermText(other.hit.term->text);
    return terms::PhraseKey(text, 0, text.tokens.size());
  };
  const auto is_in_range = [&](const Place& other) {
    return other.begin == place.begin && other.end == place.end;
  };
  return std::any_of(places.begin(), places.end(),
                     [&](const Place& other) {
                       return is_in_range(other) && other.hit.glossary < place.hit.glossary &&
                              key(other) == key(place);
                     }) ||
         std::any_of(kept.begin(), kept.end(), [&](const Place& other) {
           return is_in_range(other) && other.hit.entry == place.hit.entry;
         });
}

bool IsNested(const std::vector<Place>& places, const Place& place) {
  return std::any_of(places.begin(), places.end(), [&](const Place& other) {
    return other.begin <= place.begin && other.end >= place.end &&
           other.end - other.begin > place.end - place.begin;
  });
}

}  // namespace

Recognizer::Recognizer(const text::LanguageKey& language, std::vector<GlossaryConcept> concepts,
                       const terms::FormExpander& expander, terms::LanguageRules rules)
    : concepts_(std::move(concepts)), rules_(std::move(rules)) {
  for (const GlossaryConcept& source : concepts_) {
    for (const LanguageSection& section : source.entry.sections) {
      for (const Term& term : section.terms) {
        if (text::LanguageKeyOf(section.language) == language) {
          Load(source, section, term, expander);
        }
      }
    }
  }
}

std::vector<Hit> Recognizer::Recognize(std::string_view text, bool include_nested) const {
  const Matcher matcher(text, named_, rules_);
  std::vector<Place> places;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    for (const TermPattern& pattern : sources_[i].patterns) {
      for (std::size_t begin = 0; begin < matcher.text().tokens.size(); ++begin) {
        const Term& term = *sources_[i].hit.term;
        std::vector<Place> found = matcher.MatchCompound(term, pattern, begin);
        if (const std::optional<Place> place = matcher.Match(term, pattern, begin)) {
          found.push_back(*place);
        }
        for (Place& place : found) {
          Hit hit = sources_[i].hit;
          hit.range = place.hit.range;
          hit.hit_class = place.hit.hit_class;
          hit.mixes_scripts = place.hit.mixes_scripts;
          place.hit = hit;
          place.order = i;
          places.push_back(place);
        }
      }
    }
  }
  std::sort(places.begin(), places.end(), IsBefore);
  std::vector<Place> kept;
  std::vector<Hit> hits;
  for (const Place& place : places) {
    if (!IsRepeated(places, kept, place)) {
      kept.push_back(place);
      if (include_nested || !IsNested(places, place)) {
        hits.push_back(place.hit);
      }
    }
  }
  return hits;
}

void Recognizer::Load(const GlossaryConcept& source, const LanguageSection& section,
                      const Term& term, const terms::FormExpander& expander) {
  Hit hit;
  hit.glossary = source.glossary;
  hit.entry = &source.entry;
  hit.section = &section;
  hit.term = &term;
  sources_.push_back({hit, terms::PatternsOf(term, expander)});
  if (sources_.back().patterns.empty()) {
    return;
  }
  for (const TermPattern& pattern : sources_.back().patterns) {
    for (const PatternWord& word : pattern.words) {
      for (const Form& form : word.forms) {
        named_.insert(form.text);
      }
    }
  }
  for (const std::string& form : term.banned_forms) {
    const TermText text = terms::ReadTermText(form);
    for (const TermToken& token : text.tokens) {
      named_.emplace(text.Folded(token));
    }
  }
}

}  // namespace sild::reference
