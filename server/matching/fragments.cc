#include "server/matching/fragments.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "server/matching/score.h"
#include "server/matching/selection.h"
#include "server/matching/span_table.h"
#include "server/model/try.h"
#include "server/text/tokens.h"

namespace sild::matching {
namespace {

using text::LanguageKey;
using text::Token;
using text::TokenizedText;

// Whether a mark joins what stands directly on both sides of it to one word.
bool IsHyphen(std::string_view mark) { return mark == "-" || mark == "\u2010" || mark == "\u2011"; }

bool AreEqual(const TokenizedText& a, const Token& x, const TokenizedText& b, const Token& y) {
  return x.token_class == y.token_class && a.Folded(x) == b.Folded(y);
}

// Whether a hyphen joins tokens `i` and `i + 2` of a text.
bool IsHyphenated(const TokenizedText& text, std::size_t i) {
  const std::vector<Token>& tokens = text.tokens;
  const auto is_punctuation = [&tokens](std::size_t at) {
    return tokens[at].token_class == text::TokenClass::kPunctuation;
  };
  return i + 2 < tokens.size() && IsHyphen(text.Surface(tokens[i + 1])) && !is_punctuation(i) &&
         !is_punctuation(i + 2) && tokens[i].range.end == tokens[i + 1].range.begin &&
         tokens[i + 1].range.end == tokens[i + 2].range.begin;
}

// The texts of queries, to find stored texts in.
class QueryTexts {
 public:
  explicit QueryTexts(const std::vector<Query>& queries) {
    texts_.reserve(queries.size());  // So that the views in `places_` stay right.
    for (const Query& query : queries) {
      const TokenizedText& text = texts_.emplace_back(text::Tokenize(query.segment.text));
      for (std::size_t i = 0; i < text.tokens.size(); ++i) {
        places_[text.Folded(text.tokens[i])].push_back({texts_.size() - 1, i});
      }
    }
  }

  const TokenizedText& operator[](std::size_t query) const { return texts_[query]; }

  // Calls `visit` with each query, and the span of it, that `stored` covers.
  template <typename Visit>
  void ForEachPlace(const TokenizedText& stored, Visit visit) const {
    const TokenSpan core =
        CoreOf(stored.tokens, [](const Token& token) { return token.token_class; });
    if (core.empty()) {
      return;
    }
    const auto found = places_.find(stored.Folded(stored.tokens[core.begin]));
    if (found == places_.end()) {
      return;
    }
    for (const Place& place : found->second) {
      const TokenSpan span{place.token, place.token + core.end - core.begin};
      if (Stands(stored, core, texts_[place.query], span)) {
        visit(place.query, Extended(stored, core, texts_[place.query], span));
      }
    }
  }

 private:
  struct Place {
    std::size_t query;
    std::size_t token;
  };

  static bool Stands(const TokenizedText& stored, TokenSpan core, const TokenizedText& query,
                     TokenSpan span) {
    if (span.end > query.tokens.size() ||
        (span.begin >= 2 && IsHyphenated(query, span.begin - 2)) ||
        IsHyphenated(query, span.end - 1)) {
      return false;
    }
    for (std::size_t i = span.begin; i < span.end; ++i) {
      if (!AreEqual(stored, stored.tokens[core.begin + i - span.begin], query, query.tokens[i])) {
        return false;
      }
    }
    return true;
  }

  // Takes in the punctuation around `span` that stands around the core of `stored` too.
  static TokenSpan Extended(const TokenizedText& stored, TokenSpan core, const TokenizedText& query,
                            TokenSpan span) {
    while (core.begin > 0 && span.begin > 0 &&
           AreEqual(stored, stored.tokens[core.begin - 1], query, query.tokens[span.begin - 1])) {
      --core.begin;
      --span.begin;
    }
    while (core.end < stored.tokens.size() && span.end < query.tokens.size() &&
           AreEqual(stored, stored.tokens[core.end], query, query.tokens[span.end])) {
      ++core.end;
      ++span.end;
    }
    return span;
  }

  std::vector<TokenizedText> texts_;
  std::unordered_map<std::string_view, std::vector<Place>> places_;  // By folded token.
};

// A source that shows only some units of its own accord.
class SomeUnits : public CandidateSource {
 public:
  SomeUnits(const CandidateSource& all, const std::set<UnitName>& names)
      : all_(all), names_(names) {}

  absl::Status ForEachUnit(const MemoryName& memory,
                           absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    for (const UnitName& name : names_) {
      if (name.parent() == memory) {
        SILD_TRY(const TranslationUnit unit, all_.GetUnit(name));
        if (!visit(unit)) {
          break;
        }
      }
    }
    return absl::OkStatus();
  }

  absl::Status ForEachUnitWithText(
      const MemoryName& memory, const LanguageKey& key, std::string_view text,
      absl::FunctionRef<bool(const TranslationUnit&)> visit) const override {
    return all_.ForEachUnitWithText(memory, key, text, visit);
  }

