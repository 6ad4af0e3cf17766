#include "server/terms/explain.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "server/terms/form_distance.h"
#include "server/terms/term_patterns.h"
#include "server/terms/term_table.h"
#include "server/terms/term_text.h"

namespace sild::terms {
namespace {

// The rules that can be lifted, in the order in which they are put back. `kRejected` is last, so
// that it is never named where another would do; it is always named where it holds.
constexpr std::array kLiftable = {Refusal::kBanned,  Refusal::kCapital,  Refusal::kAcronymCapitals,
                                  Refusal::kLetters, Refusal::kJoint,    Refusal::kContinued,
                                  Refusal::kExact,   Refusal::kCompound, Refusal::kRejected};

std::string KeyOf(const std::string& form) {
  const TermText text = ReadTermText(form);
  return PhraseKey(text, 0, text.tokens.size());
}

// Lists forms, each once.
class FormList {
 public:
  explicit FormList(const Term& term) {
    for (const std::string& form : term.banned_forms) {
      banned_.insert(KeyOf(form));
    }
  }

  void Add(ListedForm form) {
    const std::string key = KeyOf(form.text);
    if (!key.empty() && known_.emplace(form.word, key).second) {
      form.is_banned = !form.word && banned_.contains(key);
      forms_.push_back(std::move(form));
    }
  }

  // Whether the form of a whole term is there.
  bool Has(const std::string& form) const { return known_.contains({std::nullopt, KeyOf(form)}); }

  std::vector<ListedForm> Take() && { return std::move(forms_); }

 private:
  std::vector<ListedForm> forms_;
  std::set<std::string> banned_;
  std::set<std::pair<std::optional<std::size_t>, std::string>> known_;  // By word and key.
};

// The patterns of `term` with some rules lifted, and the term as it then is.
struct Lifted {
  Term term;
  std::vector<TermPattern> patterns;
};

Lifted Lift(Term term, const std::set<Refusal>& lifted, const FormExpander& expander) {
  if (lifted.contains(Refusal::kRejected)) {
    term.process_status = ProcessStatus::kApproved;
  }
  if (lifted.contains(Refusal::kBanned)) {
    term.banned_forms.clear();
  }
  if (lifted.contains(Refusal::kExact) && term.matching == TermMatching::kExact) {
    term.matching = TermMatching::kInflected;
  }
  if (lifted.contains(Refusal::kCompound)) {
    term.match_compounds = true;
  }
  std::vector<TermPattern> patterns = PatternsOf(term, expander);
  for (TermPattern& pattern : patterns) {
    if (lifted.contains(Refusal::kCapital)) {
      pattern.needs_first_capital = false;
    }
    if (lifted.contains(Refusal::kAcronymCapitals)) {
      pattern.needed_capitals = 0;
    }
    if (lifted.contains(Refusal::kLetters)) {
      pattern.needed_plain.clear();
    }
    if (lifted.contains(Refusal::kContinued)) {
      pattern.ends_with_word = false;
    }
    if (lifted.contains(Refusal::kJoint)) {
      for (PatternWord& word : pattern.words) {
        word.joint = Joint::kAny;
      }
    }
  }
  return {std::move(term), std::move(patterns)};
}

// Explains one term in one text.
class Explainer {
 public:
  Explainer(const Term& term, const FormExpander& expander, const LanguageRules& rules,
            std::string_view text)
      : term_(term), expander_(expander), rules_(rules), text_(text) {}

  // Where the term is if no other terms and not the `lifted` rules stand against it.
  std::vector<ByteRange> Places(const std::set<Refusal>& lifted) const {
    const Lifted free = Lift(term_, lifted, expander_);
    const Concept entry;
    TermTable table(rules_);
    table.Add({0, &entry, nullptr, &free.term}, free.patterns);
    table.Finish();
    const std::vector<ScannedToken> tokens = ScanText(text_, table.forms());
    std::set<ByteRange> places;  // A compound may be one in several ways.
    for (const Found& found : table.Find(text_, tokens, tokens.size(), {})) {
      places.insert({tokens[found.begin].range.begin, tokens[found.end - 1].range.end});
    }
    return {places.begin(), places.end()};
  }

  // Lifts all rules, and puts back one after another: those without which nothing is found stay
  // lifted, and are the refusals.
  void FindRefusals(Explanation& result) const {
    std::set<Refusal> lifted(kLiftable.begin(), kLiftable.end());
    result.places = Places(lifted);
    if (result.places.empty()) {
      result.refusals.push_back(Refusal::kNoSuchForm);
      if (term_.process_status == ProcessStatus::kRejected) {
        result.refusals.push_back(Refusal::kRejected);
      }
      TraceWords(result);
      return;
    }
    for (const Refusal rule : kLiftable) {
      lifted.erase(rule);
      if (std::vector<ByteRange> places = Places(lifted); !places.empty()) {
        result.places = std::move(places);
      } else {
        lifted.insert(rule);
        result.refusals.push_back(rule);
      }
    }
  }

 private:
  void TraceWords(Explanation& result) const {
    const TermText read = ReadTermText(text_);
    const TermText term = ReadTermText(term_.text);
    const Lifted free = Lift(term_, {Refusal::kRejected}, expander_);
    if (free.patterns.empty()) {
      return;  // The term has no words, such as one soft hyphen.
    }
    auto token = term.tokens.begin();
    for (const PatternWord& word : free.patterns.front().words) {
      if (!word.is_ending) {
        result.words.push_back(Trace(word, std::string(term.Plain(*token)), read));
        ++token;
      }
    }
  }

