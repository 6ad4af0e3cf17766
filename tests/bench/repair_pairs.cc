#include "tests/bench/repair_pairs.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

#include "server/text/placeables.h"
#include "server/text/tokens.h"
#include "tests/bench/real_text.h"

namespace sild::bench {
namespace {

// Makes tags of what looks like one, as the readers of files do.
Segment WithTagsBeside(std::string_view text) {
  Segment segment;
  std::vector<std::size_t> open;
  std::size_t at = 0;
  for (const text::Token& token : text::Tokenize(text).tokens) {
    const std::string_view code =
        text.substr(token.range.begin, token.range.end - token.range.begin);
    if (token.token_class != text::TokenClass::kTag || !code.starts_with('<')) {
      continue;
    }
    segment.text += text.substr(at, token.range.begin - at);
    at = token.range.end;
    Tag tag;
    tag.position = static_cast<std::uint32_t>(segment.text.size());
    tag.data = code;
    if (code.starts_with("</")) {
      tag.kind = open.empty() ? TagKind::kIsolatedClose : TagKind::kClose;
      if (!open.empty()) {
        tag.pair = segment.tags[open.back()].pair;
        open.pop_back();
      }
    } else if (!code.ends_with("/>")) {
      tag.kind = TagKind::kOpen;
      tag.pair = static_cast<std::int32_t>(segment.tags.size() + 1);
      open.push_back(segment.tags.size());
    }
    segment.tags.push_back(std::move(tag));
  }
  segment.text += text.substr(at);
  for (const std::size_t i : open) {
    segment.tags[i].kind = TagKind::kIsolatedOpen;
    segment.tags[i].pair = 0;
  }
  return segment;
}

Segment MakeSegment(const std::string& text, bool with_tags) {
  return with_tags ? WithTagsBeside(text) : Segment{text, {}};
}

// A text with the kind of each placeable and tag in its place.
std::string Skeleton(const Segment& segment, const LanguageTag& language) {
  std::string skeleton;
  std::uint32_t at = 0;
  for (const text::Placeable& placeable : text::FindPlaceables(segment.text, language)) {
    skeleton += segment.text.substr(at, placeable.range.begin - at);
    skeleton += '\x01';
    skeleton += static_cast<char>('a' + static_cast<int>(placeable.kind()));
    at = placeable.range.end;
  }
  skeleton += segment.text.substr(at);
  for (const Tag& tag : segment.tags) {
    skeleton += '\x02';
    skeleton += std::to_string(static_cast<int>(tag.kind));
  }
  return skeleton;
}

std::set<std::string> KeysOf(std::string_view text, const LanguageTag& language) {
  std::set<std::string> keys;
  for (const text::Placeable& placeable : text::FindPlaceables(text, language)) {
    for (const text::Reading& reading : placeable.readings) {
      keys.insert(text::ValueKey(reading));
    }
  }
  return keys;
}

bool IsSameContent(const Segment& a, const Segment& b) {
  return a.text == b.text && std::equal(a.tags.begin(), a.tags.end(), b.tags.begin(), b.tags.end(),
                                        [](const Tag& x, const Tag& y) {
                                          return x.kind == y.kind && x.position == y.position &&
                                                 x.data == y.data;
                                        });
}

// Whether `translation` shows each placeable and tag of `text`.
bool HasValues(const Segment& segment, const Segment& translation, const LanguageTag& source,
               const LanguageTag& target) {
  const std::set<std::string> shown = KeysOf(translation.text, target);
  for (const text::Placeable& placeable : text::FindPlaceables(segment.text, source)) {
    if (std::none_of(placeable.readings.begin(), placeable.readings.end(),
                     [&shown](const text::Reading& reading) {
                       return shown.contains(text::ValueKey(reading));
                     })) {
      return false;
    }
  }
  const auto has_code = [&translation](const Tag& tag) {
    return std::any_of(translation.tags.begin(), translation.tags.end(),
                       [&tag](const Tag& other) { return other.data == tag.data; });
  };
  return std::all_of(segment.tags.begin(), segment.tags.end(), has_code);
}

bool HasStranger(const RepairPair& pair, const matching::Repair& repair, const LanguageTag& source,
                 const LanguageTag& target) {
  if (pair.query.text == pair.source.text) {
    return false;  // Only tags differ: the target is what a person wrote.
  }
  const std::set<std::string> known = KeysOf(pair.query.text, source);
  // What the query says in words of its own is no stranger where the target has a sign.
  std::set<text::PlaceableKind> kinds;
  for (const text::Placeable& placeable : text::FindPlaceables(pair.query.text, source)) {
    kinds.insert(placeable.kind());
  }
  for (const text::Placeable& placeable : text::FindPlaceables(repair.proposal.text, target)) {
    const bool is_known = std::any_of(
        placeable.readings.begin(), placeable.readings.end(),
        [&known](const text::Reading& reading) { return known.contains(text::ValueKey(reading)); });
    const bool is_told =
        std::any_of(repair.placements.begin(), repair.placements.end(),
                    [&placeable](const Placement& placement) {
                      return placement.proposal_range &&
                             placement.proposal_range->begin < placeable.range.end &&
                             placement.proposal_range->end > placeable.range.begin;
                    });
    const bool is_name = placeable.kind() == text::PlaceableKind::kCurrency ||
                         placeable.kind() == text::PlaceableKind::kUnit;
    if (!is_known && !is_told && (!is_name || kinds.contains(placeable.kind()))) {
      return true;
    }
  }
  return false;
}

// A text without numbers and tags, and the kinds of the tags beside it: told apart by tokens, not
// by what finds placeables. A space before three digits is taken to group them.
std::string FrameOf(const Segment& segment) {
  std::string frame;
  std::size_t at = 0;
  bool was_number = false;
  for (const text::Token& token : text::Tokenize(segment.text).tokens) {
    const bool is_number = token.token_class == text::TokenClass::kNumber;
    const std::string_view gap = std::string_view(segment.text).substr(at, token.range.begin - at);
    const bool is_group =
        is_number && was_number && gap == " " && token.range.end - token.range.begin >= 3;
    if (!is_group) {
      frame += gap;
      if (is_number || token.token_class == text::TokenClass::kTag) {
        frame += '\x01';
      } else {
        std::copy_if(segment.text.begin() + token.range.begin,
                     segment.text.begin() + token.range.end, std::back_inserter(frame),
                     [](char c) { return c < '0' || c > '9'; });
      }
    }
    at = token.range.end;
    was_number = is_number;
  }
  frame += segment.text.substr(at);
  for (const Tag& tag : segment.tags) {
    frame += std::to_string(static_cast<int>(tag.kind));
  }
  return frame;
}

// The words of a text outside of placeables.
std::vector<std::string> WordsOutside(std::string_view text, const LanguageTag& language) {
  std::string rest;
  std::size_t at = 0;
  for (const text::Placeable& placeable : text::FindPlaceables(text, language)) {
    rest.append(text.substr(at, placeable.range.begin - at)).append(" ");
    at = placeable.range.end;
  }
  return WordsOf(rest.append(text.substr(at)));
}

struct Row {
  Segment source;
  Segment target;
};

std::unordered_map<std::string, std::vector<Row>> RowsBySkeleton(std::size_t source,
                                                                 std::size_t target,
                                                                 bool with_tags) {
  const LanguageTag language = LanguageTag::FromCanonical(kRealLanguages[source]);
  std::unordered_map<std::string, std::vector<Row>> rows;
  std::set<std::pair<std::string, std::string>> known;
  for (const auto& row : RealRows()) {
    if (!row[source].empty() && !row[target].empty() &&
        known.emplace(row[source], row[target]).second) {
      Row made{MakeSegment(row[source], with_tags), MakeSegment(row[target], with_tags)};
      std::string skeleton = Skeleton(made.source, language);
      if (skeleton.find_first_of("\x01\x02") != std::string::npos) {
        rows[std::move(skeleton)].push_back(std::move(made));
      }
    }
  }
  return rows;
}

std::size_t IndexOf(const std::string& language) {
  return static_cast<std::size_t>(
      std::find(kRealLanguages.begin(), kRealLanguages.end(), language) - kRealLanguages.begin());
}

}  // namespace

std::vector<std::string> WordsOf(std::string_view text) {
  std::vector<std::string> words;
  for (const text::Token& token : text::Tokenize(text).tokens) {
    std::string word(text.substr(token.range.begin, token.range.end - token.range.begin));
    if (token.token_class == text::TokenClass::kWord &&
        word.find_first_of("0123456789") == std::string::npos) {
      words.push_back(std::move(word));
    }
  }
  return words;
}

std::vector<RepairPair> RepairPairs(const std::string& source, const std::string& target,
                                    std::size_t most, bool with_tags) {
  const LanguageTag source_language = LanguageTag::FromCanonical(source);
  const LanguageTag target_language = LanguageTag::FromCanonical(target);
  std::vector<RepairPair> pairs;
  for (const auto& [skeleton, rows] : RowsBySkeleton(IndexOf(source), IndexOf(target), with_tags)) {
    for (std::size_t i = 1; i < rows.size(); ++i) {
      for (std::size_t j = i - std::min(i, most); j < i; ++j) {
        if (IsSameContent(rows[i].source, rows[j].source)) {
          continue;
        }
        RepairPair pair{rows[j].source, rows[j].target, rows[i].source, rows[i].target};
        pair.truth_has_values = HasValues(pair.query, pair.truth, source_language, target_language);
        pair.target_has_values =
            HasValues(pair.source, pair.target, source_language, target_language);
        pair.has_same_words = FrameOf(pair.truth) == FrameOf(pair.target);
        pairs.push_back(std::move(pair));
      }
    }
  }
  return pairs;
}

void RepairTally::Add(const RepairTally& other) {
  pairs += other.pairs;
  equal += other.equal;
  told += other.told;
  untold += other.untold;
  strangers += other.strangers;
  other_words += other.other_words;
}

matching::Repair RepairOf(const RepairPair& pair, const LanguageTag& source,
                          const LanguageTag& target) {
  return matching::Repairer(pair.query, source).Make(pair.source, source, pair.target, target);
}

RepairTally TryRepair(const RepairPair& pair, const LanguageTag& source,
                      const LanguageTag& target) {
  const matching::Repair repair = RepairOf(pair, source, target);
  const bool is_equal = IsSameContent(repair.proposal, pair.truth);
  const bool is_told = std::any_of(
      repair.placements.begin(), repair.placements.end(),
      [](const Placement& placement) { return placement.state != PlacementState::kPlaced; });
  RepairTally tally;
  tally.pairs = 1;
  tally.equal = is_equal ? 1 : 0;
  tally.told = !is_equal && is_told ? 1 : 0;
  tally.untold = !is_equal && !is_told ? 1 : 0;
  tally.strangers = HasStranger(pair, repair, source, target) ? 1 : 0;
  tally.other_words =
      WordsOutside(repair.proposal.text, target) != WordsOutside(pair.target.text, target) ? 1 : 0;
  return tally;
}

}  // namespace sild::bench