  absl::StatusOr<TranslationUnit> GetUnit(const UnitName& name) const override {
    return all_.GetUnit(name);
  }

  absl::Status FillUsage(TranslationUnit& unit) const override { return all_.FillUsage(unit); }

 private:
  const CandidateSource& all_;
  const std::set<UnitName>& names_;
};

// A part of a query, and a unit that covers it.
struct Cover {
  std::uint32_t begin = 0;  // Tokens.
  std::uint32_t end = 0;
  std::int32_t weight = 0;
  std::uint32_t unit = 0;  // By number, in the order in which they were found.

  // The heaviest part first; what covers one part stands together.
  friend bool operator<(const Cover& a, const Cover& b) {
    return std::tuple(-a.weight, a.begin, a.end, a.unit) <
           std::tuple(-b.weight, b.begin, b.end, b.unit);
  }
  bool IsOfPart(const Cover& other) const { return begin == other.begin && end == other.end; }
};

// Returns `query` cut to `range` of its text.
Query PartOf(const Query& query, ByteRange range) {
  Query part;
  part.segment.text = query.segment.text.substr(range.begin, range.end - range.begin);
  std::map<std::int32_t, int> counts;  // Of tags, by pair.
  const auto is_inside = [range](const Tag& tag) {
    return tag.position > range.begin && tag.position < range.end;
  };
  for (const Tag& tag : query.segment.tags) {
    counts[tag.pair] += is_inside(tag) ? 1 : 0;
  }
  for (const Tag& tag : query.segment.tags) {
    if (is_inside(tag) && (tag.pair == 0 || counts[tag.pair] > 1)) {
      part.segment.tags.push_back(tag);
      part.segment.tags.back().position -= range.begin;
    }
  }
  return part;
}

// Where fragments of a query are wanted.
struct Open {
  bool is_open = false;
  std::vector<LanguageTag> targets;  // Empty: in any language.
};

Open OpenTargets(const LookupRequest& request, const std::vector<Match>& matches) {
  const std::vector<LanguageTag>& targets = request.target_languages;
  if (matches.empty()) {
    return {true, targets};
  }
  Open open;
  std::set<LanguageKey> found;
  for (std::size_t i = 0; targets.size() > 1 && i < matches.size(); ++i) {
    found.insert(text::LanguageKeyOf(matches[i].target_language));
  }
  for (std::size_t i = 0; targets.size() > 1 && i < targets.size(); ++i) {
    if (!found.contains(text::LanguageKeyOf(targets[i]))) {
      open.is_open = true;
      open.targets.push_back(targets[i]);
    }
  }
  return open;
}

// One search for fragments.
class FragmentFinder {
 public:
  FragmentFinder(const LookupRequest& request, std::vector<Open> open,
                 const CandidateSource& source, const std::function<bool()>& is_cancelled)
      : request_(request),
        source_(source),
        is_cancelled_(is_cancelled),
        texts_(request.queries),
        selector_(request),
        part_request_(request),
        open_(std::move(open)),
        covers_(request.queries.size()) {
    part_request_.queries.clear();
    part_request_.max_matches = 1;
  }

  absl::StatusOr<std::vector<std::vector<Fragment>>> Run() {
    std::vector<std::vector<Fragment>> fragments(request_.queries.size());
    std::set<MemoryName> seen;
    for (const MemoryReference& memory : request_.memories) {
      if (seen.insert(memory.name).second) {
        SILD_CHECK_OK(LookIn(memory.name));
      }
    }
    for (std::size_t query = 0; query < fragments.size(); ++query) {
      SILD_TRY(fragments[query], Choose(query));
    }
    return fragments;
  }

 private:
  bool IsCancelled() const { return is_cancelled_ && is_cancelled_(); }

  // Notes what the units of a memory cover.
  absl::Status LookIn(const MemoryName& memory) {
    const auto texts = source_.OpenIndex(memory, text::LanguageKeyOf(request_.source_language));
    if (texts == nullptr) {
      SILD_CHECK_OK(source_.ForEachUnit(memory, [this](const TranslationUnit& unit) {
        Note(unit);
        return !IsCancelled();
      }));
    }
    for (std::size_t query = 0; texts != nullptr && query < open_.size(); ++query) {
      if (open_[query].is_open) {
        SILD_CHECK_OK(LookUp(query, *texts));
      }
    }
    return IsCancelled() ? absl::CancelledError("the look-up was cancelled") : absl::OkStatus();
  }

  absl::Status LookUp(std::size_t query, IndexedTexts& texts) {
    const Vocabulary& vocabulary = texts.index().lexicon().vocabulary;
    std::vector<FoldedKey> keys;
    for (const Token& token : texts_[query].tokens) {
      keys.push_back(vocabulary.FindFolded(token.token_class, texts_[query].Folded(token)));
    }
    std::unordered_set<TextHandle> seen;
    absl::Status status;
    FindContained(texts.index(), keys, [&](TextHandle handle) {
      if (seen.insert(handle).second) {
        status = texts.ForEachUnit(handle, [this](const TranslationUnit& unit) {
          Note(unit);
          return !IsCancelled();
        });
      }
      return status.ok() && !IsCancelled();
    });
    return status;
  }