  static WordTrace Trace(const PatternWord& word, std::string plain, const TermText& read) {
    WordTrace trace;
    trace.word = std::move(plain);
    trace.forms = word.forms.size();
    std::size_t least = ~std::size_t{0};
    for (const TermToken& token : read.tokens) {
      for (const Form& form : word.forms) {
        if (token.is_symbol && form.text != read.Folded(token)) {
          continue;
        }
        const std::size_t distance = FormDistance(form.text, read.Folded(token), least);
        if (distance == 0) {
          trace.places.push_back(token.range);
        }
        if (distance < least) {
          least = distance;
          trace.nearest = token.range;
          trace.nearest_form = form.text;
        }
      }
    }
    if (!trace.places.empty()) {
      trace.nearest = std::nullopt;
      trace.nearest_form.clear();
    }
    return trace;
  }

  const Term& term_;
  const FormExpander& expander_;
  const LanguageRules& rules_;
  std::string_view text_;
};

std::string_view Slice(std::string_view text, ByteRange range) {
  return text.substr(range.begin, range.end - range.begin);
}

// A rule as the end of a sentence that begins with "the term is not found because".
std::string_view Because(Refusal refusal) {
  switch (refusal) {
    case Refusal::kRejected:
      return "the term is rejected";
    case Refusal::kBanned:
      return "this form is banned";
    case Refusal::kCapital:
      return "the term has a capital and the text has none";
    case Refusal::kAcronymCapitals:
      return "the term is an acronym and the text does not have its letters in capitals";
    case Refusal::kLetters:
      return "the term is case-sensitive and the text has other letters";
    case Refusal::kJoint:
      return "the words are not joined as in the term, by a space, a hyphen or nothing";
    case Refusal::kContinued:
      return "a + or # follows, which makes it another word";
    case Refusal::kExact:
      return "the term is matched exactly and this is another form";
    case Refusal::kCompound:
      return "it is part of a compound and the term does not ask for compounds";
    case Refusal::kInsideLongerHit:
      return "it lies inside a longer term";
    case Refusal::kOtherTerm:
      return "another term of the concept, or the same one of an earlier glossary, stands for it";
    case Refusal::kNoSuchForm:
      return "the text has no form of some word";
  }
  return "of a rule that has no name";
}

std::string ReasonOf(const Explanation& result, std::string_view text) {
  std::string reason;
  if (!result.places.empty()) {
    reason = fmt::format("“{}”: ", Slice(text, result.places.front()));
  }
  if (result.is_found) {
    return reason + "found";
  }
  reason += "not found because ";
  for (std::size_t i = 0; i < result.refusals.size(); ++i) {
    reason += i == 0 ? "" : ", and ";
    reason += Because(result.refusals[i]);
  }
  if (!result.other_term.empty()) {
    reason += fmt::format(": “{}”", result.other_term);
  }
  for (const WordTrace& word : result.words) {
    if (!word.places.empty()) {
      reason += fmt::format("; “{}” is there as “{}”", word.word, Slice(text, word.places.front()));
    } else if (word.nearest) {
      reason += fmt::format("; “{}” has {} forms, and the nearest word is “{}”", word.word,
                            word.forms, Slice(text, *word.nearest));
    } else {
      reason += fmt::format("; “{}” has {} forms, and the text no words", word.word, word.forms);
    }
  }
  return reason;
}

}  // namespace

std::vector<ListedForm> ListForms(const Term& term, const FormExpander& expander) {
  FormList list(term);
  list.Add({term.text, std::nullopt, FormOrigin::kBase});
  const TermText text = ReadTermText(term.text);
  const std::size_t words = text.tokens.size();
  for (std::size_t i = 0; i < words && term.matching == TermMatching::kInflected; ++i) {
    if (text.tokens[i].is_symbol) {
      continue;
    }
    for (Form& form : expander.Expand(term, text.Plain(text.tokens[i]), i, words)) {
      const std::optional<std::size_t> word = words == 1 ? std::nullopt : std::optional(i);
      list.Add({std::move(form.text), word, FormOrigin::kMade, form.hit_class});
    }
  }
  for (const std::string& form : term.extra_forms) {
    list.Add({form, std::nullopt, FormOrigin::kExtra});
  }
  for (const std::string& form : term.banned_forms) {
    list.Add({form, std::nullopt, FormOrigin::kNone});
  }
  return std::move(list).Take();
}

Explanation Explain(const Recognizer& recognizer, const ConceptName& name, const Term& term,
                    const FormExpander& expander, const LanguageRules& rules,
                    std::string_view text) {
  Explanation result;
  RecognizeOptions options;
  options.max_hits = text.size() + 1;  // All there may be, unless thousands of terms are alike.
  const std::vector<Hit> hits = recognizer.Recognize(text, options);
  for (const Hit& hit : hits) {
    if (hit.entry->name == name && hit.term->id == term.id) {
      result.hit_class =
          result.is_found ? std::min(result.hit_class, hit.hit_class) : hit.hit_class;
      result.is_found = true;
      result.places.push_back(hit.range);
    }
  }
  const Explainer explainer(term, expander, rules, text);
  if (!result.is_found) {
    result.places = explainer.Places({});
    if (result.places.empty()) {
      explainer.FindRefusals(result);
    } else {
      const ByteRange place = result.places.front();
      const auto other = std::find_if(hits.begin(), hits.end(), [&](const Hit& hit) {
        return hit.range.begin <= place.begin && hit.range.end >= place.end;
      });
      const bool is_longer = other != hits.end() && other->range != place;
      result.refusals.push_back(is_longer ? Refusal::kInsideLongerHit : Refusal::kOtherTerm);
      result.other_term = other == hits.end() ? "" : other->term->text;
    }
  }
  result.reason = ReasonOf(result, text);
  return result;
}

}  // namespace sild::terms
