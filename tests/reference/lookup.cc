#include "tests/reference/lookup.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "server/matching/char_distance.h"
#include "server/matching/tag_difference.h"
#include "server/text/languages.h"
#include "server/text/normalize.h"
#include "tests/reference/score.h"

namespace sild::reference {
namespace {

using matching::LookupRequest;
using matching::LookupResult;
using matching::PenaltyList;
using matching::Query;

// A match with what decides its place.
struct Found {
  Match match;
  std::int32_t char_distance = 0;
  std::size_t memory = 0;
  const Variant* source = nullptr;
  const Variant* target = nullptr;

  bool is_exact() const { return match.type <= MatchType::kExact; }
};

bool IsBefore(const Found& a, const Found& b) {
  const auto place = [](const Found& found) {
    const auto time = found.target->update_time.value_or(Timestamp()).time_since_epoch().count();
    return std::tuple(-found.match.score_tenths, found.match.type, found.char_distance,
                      -static_cast<int>(found.target->status), -time,
                      -found.match.unit.revision.value, found.match.unit.name,
                      found.match.target_language);
  };
  return place(a) < place(b);
}

const Variant* Nearest(const std::vector<const Variant*>& variants, const LanguageTag& want) {
  const auto nearest =
      std::min_element(variants.begin(), variants.end(), [&](const Variant* a, const Variant* b) {
        return std::tuple(text::VarietyRank(want, a->language), a->language) <
               std::tuple(text::VarietyRank(want, b->language), b->language);
      });
  return nearest == variants.end() ? nullptr : *nearest;
}

MatchDirection DirectionOf(const TranslationUnit& unit, const Variant& source,
                           const Variant& target) {
  if (unit.source_language.empty() || unit.source_language == source.language) {
    return MatchDirection::kForward;
  }
  if (unit.source_language == target.language) {
    return MatchDirection::kReversed;
  }
  const auto key = text::LanguageKeyOf(unit.source_language);
  return key == text::LanguageKeyOf(source.language)   ? MatchDirection::kForward
         : key == text::LanguageKeyOf(target.language) ? MatchDirection::kReversed
                                                       : MatchDirection::kSibling;
}

MatchType TypeOf(const Query& query, const TranslationUnit& unit, const Variant& source,
                 std::int32_t tag_tenths) {
  if (text::Nfc(query.segment.text) != text::Nfc(source.segment.text)) {
    return MatchType::kFuzzy;
  }
  if (tag_tenths > 0) {
    return MatchType::kExactText;
  }
  if (!query.document.empty() && query.document == unit.document && !query.context_id.empty() &&
      query.context_id == unit.context_id) {
    return MatchType::kExactId;
  }
  return query.neighbors.previous_hash && query.neighbors.next_hash &&
                 query.neighbors == source.neighbors
             ? MatchType::kExactContext
             : MatchType::kExact;
}

std::optional<Found> MatchOf(const LookupRequest& request, const Query& query,
                             const TranslationUnit& unit, const LanguageTag& want,
                             const text::LanguageKey& target_key) {
  std::vector<const Variant*> sources;
  for (const Variant& variant : unit.variants) {
    if (text::LanguageKeyOf(variant.language) == text::LanguageKeyOf(request.source_language) &&
        !variant.segment.text.empty()) {
      sources.push_back(&variant);
    }
  }
  Found found;
  found.source = Nearest(sources, request.source_language);
  std::vector<const Variant*> targets;
  for (const Variant& variant : unit.variants) {
    if (&variant != found.source && text::LanguageKeyOf(variant.language) == target_key &&
        request.filter.MatchesTarget(variant)) {
      targets.push_back(&variant);
    }
  }
  found.target = Nearest(targets, want);
  if (found.source == nullptr || found.target == nullptr || query.segment.text.empty() ||
      !request.filter.MatchesUnit(unit)) {
    return std::nullopt;
  }
  Match& match = found.match;
  match.direction = DirectionOf(unit, *found.source, *found.target);
  if (request.exclude_reversed && match.direction == MatchDirection::kReversed) {
    return std::nullopt;
  }
  std::optional<std::int32_t> memory_tenths;
  for (std::size_t i = request.memories.size(); i-- > 0;) {
    if (request.memories[i].name == unit.name.parent()) {
      found.memory = i;
      memory_tenths = std::min(memory_tenths.value_or(1000), request.memories[i].penalty_tenths);
    }
  }
  if (!memory_tenths) {
    return std::nullopt;
  }
  const auto source_text = text::Tokenize(found.source->segment.text);
  const auto query_text = text::Tokenize(query.segment.text);
  const std::int32_t tag_tenths =
      matching::TagDifference(query.segment, query_text, found.source->segment, source_text);
  PenaltyList penalties;
  penalties.Add(PenaltyReason::kTags, tag_tenths);
  penalties.Add(PenaltyReason::kMemory, *memory_tenths);
  AddVarietyPenalty(request.penalties, request.source_language, found.source->language, penalties);
  AddVarietyPenalty(request.penalties, want, found.target->language, penalties);
  AddTargetPenalties(request.penalties, match.direction, *found.target, request.now, penalties);
  const auto similarity = Compare(query.segment.text, found.source->segment.text);
  match.unit = unit;
  match.source_language = found.source->language;
  match.target_language = found.target->language;
  match.type = TypeOf(query, unit, *found.source, tag_tenths);
  match.score_tenths = std::max(0, similarity.tenths - penalties.total_tenths());
  found.char_distance =
      match.type == MatchType::kFuzzy
          ? CharDistance(matching::JoinedTokens(query_text), matching::JoinedTokens(source_text))
          : 0;
  return match.score_tenths >= request.minimum_tenths ? std::optional(std::move(found))
                                                      : std::nullopt;
}

// Sorts, and joins what proposes the same.
std::vector<Found> Joined(std::vector<Found> all) {
  std::sort(all.begin(), all.end(), IsBefore);
  std::vector<Found> joined;
  std::vector<std::set<std::pair<std::size_t, UnitName>>> others;
  for (const Found& found : all) {
    std::size_t i = 0;
    while (i < joined.size() &&
           !(joined[i].match.score_tenths == found.match.score_tenths &&
             text::Nfc(joined[i].source->segment.text) == text::Nfc(found.source->segment.text) &&
             text::Nfc(joined[i].target->segment.text) == text::Nfc(found.target->segment.text) &&
             joined[i].target->segment.tags == found.target->segment.tags)) {
      ++i;
    }
    if (i == joined.size()) {
      joined.push_back(found);
      others.emplace_back();
    } else {
      others[i].emplace(found.memory, found.match.unit.name);
    }
  }
  for (std::size_t i = 0; i < joined.size(); ++i) {
    for (const auto& [memory, name] : others[i]) {
      joined[i].match.also_in.push_back(name);
    }
  }
  return joined;
}

// The matches in one target language that are sent.
std::vector<Found> Sent(const LookupRequest& request, std::vector<Found> all, int& more_exact) {
  std::vector<Found> exact;
  std::vector<Found> other;
  for (Found& found : all) {
    (found.is_exact() ? exact : other).push_back(std::move(found));
  }
  exact = Joined(std::move(exact));
  other = Joined(std::move(other));
  std::set<std::string> translations;
  for (const Found& found : exact) {
    translations.insert(text::Nfc(found.target->segment.text));
  }
  for (Found& found : exact) {
    found.match.multiple = translations.size() > 1;
  }
  more_exact += std::max(0, static_cast<int>(exact.size()) - matching::kMaxExactMatches);
  exact.resize(std::min<std::size_t>(exact.size(), matching::kMaxExactMatches));
  other.resize(std::min(other.size(), static_cast<std::size_t>(request.max_matches)));
  exact.insert(exact.end(), other.begin(), other.end());
  return exact;
}

LookupResult FindOne(const LookupRequest& request, const Query& query,
                     const std::vector<TranslationUnit>& units) {
  std::vector<std::pair<LanguageTag, text::LanguageKey>> wanted;
  for (const LanguageTag& tag : request.target_languages) {
    wanted.emplace_back(tag, text::LanguageKeyOf(tag));
  }
  if (wanted.empty()) {
    std::set<text::LanguageKey> keys;
    for (const TranslationUnit& unit : units) {
      for (const Variant& variant : unit.variants) {
        keys.insert(text::LanguageKeyOf(variant.language));
      }
    }
    keys.erase(text::LanguageKeyOf(request.source_language));
    for (const text::LanguageKey& key : keys) {
      wanted.emplace_back(LanguageTag(), key);
    }
  }
  LookupResult result;
  std::vector<Found> sent;
  for (const auto& [want, key] : wanted) {
    std::vector<Found> all;
    for (const TranslationUnit& unit : units) {
      if (auto found = MatchOf(request, query, unit, want, key)) {
        all.push_back(*std::move(found));
      }
    }
    for (Found& found : Sent(request, std::move(all), result.more_exact)) {
      sent.push_back(std::move(found));
    }
  }
  std::sort(sent.begin(), sent.end(), IsBefore);
  for (Found& found : sent) {
    const bool is_told =
        std::any_of(result.matches.begin(), result.matches.end(), [&found](const Match& match) {
          return match.unit.name == found.match.unit.name &&
                 match.target_language == found.match.target_language;
        });
    if (!is_told) {
      result.matches.push_back(std::move(found.match));
    }
  }
  return result;
}

}  // namespace

std::vector<LookupResult> Find(const LookupRequest& request,
                               const std::vector<TranslationUnit>& units) {
  std::vector<LookupResult> results;
  for (const Query& query : request.queries) {
    results.push_back(FindOne(request, query, units));
  }
  return results;
}

}  // namespace sild::reference
