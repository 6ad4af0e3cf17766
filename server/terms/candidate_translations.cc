#include "server/terms/candidate_translations.h"

#include <algorithm>
#include <cmath>

#include <absl/container/flat_hash_map.h>

namespace sild::terms {
namespace {

constexpr std::uint32_t kMinTogether = 2;
constexpr double kMinDice = 0.4;
constexpr double kMinLogLikelihood = 10.83;
// What a longer target must have of the score of one that lies in it.
constexpr double kLongerShare = 0.8;
// What a source must have of the score that the same target has with another.
constexpr double kRivalShare = 0.8;

double XLogX(double x) { return x <= 0 ? 0 : x * std::log(x); }

// Dunning's log-likelihood ratio of two events in `all` segments.
double LogLikelihood(double both, double a, double b, double all) {
  const double only_a = a - both;
  const double only_b = b - both;
  const double none = all - a - b + both;
  return 2 * (XLogX(both) + XLogX(only_a) + XLogX(only_b) + XLogX(none) - XLogX(a) - XLogX(b) -
              XLogX(all - a) - XLogX(all - b) + XLogX(all));
}

// Whether `inner` lies in `outer`.
bool IsWithin(const CountedCandidate& inner, const CountedCandidate& outer) {
  if (inner.words >= outer.words) {
    return false;
  }
  const auto end = outer.key.begin() + outer.words;
  return std::search(outer.key.begin(), end, inner.key.begin(), inner.key.begin() + inner.words) !=
         end;
}

class Aligner {
 public:
  Aligner(const WordCorpus& corpus, const CandidatePlaces& places,
          const std::vector<CountedCandidate>& targets)
      : corpus_(corpus), targets_(targets), segments_of_(targets.size(), 0) {
    for (std::size_t i = 0; i < targets.size(); ++i) {
      by_key_.emplace(targets[i].key, static_cast<std::uint32_t>(i));
    }
    for (std::size_t segment = 0; segment < corpus.segment_count(); ++segment) {
      AddSegment(places.In(segment));
      segments_ += corpus.Segment(segment).empty() ? 0 : 1;
    }
    together_.assign(targets.size(), 0);
  }

  std::optional<CandidateTranslation> Find(const CandidateUse& source) {
    std::vector<std::uint32_t> touched;
    std::uint32_t source_segments = 0;
    for (const std::uint32_t segment : source.segments) {
      source_segments += corpus_.Segment(segment).empty() ? 0 : 1;
      for (std::size_t i = segment == 0 ? 0 : ends_[segment - 1]; i < ends_[segment]; ++i) {
        if (together_[in_segments_[i]]++ == 0) {
          touched.push_back(in_segments_[i]);
        }
      }
    }
    std::optional<CandidateTranslation> best;
    for (const std::uint32_t target : touched) {
      const CandidateTranslation found = Judge(target, source_segments);
      if (found.score > 0 && (!best || IsBetter(found, *best))) {
        best = found;
      }
    }
    for (const std::uint32_t target : touched) {
      together_[target] = 0;
    }
    return best;
  }

 private:
  void AddSegment(const std::vector<CandidatePlace>& places) {
    const std::size_t begin = in_segments_.size();
    for (const CandidatePlace& place : places) {
      if (const auto known = by_key_.find(place.key); known != by_key_.end()) {
        in_segments_.push_back(known->second);
      }
    }
    const auto first = in_segments_.begin() + static_cast<std::ptrdiff_t>(begin);
    std::sort(first, in_segments_.end());
    in_segments_.erase(std::unique(first, in_segments_.end()), in_segments_.end());
    for (std::size_t i = begin; i < in_segments_.size(); ++i) {
      ++segments_of_[in_segments_[i]];
    }
    ends_.push_back(in_segments_.size());
  }

  // The score is 0 if the two have too little in common.
  CandidateTranslation Judge(std::uint32_t target, std::uint32_t source_segments) const {
    const std::uint32_t both = together_[target];
    const double dice = 2.0 * both / (source_segments + segments_of_[target]);
    const bool is_clear = both >= kMinTogether && dice > kMinDice &&
                          LogLikelihood(both, source_segments, segments_of_[target],
                                        static_cast<double>(segments_)) > kMinLogLikelihood;
    return {target, both, is_clear ? dice : 0.0};
  }

  bool IsBetter(const CandidateTranslation& a, const CandidateTranslation& b) const {
    if (IsWithin(targets_[b.target], targets_[a.target])) {
      return a.score >= kLongerShare * b.score;
    }
    if (IsWithin(targets_[a.target], targets_[b.target])) {
      return b.score < kLongerShare * a.score;
    }
    return a.score > b.score || (a.score == b.score && a.target < b.target);
  }

  const WordCorpus& corpus_;
  const std::vector<CountedCandidate>& targets_;
  absl::flat_hash_map<CandidateKey, std::uint32_t> by_key_;
  std::vector<std::uint32_t> in_segments_;  // Targets, by segment, each once.
  std::vector<std::size_t> ends_;           // By segment.
  std::vector<std::uint32_t> segments_of_;  // By target: in how many it stands.
  std::vector<std::uint32_t> together_;     // By target, while one source is read.
  std::size_t segments_ = 0;
};

}  // namespace

std::vector<std::optional<CandidateTranslation>> FindTranslations(
    const std::vector<CandidateUse>& sources, const WordCorpus& target_corpus,
    const CandidatePlaces& target_places, const std::vector<CountedCandidate>& targets,
    const std::function<bool()>& is_cancelled) {
  Aligner aligner(target_corpus, target_places, targets);
  std::vector<std::optional<CandidateTranslation>> found(sources.size());
  std::vector<double> best_of_target(targets.size(), 0);
  for (std::size_t i = 0; i < sources.size() && !(is_cancelled && is_cancelled()); ++i) {
    found[i] = aligner.Find(sources[i]);
    if (found[i]) {
      double& best = best_of_target[found[i]->target];
      best = std::max(best, found[i]->score);
    }
  }
  for (std::optional<CandidateTranslation>& translation : found) {
    if (translation && translation->score < kRivalShare * best_of_target[translation->target]) {
      translation.reset();
    }
  }
  return found;
}

}  // namespace sild::terms
