#include "tests/reference/fragments.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <tuple>

#include "server/matching/score.h"
#include "server/text/languages.h"
#include "server/text/tokens.h"
#include "server/text/utf8.h"
#include "tests/reference/lookup.h"

namespace sild::reference {
namespace {

using matching::Fragment;
using matching::LookupRequest;
using text::Token;
using text::TokenClass;
using text::TokenizedText;

struct Span {
  std::size_t begin;
  std::size_t end;
};

bool IsPunctuation(const Token& token) { return token.token_class == TokenClass::kPunctuation; }

// Whether tokens `a` and `b` of two texts are the same when folded.
bool Same(const TokenizedText& x, std::size_t a, const TokenizedText& y, std::size_t b) {
  return x.tokens[a].token_class == y.tokens[b].token_class &&
         x.Folded(x.tokens[a]) == y.Folded(y.tokens[b]);
}

// Whether the token at `at` is a hyphen between two words, without space.
bool IsJoiningHyphen(const TokenizedText& text, std::size_t at) {
  static const std::set<std::string_view> kHyphens = {"-", "\u2010", "\u2011"};
  return at > 0 && at + 1 < text.tokens.size() &&
         kHyphens.contains(text.Surface(text.tokens[at])) && !IsPunctuation(text.tokens[at - 1]) &&
         !IsPunctuation(text.tokens[at + 1]) &&
         text.tokens[at - 1].range.end == text.tokens[at].range.begin &&
         text.tokens[at].range.end == text.tokens[at + 1].range.begin;
}

// Whether the one word at `at` is worth a proposal: it is long, or looks like a name in a sentence.
bool IsLongOrName(const TokenizedText& text, std::size_t at) {
  const std::string folded(text.Folded(text.tokens[at]));
  const auto letters = std::count_if(folded.begin(), folded.end(), text::IsCharStart);
  if (letters >= 10) {
    return true;
  }
  const std::string surface(text.Surface(text.tokens[at]));
  const bool has_capital = surface.substr(0, 2) != folded.substr(0, 2);
  std::string between = ".";  // The marks behind the last word before; a stop at the beginning.
  for (std::size_t i = 0; i < at; ++i) {
    between =
        IsPunctuation(text.tokens[i]) ? between + std::string(text.Surface(text.tokens[i])) : "";
  }
  const bool begins_sentence = between.find_first_of(".!?:") != std::string::npos ||
                               between.find("\u2026") != std::string::npos;
  int balance = 0;
  for (const Token& token : text.tokens) {
    const std::string as_it_is(text.Surface(token));
    const std::string in_small(text.Folded(token));
    balance += token.token_class != TokenClass::kWord           ? 0
               : as_it_is.substr(0, 2) != in_small.substr(0, 2) ? -1
                                                                : 1;
  }
  return has_capital && letters > 1 && balance >= 0 && !begins_sentence;
}

// The part of `query` that `stored` covers, if its words stand from token `begin` on.
std::optional<Span> CoveredFrom(const TokenizedText& query, std::size_t begin,
                                const TokenizedText& stored) {
  const std::size_t size = stored.tokens.size();
  std::size_t first = 0;
  while (first < size && IsPunctuation(stored.tokens[first])) {
    ++first;
  }
  std::size_t last = size;
  while (last > first && IsPunctuation(stored.tokens[last - 1])) {
    --last;
  }
  bool has_word = false;
  for (std::size_t i = first; i < last; ++i) {
    has_word = has_word || stored.tokens[i].token_class == TokenClass::kWord;
    const std::size_t at = begin + i - first;
    if (at >= query.tokens.size() || !Same(query, at, stored, i)) {
      return std::nullopt;
    }
  }
  const std::size_t end = begin + last - first;
  if (!has_word || (end == begin + 1 && !IsLongOrName(query, begin)) ||
      (begin > 0 && IsJoiningHyphen(query, begin - 1)) || IsJoiningHyphen(query, end)) {
    return std::nullopt;
  }
  std::size_t before = 0;
  while (before < first && before < begin &&
         Same(query, begin - before - 1, stored, first - before - 1)) {
    ++before;
  }
  std::size_t after = 0;
  while (last + after < size && end + after < query.tokens.size() &&
         Same(query, end + after, stored, last + after)) {
    ++after;
  }
  return Span{begin - before, end + after};
}

const Variant* SourceOf(const LookupRequest& request, const TranslationUnit& unit) {
  const Variant* best = nullptr;
  for (const Variant& variant : unit.variants) {
    if (text::LanguageKeyOf(variant.language) != text::LanguageKeyOf(request.source_language) ||
        variant.segment.text.empty()) {
      continue;
    }
    if (best == nullptr ||
        std::tuple(text::VarietyRank(request.source_language, variant.language), variant.language) <
            std::tuple(text::VarietyRank(request.source_language, best->language),
                       best->language)) {
      best = &variant;
    }
  }
  return best;
}

// Whether a stored text covers just `span`, from some token of it on.
bool Covers(const TokenizedText& stored, const TokenizedText& query, Span span) {
  for (std::size_t begin = span.begin; begin < span.end; ++begin) {
    const auto covered = CoveredFrom(query, begin, stored);
    if (covered && covered->begin == span.begin && covered->end == span.end) {
      return true;
    }
  }
  return false;
}

// The units, without a source those that do not cover `span` of `query`; none if none does.
std::vector<TranslationUnit> UnitsThatCover(const LookupRequest& request,
                                            const std::vector<TranslationUnit>& units,
                                            const std::vector<TokenizedText>& sources,
                                            const TokenizedText& query, Span span) {
  std::vector<bool> covers;
  for (const TokenizedText& source : sources) {
    covers.push_back(Covers(source, query, span));
  }
  if (std::count(covers.begin(), covers.end(), true) == 0) {
    return {};
  }
  std::vector<TranslationUnit> result = units;
  for (std::size_t i = 0; i < result.size(); ++i) {
    std::erase_if(result[i].variants, [&](const Variant& variant) {
      return !covers[i] &&
             text::LanguageKeyOf(variant.language) == text::LanguageKeyOf(request.source_language);
    });
  }
  return result;
}

// The spans of a text, the heaviest first.
std::vector<Span> SpansOf(const TokenizedText& text) {
  std::vector<std::pair<std::int32_t, Span>> weighed;
  for (std::size_t begin = 0; begin < text.tokens.size(); ++begin) {
    std::int32_t weight = 0;
    for (std::size_t end = begin + 1; end <= text.tokens.size(); ++end) {
      weight += matching::WeightOf(text.tokens[end - 1].token_class);
      weighed.push_back({weight, {begin, end}});
    }
  }
  std::stable_sort(weighed.begin(), weighed.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<Span> spans;
  for (const auto& [weight, span] : weighed) {
    spans.push_back(span);
  }
  return spans;
}

// The target languages to look in, by key, as a request names them or as units have them.
std::vector<LanguageTag> TargetsOf(const LookupRequest& request,
                                   const std::vector<TranslationUnit>& units) {
  if (!request.target_languages.empty()) {
    return request.target_languages;
  }
  std::vector<LanguageTag> targets;
  for (const TranslationUnit& unit : units) {
    for (const Variant& variant : unit.variants) {
      targets.push_back(variant.language);
    }
  }
  return targets;
}

std::vector<Fragment> FindOne(const LookupRequest& request, const matching::Query& query,
                              const matching::LookupResult& result,
                              const std::vector<TranslationUnit>& units) {
  std::vector<Fragment> fragments;
  const TokenizedText text = text::Tokenize(query.segment.text);
  std::vector<TokenizedText> sources;
  for (const TranslationUnit& unit : units) {
    const Variant* source = SourceOf(request, unit);
    sources.push_back(text::Tokenize(source == nullptr ? "" : source->segment.text));
  }
  std::set<text::LanguageKey> keys;
  for (const LanguageTag& target : TargetsOf(request, units)) {
    keys.insert(text::LanguageKeyOf(target));
  }
  for (const text::LanguageKey& key : keys) {
    const bool is_closed =
        std::any_of(result.matches.begin(), result.matches.end(), [&](const Match& match) {
          return request.target_languages.empty() ||
                 text::LanguageKeyOf(match.target_language) == key;
        });
    std::vector<Fragment> own;
    for (const Span& span : is_closed ? std::vector<Span>() : SpansOf(text)) {
      const ByteRange range{text.tokens[span.begin].range.begin,
                            text.tokens[span.end - 1].range.end};
      if (std::any_of(own.begin(), own.end(), [range](const Fragment& other) {
            return other.range.begin < range.end && range.begin < other.range.end;
          })) {
        continue;
      }
      const auto others = UnitsThatCover(request, units, sources, text, span);
      if (others.empty()) {
        continue;
      }
      LookupRequest part = request;
      part.queries = {
          {{query.segment.text.substr(range.begin, range.end - range.begin), {}}, "", "", {}}};
      const auto found = Find(part, others);
      for (const Match& match : found[0].matches) {
        if (text::LanguageKeyOf(match.target_language) == key) {
          own.push_back({range, part.queries[0], match});
          break;
        }
      }
    }
    fragments.insert(fragments.end(), own.begin(), own.end());
  }
  std::sort(fragments.begin(), fragments.end(), [](const Fragment& a, const Fragment& b) {
    return std::tuple(a.range.begin, b.range.end, a.match.target_language) <
           std::tuple(b.range.begin, a.range.end, b.match.target_language);
  });
  return fragments;
}

}  // namespace

std::vector<std::vector<Fragment>> FindFragments(const LookupRequest& request,
                                                 const std::vector<matching::LookupResult>& results,
                                                 const std::vector<TranslationUnit>& units) {
  std::vector<std::vector<Fragment>> fragments;
  for (std::size_t i = 0; i < request.queries.size(); ++i) {
    fragments.push_back(FindOne(request, request.queries[i], results[i], units));
  }
  return fragments;
}

}  // namespace sild::reference