  // Notes what a unit covers of any query.
  void Note(const TranslationUnit& unit) {
    const Selection selection = selector_.Select(unit);
    if (selection.empty()) {
      return;
    }
    texts_.ForEachPlace(text::Tokenize(selection.source->segment.text),
                        [&](std::size_t query, TokenSpan span) {
                          if (open_[query].is_open) {
                            covers_[query].push_back(MakeCover(query, span, unit.name));
                          }
                        });
  }

  Cover MakeCover(std::size_t query, TokenSpan span, const UnitName& unit) {
    Cover cover;
    cover.begin = static_cast<std::uint32_t>(span.begin);
    cover.end = static_cast<std::uint32_t>(span.end);
    for (std::size_t i = span.begin; i < span.end; ++i) {
      cover.weight += WeightOf(texts_[query].tokens[i].token_class);
    }
    const auto next = static_cast<std::uint32_t>(units_.size());
    const auto [known, is_new] = unit_numbers_.try_emplace(unit, next);
    if (is_new) {
      units_.push_back(unit);
    }
    cover.unit = known->second;
    return cover;
  }

  // Takes the best parts of a query.
  absl::StatusOr<std::vector<Fragment>> Choose(std::size_t query) {
    std::vector<Fragment> chosen;
    taken_.assign(texts_[query].tokens.size(), {});
    std::vector<Cover>& covers = covers_[query];
    std::sort(covers.begin(), covers.end());
    for (std::size_t i = 0; i < covers.size();) {
      if (IsCancelled()) {
        return absl::CancelledError("the look-up was cancelled");
      }
      std::set<UnitName> units;
      const Cover& part = covers[i];
      for (; i < covers.size() && covers[i].IsOfPart(part); ++i) {
        units.insert(units_[covers[i].unit]);
      }
      SILD_CHECK_OK(Take(query, part, units, chosen));
    }
    std::sort(chosen.begin(), chosen.end(), [](const Fragment& a, const Fragment& b) {
      return std::tuple(a.range.begin, b.range.end, a.match.target_language) <
             std::tuple(b.range.begin, a.range.end, b.match.target_language);
    });
    return chosen;
  }

  // Adds to `chosen` the best match of a part in each language in which it is free.
  absl::Status Take(std::size_t query, const Cover& part, const std::set<UnitName>& units,
                    std::vector<Fragment>& chosen) {
    // What was taken is no lighter than the part, so that it cannot lie between its ends.
    std::set<LanguageKey> taken = taken_[part.begin];
    taken.insert(taken_[part.end - 1].begin(), taken_[part.end - 1].end());
    std::vector<LanguageTag>& targets = part_request_.target_languages;
    targets = open_[query].targets;
    std::erase_if(targets, [&taken](const LanguageTag& target) {
      return taken.contains(text::LanguageKeyOf(target));
    });
    if (targets.empty() && !open_[query].targets.empty()) {
      return absl::OkStatus();
    }
    const std::vector<Token>& tokens = texts_[query].tokens;
    const ByteRange range{tokens[part.begin].range.begin, tokens[part.end - 1].range.end};
    part_request_.queries = {PartOf(request_.queries[query], range)};
    SILD_TRY(std::vector<LookupResult> found,
             Find(part_request_, SomeUnits(source_, units), is_cancelled_));
    for (Match& match : found[0].matches) {
      const LanguageKey key = text::LanguageKeyOf(match.target_language);
      if (taken.insert(key).second) {
        chosen.push_back({range, part_request_.queries[0], std::move(match)});
        for (std::size_t i = part.begin; i < part.end; ++i) {
          taken_[i].insert(key);
        }
      }
    }
    return absl::OkStatus();
  }

  const LookupRequest& request_;
  const CandidateSource& source_;
  const std::function<bool()>& is_cancelled_;
  const QueryTexts texts_;
  VariantSelector selector_;
  LookupRequest part_request_;              // Its targets and its query change with each part.
  std::vector<Open> open_;                  // By query.
  std::vector<std::vector<Cover>> covers_;  // By query.
  std::vector<UnitName> units_;             // That cover something.
  std::map<UnitName, std::uint32_t> unit_numbers_;
  std::vector<std::set<LanguageKey>> taken_;  // By token of the query at hand.
};

}  // namespace

absl::StatusOr<std::vector<std::vector<Fragment>>> FindFragments(
    const LookupRequest& request, const std::vector<LookupResult>& results,
    const CandidateSource& source, const std::function<bool()>& is_cancelled) {
  std::vector<Open> open;
  for (const LookupResult& result : results) {
    open.push_back(OpenTargets(request, result.matches));
  }
  if (std::none_of(open.begin(), open.end(), [](const Open& one) { return one.is_open; })) {
    return std::vector<std::vector<Fragment>>(request.queries.size());
  }
  return FragmentFinder(request, std::move(open), source, is_cancelled).Run();
}

}  // namespace sild::matching
