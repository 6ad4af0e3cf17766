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
  int same_context = 0;
  std::size_t memory = 0;
  const Variant* source = nullptr;
  const Variant* target = nullptr;
  Revision revision;  // Of the unit that has the target.

  UnitName second() const { return match.bridge ? match.bridge->unit : UnitName(); }
  LanguageTag bridge() const { return match.bridge ? match.bridge->language : LanguageTag(); }
  bool is_exact() const { return match.type <= MatchType::kExact; }
};

bool IsBefore(const Found& a, const Found& b) {
  const auto place = [](const Found& found) {
    const auto time = found.target->update_time.value_or(Timestamp()).time_since_epoch().count();
    return std::tuple(-found.match.score_tenths, found.match.type, found.char_distance,
                      -found.same_context, -static_cast<int>(found.target->status), -time,
                      -found.revision.value, found.match.unit.name, found.match.target_language,
                      found.second());
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

const Variant* SourceOf(const LookupRequest& request, const TranslationUnit& unit) {
  std::vector<const Variant*> sources;
  for (const Variant& variant : unit.variants) {
    if (text::LanguageKeyOf(variant.language) == text::LanguageKeyOf(request.source_language) &&
        !variant.segment.text.empty()) {
      sources.push_back(&variant);
    }
  }
  return Nearest(sources, request.source_language);
}

// The variants of that language but `source`.
std::vector<const Variant*> OthersOf(const TranslationUnit& unit, const Variant* source,
                                     const text::LanguageKey& key) {
  std::vector<const Variant*> others;
  for (const Variant& variant : unit.variants) {
    if (&variant != source && text::LanguageKeyOf(variant.language) == key) {
      others.push_back(&variant);
    }
  }
  return others;
}

const Variant* TargetOf(const LookupRequest& request, const TranslationUnit& unit,
                        const Variant* source, const LanguageTag& want,
                        const text::LanguageKey& key) {
  std::vector<const Variant*> targets = OthersOf(unit, source, key);
  std::erase_if(targets, [&request](const Variant* variant) {
    return !request.filter.MatchesTarget(*variant);
  });
  return Nearest(targets, want);
}

std::optional<std::int32_t> MemoryTenths(const LookupRequest& request, const MemoryName& memory) {
  std::optional<std::int32_t> tenths;
  for (const matching::MemoryReference& reference : request.memories) {
    if (reference.name == memory) {
      tenths = std::min(tenths.value_or(1000), reference.penalty_tenths);
    }
  }
  return tenths;
}

// By each third language, and there by each unit with the same text, to the target language.
std::vector<Found> AcrossOf(const LookupRequest& request, const Query& query,
                            const TranslationUnit& unit, const LanguageTag& want,
                            const text::LanguageKey& target_key,
                            const std::vector<TranslationUnit>& units) {
  std::vector<Found> all;
  const auto source_key = text::LanguageKeyOf(request.source_language);
  const Variant* source = SourceOf(request, unit);
  const auto first_memory = MemoryTenths(request, unit.name.parent());
  if (request.exclude_pivot || request.target_languages.empty() || source == nullptr ||
      query.segment.text.empty() || !first_memory || target_key == source_key ||
      !request.filter.MatchesUnit(unit) || !OthersOf(unit, source, target_key).empty()) {
    return all;
  }
  const auto source_text = text::Tokenize(source->segment.text);
  const auto query_text = text::Tokenize(query.segment.text);
  const auto similarity = Compare(query.segment.text, source->segment.text);
  for (const Variant& bridge : unit.variants) {
    const auto bridge_key = text::LanguageKeyOf(bridge.language);
    const MatchDirection direction = DirectionOf(unit, *source, bridge);
    if (bridge_key == source_key || bridge.segment.text.empty() ||
        (request.exclude_reversed && direction == MatchDirection::kReversed)) {
      continue;
    }
    PenaltyList first;
    first.Add(PenaltyReason::kTags,
              matching::TagDifference(query.segment, query_text, source->segment, source_text));
    first.Add(PenaltyReason::kMemory, *first_memory);
    first.Add(PenaltyReason::kPivot, request.penalties.pivot);
    AddVarietyPenalty(request.penalties, request.source_language, source->language, first);
    AddTargetPenalties(request.penalties, direction, bridge, request.now, first);
    for (const TranslationUnit& other : units) {
      std::vector<const Variant*> same = OthersOf(other, nullptr, bridge_key);
      std::erase_if(same, [&bridge](const Variant* variant) {
        return text::CollapseWhiteSpace(text::Nfc(variant->segment.text)) !=
               text::CollapseWhiteSpace(text::Nfc(bridge.segment.text));
      });
      const Variant* stone = Nearest(same, bridge.language);
      const auto memory = MemoryTenths(request, other.name.parent());
      if (stone == nullptr || !memory || !request.filter.MatchesUnit(other)) {
        continue;
      }
      const Variant* target = TargetOf(request, other, stone, want, target_key);
      if (target == nullptr) {
        continue;
      }
      const MatchDirection onward = DirectionOf(other, *stone, *target);
      if (request.exclude_reversed && onward == MatchDirection::kReversed) {
        continue;
      }
      PenaltyList second;
      second.Add(PenaltyReason::kMemory, *memory);
      AddVarietyPenalty(request.penalties, bridge.language, stone->language, second);
      AddVarietyPenalty(request.penalties, want, target->language, second);
      AddTargetPenalties(request.penalties, onward, *target, request.now, second);
      Found found;
      found.source = source;
      found.target = target;
      found.revision = other.revision;
      found.char_distance =
          CharDistance(matching::JoinedTokens(query_text), matching::JoinedTokens(source_text));
      found.match.unit = unit;
      found.match.source_language = source->language;
      found.match.target_language = target->language;
      found.match.direction = direction;
      found.match.score_tenths =
          std::max(0, similarity.tenths - first.total_tenths() - second.total_tenths());
      found.match.bridge = Bridge{bridge.language,
                                  bridge.segment.text,
                                  other.name,
                                  std::max(0, similarity.tenths - first.total_tenths()),
                                  std::max(0, 1000 - second.total_tenths()),
                                  target->segment};
      if (found.match.score_tenths >= request.minimum_tenths) {
        all.push_back(std::move(found));
      }
    }
  }
  return all;
}

std::optional<Found> MatchOf(const LookupRequest& request, const Query& query,
                             const TranslationUnit& unit, const LanguageTag& want,
                             const text::LanguageKey& target_key) {
  Found found;
  found.revision = unit.revision;
  found.source = SourceOf(request, unit);
  found.target = TargetOf(request, unit, found.source, want, target_key);
  if (found.source == nullptr || found.target == nullptr || query.segment.text.empty() ||
      !request.filter.MatchesUnit(unit)) {
    return std::nullopt;
  }
  Match& match = found.match;
  match.direction = DirectionOf(unit, *found.source, *found.target);
  if (request.exclude_reversed && match.direction == MatchDirection::kReversed) {
    return std::nullopt;
  }
  const auto memory_tenths = MemoryTenths(request, unit.name.parent());
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
  for (const auto& [wanted, stored] :
       {std::pair(query.neighbors.previous_hash, found.source->neighbors.previous_hash),
        std::pair(query.neighbors.next_hash, found.source->neighbors.next_hash)}) {
    found.same_context += wanted.has_value() && wanted == stored ? 1 : 0;
  }
  const bool are_two_documents =
      !query.document.empty() && !unit.document.empty() && query.document != unit.document;
  if (!are_two_documents && !query.context_id.empty() && query.context_id == unit.context_id) {
    ++found.same_context;
  }
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
             joined[i].target->segment.tags == found.target->segment.tags &&
             joined[i].bridge() == found.bridge())) {
      ++i;
    }
    if (i == joined.size()) {
      joined.push_back(found);
      others.emplace_back();
    } else if (found.match.unit.name != joined[i].match.unit.name) {
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

std::size_t MemoryNumber(const LookupRequest& request, const MemoryName& memory) {
  std::size_t number = 0;
  while (request.memories[number].name != memory) {
    ++number;
  }
  return number;
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
      for (Found& found : AcrossOf(request, query, unit, want, key, units)) {
        all.push_back(std::move(found));
      }
    }
    for (Found& found : all) {
      found.memory = MemoryNumber(request, found.match.unit.name.parent());
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
                 match.target_language == found.match.target_language &&
                 (match.bridge ? match.bridge->unit : UnitName()) == found.second();
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
