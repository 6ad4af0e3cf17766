#include "server/matching/ranking.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "server/matching/lookup.h"

namespace sild::matching {
namespace {

using DuplicateKey = std::tuple<std::int32_t, TextKey, TextKey, LanguageTag>;

// Matches across different languages are told apart: each has its own bridge.
DuplicateKey DuplicateKeyOf(const RankedHit& hit) {
  return {hit.score_tenths, hit.source_key, hit.target_key, hit.bridge_language};
}

// Sorts hits and joins those that propose the same.
std::vector<RankedMatch> Merge(std::vector<RankedHit> hits) {
  std::sort(hits.begin(), hits.end(), StandsBefore);
  std::vector<RankedMatch> matches;
  std::map<DuplicateKey, std::size_t> first;
  std::vector<std::vector<std::pair<std::size_t, UnitName>>> others;  // By match: memory, name.
  for (RankedHit& hit : hits) {
    const auto [found, is_new] = first.try_emplace(DuplicateKeyOf(hit), matches.size());
    if (is_new) {
      matches.push_back({std::move(hit), {}, false});
      others.emplace_back();
    } else if (hit.name != matches[found->second].hit.name) {  // Else: by another second unit.
      others[found->second].emplace_back(hit.memory, std::move(hit.name));
    }
  }
  for (std::size_t i = 0; i < matches.size(); ++i) {
    std::sort(others[i].begin(), others[i].end());
    others[i].erase(std::unique(others[i].begin(), others[i].end()), others[i].end());
    others[i].resize(std::min<std::size_t>(others[i].size(), kMaxAlsoIn));
    for (auto& [memory, name] : others[i]) {
      matches[i].also_in.push_back(std::move(name));
    }
  }
  return matches;
}

}  // namespace

bool StandsBefore(const RankedHit& a, const RankedHit& b) {
  const auto place = [](const RankedHit& hit) {
    return std::tuple(-hit.score_tenths, hit.type, hit.char_distance, -hit.same_context,
                      -static_cast<int>(hit.status), -hit.update_time.time_since_epoch().count(),
                      -hit.revision.value);
  };
  const auto left = place(a);
  const auto right = place(b);
  return left != right ? left < right
                       : std::tie(a.name, a.target_language, a.second) <
                             std::tie(b.name, b.target_language, b.second);
}

void Ranking::Add(RankedHit hit) {
  if (hit.is_exact()) {
    if (hit.score_tenths >= minimum_tenths_) {
      exact_.push_back(std::move(hit));
    }
    return;
  }
  if (hit.score_tenths < threshold_) {
    return;
  }
  others_.push_back(std::move(hit));
  if (others_.size() >= prune_at_) {
    Prune();
    const auto more = static_cast<std::size_t>(max_matches_);
    prune_at_ = others_.size() + std::max(more, others_.size() / 2);
  }
}

// Raises the threshold to the score of the last different proposal that is sent. Hits with that
// very score stay: the order among them, and who is in `also_in`, is known only in the end.
void Ranking::Prune() {
  std::sort(others_.begin(), others_.end(), StandsBefore);
  std::set<DuplicateKey> different;
  for (const RankedHit& hit : others_) {
    different.insert(DuplicateKeyOf(hit));
    if (different.size() == static_cast<std::size_t>(max_matches_)) {
      threshold_ = std::max(threshold_, hit.score_tenths);
      break;
    }
  }
  const auto is_below = [this](const RankedHit& hit) { return hit.score_tenths < threshold_; };
  others_.erase(std::remove_if(others_.begin(), others_.end(), is_below), others_.end());
}

Ranking::Outcome Ranking::Finish() && {
  Outcome outcome;
  outcome.matches = Merge(std::move(exact_));
  std::set<TextKey> translations;
  for (const RankedMatch& match : outcome.matches) {
    translations.insert(match.hit.target_text_key);
  }
  for (RankedMatch& match : outcome.matches) {
    match.multiple = translations.size() > 1;
  }
  if (outcome.matches.size() > kMaxExactMatches) {
    outcome.more_exact = static_cast<int>(outcome.matches.size()) - kMaxExactMatches;
    outcome.matches.resize(kMaxExactMatches);
  }
  std::vector<RankedMatch> others = Merge(std::move(others_));
  others.resize(std::min(others.size(), static_cast<std::size_t>(max_matches_)));
  std::move(others.begin(), others.end(), std::back_inserter(outcome.matches));
  return outcome;
}

}  // namespace sild::matching
